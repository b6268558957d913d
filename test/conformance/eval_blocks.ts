// alloy-eval: decoding of blocks, the static check, and values and bodies as text and JSON.

import { isDeepStrictEqual } from 'node:util'
import { Scope } from '../../src/eval/scope.ts'
import { bytesOf } from '../../src/go/text.ts'
import { type Body, type Held, untouched } from '../../src/schema/body.ts'
import { type Decoding, decodeBlock, decodeLabelledBlock } from '../../src/schema/decode.ts'
import { bodyText, statementsShown } from '../../src/schema/encode.ts'
import type { Field, Fields } from '../../src/schema/schema.ts'
import { showValue } from '../../src/schema/show.ts'
import { typecheckBlock } from '../../src/schema/typecheck.ts'
import { goStyle, valuePieces } from '../../src/schema/value_json.ts'
import { bodyPieces } from '../../src/server/alloy_json.ts'
import { Diagnostics, describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { formatFile } from '../../src/syntax/format.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import type { BlockStatement, File } from '../../src/syntax/tree.ts'
import { type Case, difference, readTable } from './harness.ts'
import { flagOf, type Into, type IntoField, schemaOf, structOf, valueFrom } from './into.ts'

interface BlockRow {
  readonly name: string
  readonly mode?: 'block' | 'file'
  readonly file?: string
  readonly document: string
  readonly into: Into
  readonly scope?: Readonly<Record<string, unknown>>
  readonly error?: string
  readonly error_contains?: string
  readonly errors?: readonly string[]
  readonly checks?: readonly { path: string; equals?: unknown; length?: number }[]
}

interface BodyRow {
  readonly name: string
  readonly schema: Into
  readonly value: Readonly<Record<string, unknown>>
  readonly defaults?: Readonly<Record<string, unknown>>
  readonly expected?: unknown
  readonly expected_unformatted?: string
}

interface ValueRow {
  readonly name: string
  readonly value: unknown
  readonly expected: unknown
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const table of ['blocks', 'decode-errors']) {
    yield* each<BlockRow>(dir, table, checkBlock)
  }
  yield* each<BlockRow>(dir, 'typecheck', checkTypes)
  yield* each<BodyRow>(dir, 'body-json', checkBodyJson)
  yield* each<BodyRow>(dir, 'body-text', checkBodyText)
  yield* each<ValueRow>(dir, 'value-json', ({ value, expected }) => {
    return sameJson(valuePieces(valueFrom(value), goStyle), expected)
  })
  yield* each<ValueRow>(dir, 'value-text', ({ value, expected }) => {
    return difference(showValue(valueFrom(value)), String(expected))
  })
}

function* each<Row extends { readonly name: string }>(
  dir: string,
  table: string,
  check: (row: Row) => string | undefined,
): Generator<Case> {
  for (const row of readTable<Row>(dir, table)) {
    yield { id: `alloy-eval/${table}/${row.name}`, run: () => check(row) }
  }
}

function parse(name: string, text: string): File {
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource(name, bytesOf(text)), diagnostics)
  if (diagnostics.errors > 0) throw new Error(describeDiagnostic(diagnostics.list[0]!))
  return file
}

function firstBlock(file: File): BlockStatement {
  const block = file.body.find((statement) => statement.kind === 'block')
  if (block === undefined) throw new Error('no block')
  return block
}

function checkBlock(row: BlockRow): string | undefined {
  const { into, error, error_contains } = row
  const { args, problems } = decodeRow(row)
  const [first] = problems
  if (first !== undefined) {
    const actual = first.plain ? first.message : describeDiagnostic(first)
    if (error_contains !== undefined && actual.includes(error_contains)) return undefined
    return difference(actual, error ?? error_contains ?? 'decodes')
  }
  if (error !== undefined || error_contains !== undefined) return 'it decoded'
  const value = goValue(into, args)
  const wrong = (row.checks ?? []).find(({ path, equals, length }) => {
    const actual = follow(value, path)
    if (length !== undefined) return !Array.isArray(actual) || actual.length !== length
    return !isDeepStrictEqual(actual, equals)
  })
  return wrong && `${wrong.path} is ${JSON.stringify(follow(value, wrong.path))}`
}

function decodeRow(row: BlockRow): Decoding<Fields> {
  const file = parse(row.file ?? '', row.document)
  const schema = schemaOf(row.into)
  const bindings = Object.entries(row.scope ?? {}).map(([k, v]) => [k, valueFrom(v)] as const)
  const scope = Scope.empty.extend(new Map(bindings))
  return row.mode === 'block'
    ? decodeLabelledBlock(schema, firstBlock(file), scope)
    : decodeBlock(schema, file, scope)
}

/** Decoded arguments under the names of Go's fields, as the tables write them. */
function goValue(into: Into, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(plain(value))
  if (into === 'any' || typeof into === 'string') return plain(value)
  if ('pointer' in into) return goValue(into.pointer, value)
  if ('array' in into) return (value as unknown[]).map((element) => goValue(into.array, element))
  if ('map' in into) return plain(value)
  const args = value as Record<string, unknown>
  return Object.fromEntries(into.fields.map((field) => [field.go, goField(field, args)]))
}

function goField(field: IntoField, args: Record<string, unknown>): unknown {
  if (flagOf(field) === 'squash') return goValue(structOf(field.type), args)
  const value = args[field.name || 'label']
  if (flagOf(field) !== 'enum') return value === undefined ? null : goValue(field.type, value)
  return (value as { variant: string }[]).map(({ variant, ...rest }) => {
    const member = structOf(field.type).fields.find(({ name }) => name === variant)!
    return { [member.go]: goValue(member.type, rest) }
  })
}

// biome-ignore lint/suspicious/noExplicitAny: tables hold any JSON
function plain(value: unknown): any {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return [...value].map(([key, inner]) => [key, plain(inner)])
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

/** `Blocks[0].Attr`; `(*actual.BlockB).Attr` is `BlockB.Attr`. */
function follow(value: unknown, path: string): unknown {
  const steps = path.replace(/\(\**actual\.(\w+)\)/, '$1').match(/\w+/g) ?? []
  return steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)?.[step], value)
}

function checkTypes({ document, into, errors = [] }: BlockRow): string | undefined {
  const diagnostics = new Diagnostics()
  typecheckBlock(schemaOf(into), firstBlock(parse('', document)), diagnostics)
  return difference(diagnostics.list.map(describeDiagnostic).join('\n'), errors.join('\n'))
}

function checkBodyJson({ schema, value, defaults, expected }: BodyRow): string | undefined {
  const into = typeof schema === 'string' ? goTypes[schema]! : schema
  const shown = statementsShown(bodyFrom(into, value, defaults))
  return sameJson(bodyPieces(shown), expected)
}

function checkBodyText({ schema, value, expected_unformatted = '' }: BodyRow): string | undefined {
  const expected = formatFile(parse('', expected_unformatted))
  return difference(bodyText(bodyFrom(schema, value)), expected)
}

function bodyFrom(
  into: Into,
  value: Readonly<Record<string, unknown>>,
  defaults?: Readonly<Record<string, unknown>>,
): Body {
  const schema = schemaOf(into, defaults)
  const held = new Map<string, Held>()
  for (const field of flattened(structOf(into).fields, value)) {
    const name = field.into.name || 'label'
    held.set(name, heldFrom(schema.fields[name]!, field.into, field.value))
  }
  return { schema, held, rest: new Map() }
}

/** Fields with their values; those of squashed structs are inside the outer value's member. */
function flattened(
  fields: readonly IntoField[],
  value: Readonly<Record<string, unknown>>,
): { into: IntoField; value: unknown }[] {
  return fields.flatMap((into) => {
    const inner = value[into.go]
    if (flagOf(into) !== 'squash') return [{ into, value: inner }]
    return flattened(structOf(into.type).fields, (inner ?? {}) as Record<string, unknown>)
  })
}

function heldFrom(field: Field, into: IntoField, value: unknown): Held {
  switch (field.kind) {
    case 'attribute': {
      const given = value === undefined ? null : valueFrom(value)
      return { kind: 'attribute', value: field.type.normalize(given) }
    }
    case 'label':
      return { kind: 'label', label: String(value) }
    case 'block': {
      if (value === undefined) return untouched(field)
      const values = Array.isArray(value) ? value : [value]
      return { kind: 'block', bodies: values.map((each) => bodyFrom(structOf(into.type), each)) }
    }
    case 'choice': {
      const entries = ((value ?? []) as Record<string, Record<string, unknown>>[]).map((entry) => {
        const [go, inner] = Object.entries(entry)[0]!
        const member = structOf(into.type).fields.find((each) => each.go === go)!
        return { variant: member.name, body: bodyFrom(member.type, inner) }
      })
      return { kind: 'choice', entries }
    }
  }
}

function sameJson(pieces: Iterable<string>, expected: unknown): string | undefined {
  const print = (value: unknown) => JSON.stringify(value, undefined, 1)
  return difference(print(JSON.parse([...pieces].join(''))), print(expected))
}

const innerFields: readonly IntoField[] = [
  { go: 'Number', name: 'number', kind: 'attr,optional', type: 'int' },
  { go: 'String', name: 'string', kind: 'attr,optional', type: 'string' },
  { go: 'Boolean', name: 'boolean', kind: 'attr,optional', type: 'bool' },
  { go: 'Array', name: 'array', kind: 'attr,optional', type: { array: 'any' } },
  { go: 'Object', name: 'object', kind: 'attr,optional', type: { map: 'any' } },
]
const innerBlock: Into = { fields: innerFields }
const labelledBlock: Into = {
  fields: [
    { go: 'TestBlock', name: '', kind: 'squash', type: innerBlock },
    { go: 'Label', name: '', kind: 'label', type: 'string' },
  ],
}

/** Types of the original's tests that the tables only name. */
const goTypes: Readonly<Record<string, Into>> = {
  testBlock: {
    fields: [
      ...innerFields,
      {
        go: 'Labeled',
        name: 'labeled_block',
        kind: 'block,optional',
        type: { array: labelledBlock },
      },
      { go: 'Blocks', name: 'inner_block', kind: 'block,optional', type: { array: innerBlock } },
    ],
  },
  defaultsBlock: {
    fields: [
      { go: 'Name', name: 'name', kind: 'attr,optional', type: 'string' },
      { go: 'Age', name: 'age', kind: 'attr,optional', type: 'int' },
    ],
  },
}
