import { hostname } from 'node:os'
import { createInterface } from 'node:readline'
import { Args, Command, Flags } from '@oclif/core'
import { badCommandLine, type Manual } from '../../src/cli/manual.ts'
import { answer, evaluateSource } from '../../src/eval/batch.ts'
import { createStdlib, type Surroundings } from '../../src/eval/stdlib.ts'
import type { Value } from '../../src/eval/value.ts'
import { bytesOf } from '../../src/go/text.ts'
import { showValue } from '../../src/schema/show.ts'
import { plainStyle, valuePieces } from '../../src/schema/value_json.ts'
import { Diagnostics, DiagnosticsError } from '../../src/syntax/diagnostics.ts'
import { printExpression } from '../../src/syntax/format.ts'
import { parseExpression } from '../../src/syntax/parser.ts'
import { renderReport } from '../../src/syntax/report.ts'
import { createSource } from '../../src/syntax/source.ts'

declare const __ALLOYTS_VERSION__: string

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }

export default class Eval extends Command {
  static override summary = 'Evaluate an expression'
  static override description = `Prints the value of an expression as Alloy text. Only the \
standard library is in scope. Secrets are not shown.

With --batch, each line of stdin is an object {"expr": TEXT, "scope": {…}, "env": {…}}, where \
scope (values of identifiers) and env (environment variables, instead of the real ones) may be \
missing. Each gives a line {"ok": VALUE} or {"error": TEXT}. In VALUE and in scope, integers \
beyond 2^53 are strings of digits, floats {"$float": 1.5} with "NaN", "+Inf" and "-Inf" for what \
JSON lacks, strings that are not UTF-8 {"$base64": "…"}, secrets {"$secret": "…"} or \
{"$optional_secret": "…", "is_secret": true}; in VALUE also {"$function": NAME} and \
{"$capsule": TYPE}.

Exits with 1 if the expression has an error. A batch exits with 0 whatever its lines give.`
  static override usage = 'tools eval [flags] [expression]'
  static override examples = [
    `<%= config.bin %> tools eval '5 / 2'`,
    `echo '{"expr":"a + 1","scope":{"a":2}}' | <%= config.bin %> tools eval --batch`,
  ]
  static override args = {
    expression: Args.string({ description: 'What to evaluate.', ignoreStdin: true }),
  }
  static override flags = {
    batch: Flags.boolean({ description: 'Evaluate the lines of stdin.' }),
    json: Flags.boolean({
      description: 'Print JSON as the HTTP API has it.',
      exclusive: ['batch'],
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The expression has a value; with --batch, all lines were answered.'],
      ['1', `The expression has an error, ${badCommandLine}`],
    ],
    environment: [['any', 'Read by sys.env, unless a line of a batch brings its own in env.']],
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Eval)
    const { expression } = args
    if (flags.batch === (expression !== undefined)) {
      this.error('give either an expression or --batch', { exit: 2 })
    }
    if (expression === undefined) await batch()
    else this.#one(expression, flags.json)
  }

  #one(text: string, asJson: boolean): void {
    try {
      const value = evaluateSource(text, createStdlib(surroundings()))
      this.log(asJson ? [...valuePieces(value, plainStyle)].join('') : format(value))
    } catch (error) {
      if (!(error instanceof DiagnosticsError)) throw error
      process.stderr.write(bytesOf(renderReport(error.list)))
      process.exitCode = 1
    }
  }
}

async function batch(): Promise<void> {
  const machine = surroundings()
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue
    const result = `${JSON.stringify(answer(line, machine))}\n`
    if (!process.stdout.write(result)) {
      await new Promise((resolve) => process.stdout.once('drain', resolve))
    }
  }
}

/** Laid out like a file; a value that is no expression, such as a secret, stays as it is. */
function format(value: Value): string {
  const text = showValue(value)
  const diagnostics = new Diagnostics()
  const expression = parseExpression(createSource('', bytesOf(text)), diagnostics)
  return diagnostics.errors > 0 ? text : printExpression(expression)
}

function surroundings(): Surroundings {
  return {
    env: (name) => process.env[name],
    hostname: hostname(),
    os: process.platform === 'win32' ? 'windows' : process.platform,
    arch: architectures[process.arch] ?? process.arch,
    version: `v${__ALLOYTS_VERSION__}`,
  }
}
