// exporter-instance: the label `instance` of an exporter's targets, or why it does not start.

import { createHash } from 'node:crypto'
import { declarationOf } from '../../src/components/all.ts'
import { instanceOf } from '../../src/components/prometheus/exporter/instance.ts'
import { Scope } from '../../src/eval/scope.ts'
import { bytesOf } from '../../src/go/text.ts'
import { decodeBlock } from '../../src/schema/decode.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import { type Case, difference, readTable } from './harness.ts'

interface Row {
  readonly name: string
  readonly component: string
  readonly arguments: string
  readonly hostname?: string
  readonly instance?: string
  readonly error?: string
}

/** What the decoder asks for and the tests of the original leave out. */
const additions: { readonly [component: string]: string } = {
  'prometheus.exporter.blackbox': 'config_file = "modules.yml"\n',
  'prometheus.exporter.static': 'text = ""\n',
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const row of readTable<Row>(dir, 'instance')) {
    yield { id: `exporter-instance/instance/${row.name}`, run: () => compare(row) }
  }
}

async function compare(row: Row): Promise<string | undefined> {
  if (row.instance !== undefined) return difference(await labelOf(row), row.instance)
  const actual = await labelOf(row).catch((error: Error) => error)
  if (!(actual instanceof Error)) return `expected an error, but the label is ${actual}`
  const expected = row.error ?? ''
  return actual.message.includes(expected) ? undefined : difference(actual.message, expected)
}

/** Throws what keeps the component from starting. */
async function labelOf(row: Row): Promise<string> {
  const declaration = await declarationOf(row.component)
  const name = row.component.split('.').at(-1) ?? ''
  if (declaration === undefined || !isExporter(name)) throw new Error('not declared')
  const file = parseFile(
    createSource('', bytesOf(row.arguments + (additions[row.component] ?? ''))),
    new Diagnostics(),
  )
  const { args, problems } = decodeBlock(declaration.arguments, file, Scope.empty)
  if (args === undefined || problems.length > 0) throw new Error(problems[0]?.message ?? 'unknown')
  // The declaration is that of the function.
  return instanceOf[name](args as never, {
    id: `${row.component}.test_comp_id`,
    hostname: row.hostname ?? 'localhost',
    env: () => undefined,
    md5: (text) => createHash('md5').update(bytesOf(text)).digest('hex'),
  })
}

function isExporter(name: string): name is keyof typeof instanceOf {
  return Object.hasOwn(instanceOf, name)
}
