// alloy-minted, table `eval`: expressions with what the original's evaluator made of them.

import { toAny, toArray } from '../../src/eval/coerce.ts'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { Bytes, Uint64, type Value } from '../../src/eval/value.ts'
import { type Printable, typeName } from '../../src/go/print_value.ts'
import { bytesOf } from '../../src/go/text.ts'
import { showValue } from '../../src/schema/show.ts'
import { Diagnostics, DiagnosticsError } from '../../src/syntax/diagnostics.ts'
import { printExpression } from '../../src/syntax/format.ts'
import { parseExpression } from '../../src/syntax/parser.ts'
import { renderReport } from '../../src/syntax/report.ts'
import { createSource } from '../../src/syntax/source.ts'
import { evaluateInto, stdlibWith } from './eval.ts'
import { type Case, difference, readTable } from './harness.ts'
import type { Into } from './into.ts'

interface Row {
  readonly name: string
  readonly expr: string
  /** Empty means any. */
  readonly into?: string
  readonly go_type?: string
  readonly alloy?: string
  readonly error?: string
  readonly report?: string
}

const targets: Readonly<Record<string, Into>> = {
  float: 'float64',
  map: { map: 'string' },
  strings: { array: 'string' },
}

const scope = stdlibWith({}).extend(
  new Map<string, Value>([
    ['sec', new Secret('s3cr3t')],
    ['osec', new OptionalSecret('hid', true)],
    ['onon', new OptionalSecret('vis', false)],
    [
      'm',
      new Map<string, Value>([
        ['a', 1n],
        ['b', new Map([['c', 'x']])],
      ]),
    ],
  ]),
)

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const row of readTable<Row>(dir, 'eval')) {
    yield { id: `alloy-minted/eval/${row.name}`, run: () => check(row) }
  }
}

function check({ expr, into = 'any', go_type, alloy, error, report }: Row): string | undefined {
  let value: Value
  try {
    value = evaluateInto(expr, targets[into] ?? into, scope)
  } catch (thrown) {
    if (!(thrown instanceof DiagnosticsError)) throw thrown
    return difference(thrown.message, error ?? '') ?? checkReport(thrown, report ?? '')
  }
  const shown = into === 'any' ? toAny(value) : value
  const isAny = into === 'any'
  const type = isAny && goType(shown) !== go_type ? `${goType(shown)}, not ${go_type}` : undefined
  return type ?? difference(format(shown), alloy ?? `error ${error}`)
}

/** Where no position is known ours names no lines; the original prints the whole text then. */
function checkReport(thrown: DiagnosticsError, report: string): string | undefined {
  const actual = renderReport(thrown.list)
  const isPlaced = thrown.list.every(({ span }) => span !== undefined)
  return difference(actual, isPlaced ? report : report.slice(0, report.indexOf('\n') + 1))
}

function goType(value: Value): string {
  if (value instanceof Secret) return 'alloytypes.Secret'
  if (value instanceof OptionalSecret) return 'alloytypes.OptionalSecret'
  if (value instanceof Bytes) return typeName(toArray(value) as Printable)
  return value instanceof Uint64 ? 'uint64' : typeName(value as Printable)
}

/** As the original does: the text of the value, formatted as if a user had written it. */
function format(value: Value): string {
  const diagnostics = new Diagnostics()
  const text = showValue(value)
  const expression = parseExpression(createSource('', bytesOf(text)), diagnostics)
  return diagnostics.errors > 0 ? text : printExpression(expression)
}
