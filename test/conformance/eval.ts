// alloy-eval: expressions, standard library, secrets, kinds of numbers.

import { isDeepStrictEqual } from 'node:util'
import { toAny } from '../../src/eval/coerce.ts'
import { EvaluationError, ValueError } from '../../src/eval/errors.ts'
import { evaluate, locate } from '../../src/eval/evaluate.ts'
import type { Scope } from '../../src/eval/scope.ts'
import { createStdlib } from '../../src/eval/stdlib.ts'
import type { Value } from '../../src/eval/value.ts'
import { typeName } from '../../src/go/print_value.ts'
import { bytesOf } from '../../src/go/text.ts'
import { Diagnostics, DiagnosticsError } from '../../src/syntax/diagnostics.ts'
import { parseExpression } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import { type Json, jsonOfValue, valueOfJson } from './eval_values.ts'
import { type Case, readTable } from './harness.ts'
import { type Into, typeOf } from './into.ts'

const tables = ['literals', 'expressions', 'secrets', 'stdlib']

interface Row {
  readonly name: string
  readonly expr: string
  readonly scope?: { readonly [name: string]: Json }
  readonly env?: { readonly [name: string]: string }
  readonly into: Into
  readonly expected?: Json
  readonly error?: string
  readonly error_contains?: string
  readonly any_order?: boolean
}

interface KindRow extends Row {
  readonly go_kind: string
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const table of tables) {
    for (const row of readTable<Row>(dir, table)) {
      yield { id: `alloy-eval/${table}/${row.name}`, run: () => check(row) }
    }
  }
  for (const row of readTable<KindRow>(dir, 'number-kinds')) {
    yield { id: `alloy-eval/number-kinds/${row.name}`, run: () => checkKind(row) }
  }
}

function check(row: Row): string | undefined {
  const { error, error_contains: part } = row
  let actual: Json
  try {
    actual = jsonOfValue(evaluateInto(row.expr, row.into, scopeOf(row)), row.into)
  } catch (thrown) {
    const message = describeError(thrown)
    const isExpected = error === undefined ? part && message.includes(part) : message === error
    return isExpected ? undefined : `expected ${error ?? part ?? 'a value'}, got error ${message}`
  }
  const expected = row.expected ?? null
  const isError = error !== undefined || part !== undefined
  const isSame = row.any_order
    ? sameElements(actual, expected)
    : isDeepStrictEqual(actual, expected)
  if (!isError && isSame) return undefined
  return `expected ${error ?? part ?? JSON.stringify(expected)}, got ${JSON.stringify(actual)}`
}

function checkKind({ expr, go_kind: expected, ...row }: KindRow): string | undefined {
  const actual = typeName(toAny(evaluateInto(expr, 'any', scopeOf({ expr, ...row }))) as bigint)
  return actual === expected ? undefined : `expected ${expected}, got ${actual}`
}

function sameElements(a: Json, b: Json): boolean {
  const sorted = (json: Json) =>
    Array.isArray(json) ? json.map((item) => JSON.stringify(item)).sort() : json
  return isDeepStrictEqual(sorted(a), sorted(b))
}

function scopeOf({ scope = {}, env = {} }: Row): Scope {
  return stdlibWith(env).extend(
    new Map(Object.entries(scope).map(([name, json]) => [name, valueOfJson(json)])),
  )
}

export function stdlibWith(env: { readonly [name: string]: string }): Scope {
  return createStdlib({
    env: (name) => (Object.hasOwn(env, name) ? env[name] : undefined),
    hostname: 'localhost',
    os: 'linux',
    arch: 'amd64',
    version: 'v0.0.0',
  })
}

/** Throws a `DiagnosticsError` with all problems of the syntax, or the one of the value. */
export function evaluateInto(text: string, target: Into, scope: Scope): Value {
  const diagnostics = new Diagnostics()
  const expression = parseExpression(createSource('', bytesOf(text)), diagnostics)
  if (diagnostics.errors > 0) throw new DiagnosticsError(diagnostics.list)
  try {
    return typeOf(target).normalize(evaluate(expression, scope))
  } catch (thrown) {
    const error = thrown instanceof ValueError ? locate(thrown, expression, scope) : thrown
    if (!(error instanceof EvaluationError)) throw error
    throw new DiagnosticsError([{ severity: 'error', message: error.message, span: error.span }])
  }
}

function describeError(thrown: unknown): string {
  if (!(thrown instanceof DiagnosticsError)) throw thrown
  return thrown.message
}
