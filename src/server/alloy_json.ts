// Arguments, exports and debug info as the API shows them. Text comes in pieces, one per entry of
// the outer lists, so that whoever joins them can let the event loop turn: 5,000 targets with 40
// labels are 20 MB.
// Source of the behaviour: alloy/syntax/encoding/alloyjson.

import type { DebugBody, DebugStatement } from '../engine/debug_info.ts'
import { OptionalSecret, Secret } from '../eval/secret.ts'
import {
  Bytes,
  Capsule,
  FunctionValue,
  type ObjectValue,
  Struct,
  Uint64,
  type Value,
} from '../eval/value.ts'
import { formatFloat } from '../go/float.ts'
import { jsonString } from '../go/json_text.ts'
import { quote } from '../go/quote.ts'

/** A body, `[]` where it is empty. Throws on numbers that JSON has no text for. */
export function* bodyPieces(body: DebugBody): Generator<string> {
  yield '['
  let comma = ''
  for (const statement of body) {
    yield comma
    yield* statementPieces(statement)
    comma = ','
  }
  yield ']'
}

function* statementPieces(statement: DebugStatement): Generator<string> {
  const name = jsonString(statement.name)
  if (statement.kind === 'attribute') {
    yield `{"name":${name},"type":"attr","value":`
    yield* valuePieces(statement.value)
  } else {
    const label = statement.label ? `,"label":${jsonString(statement.label)}` : ''
    yield `{"name":${name},"type":"block"${label},"body":`
    yield* bodyPieces(statement.body)
  }
  yield '}'
}

/** `{"type":…,"value":…}`. */
export function* valuePieces(value: Value): Generator<string> {
  const list = listOf(value)
  if (list === undefined) {
    yield valueText(value)
    return
  }
  yield list.open
  let comma = ''
  for (const entry of list.entries()) {
    yield comma + entry
    comma = ','
  }
  yield ']}'
}

/** What shows as a list: arrays, objects and what converts into them. */
interface List {
  readonly open: string
  entries(): Iterable<string>
}

function listOf(value: Value): List | undefined {
  if (Array.isArray(value)) return arrayOf(value)
  if (value instanceof Bytes) return arrayOf([...value.bytes].map(BigInt))
  if (value instanceof Map) return objectOf(value)
  if (value instanceof Capsule && value.asObject !== undefined) return objectOf(value.asObject())
  return undefined
}

function arrayOf(values: readonly Value[]): List {
  return {
    open: '{"type":"array","value":[',
    *entries() {
      for (const value of values) yield valueText(value)
    },
  }
}

function objectOf(object: ObjectValue): List {
  return {
    open: '{"type":"object","value":[',
    *entries() {
      const names = [...object.keys()]
      if (!(object instanceof Struct)) names.sort(byBytes)
      for (const name of names) {
        yield `{"key":${jsonString(name)},"value":${valueText(object.get(name) ?? null)}}`
      }
    },
  }
}

/** Go sorts by bytes, which differs from UTF-16 where a text has astral characters. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function valueText(value: Value): string {
  const list = listOf(value)
  if (list !== undefined) return `${list.open}${[...list.entries()].join(',')}]}`
  const { type, text } = scalar(value)
  return `{"type":"${type}","value":${text}}`
}

function scalar(value: Value): { type: string; text: string } {
  if (value === null) return { type: 'null', text: 'null' }
  if (typeof value === 'boolean') return { type: 'bool', text: String(value) }
  if (typeof value === 'string') return { type: 'string', text: jsonString(value) }
  if (typeof value === 'number') return { type: 'number', text: numberText(value) }
  if (typeof value === 'bigint') return { type: 'number', text: numberText(Number(value)) }
  if (value instanceof Uint64) return { type: 'number', text: numberText(Number(value.value)) }
  if (value instanceof FunctionValue) return { type: 'function', text: '"function"' }
  return { type: 'capsule', text: jsonString(capsuleText(value)) }
}

function capsuleText(value: Value): string {
  if (value instanceof Secret) return '(secret)'
  if (value instanceof OptionalSecret) return value.isSecret ? '(secret)' : quote(value.reveal())
  if (value instanceof Capsule) return value.display || `capsule("${value.type}")`
  throw new Error('a value that only a running component knows has no JSON')
}

/** As encoding/json prints a float64: plain between 1e-6 and 1e21, else with an exponent. */
function numberText(value: number): string {
  if (!Number.isFinite(value))
    throw new Error(`json: unsupported value: ${formatFloat(value, 'g')}`)
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-6 && size < 1e21)) return formatFloat(value, 'f')
  return formatFloat(value, 'e').replace(/e-0(\d)$/, 'e-$1')
}
