// Values as JSON that names their types, for the API and for programs. Text comes in pieces, one
// per entry of the outer lists, so that whoever joins them can let the event loop turn: 5,000
// targets with 40 labels are 20 MB.
// Source of the behaviour: alloy/syntax/encoding/alloyjson.

import { floatOf, isNumber } from '../eval/coerce.ts'
import { OptionalSecret, Secret } from '../eval/secret.ts'
import { Bytes, Capsule, FunctionValue, type ObjectValue, type Value } from '../eval/value.ts'
import { jsonNumber, jsonString } from '../go/json_text.ts'
import { entriesInOrder, showValue } from './show.ts'

/** How texts and numbers are written. */
export interface JsonStyle {
  string(text: string): string
  number(value: number): string
}

/** As Go does it. Numbers that JSON has no text for throw. */
export const goStyle: JsonStyle = { string: jsonString, number: jsonNumber }

/** As JSON.stringify does it. */
export const plainStyle: JsonStyle = { string: JSON.stringify, number: JSON.stringify }

/** `{"type":…,"value":…}`. Integers beyond 2^53 lose digits, as they do in the original. */
export function* valuePieces(value: Value, style: JsonStyle): Generator<string> {
  const list = listOf(value, style)
  if (list === undefined) {
    yield valueText(value, style)
    return
  }
  yield list.open
  let comma = ''
  for (const entry of list.entries) {
    yield comma + entry
    comma = ','
  }
  yield ']}'
}

/** What shows as a list: arrays, objects and what converts into them. */
interface List {
  readonly open: string
  readonly entries: Iterable<string>
}

function listOf(value: Value, style: JsonStyle): List | undefined {
  if (Array.isArray(value)) return arrayOf(value, style)
  if (value instanceof Bytes) return arrayOf(Array.from(value.bytes), style)
  if (value instanceof Map) return objectOf(value, style)
  if (!(value instanceof Capsule) || value.asObject === undefined) return undefined
  return objectOf(value.asObject(), style)
}

function arrayOf(values: readonly Value[], style: JsonStyle): List {
  return { open: '{"type":"array","value":[', entries: elements(values, style) }
}

function* elements(values: readonly Value[], style: JsonStyle): Generator<string> {
  for (const value of values) yield valueText(value, style)
}

function objectOf(object: ObjectValue, style: JsonStyle): List {
  return { open: '{"type":"object","value":[', entries: members(object, style) }
}

function* members(object: ObjectValue, style: JsonStyle): Generator<string> {
  for (const [key, value] of entriesInOrder(object)) {
    yield `{"key":${style.string(key)},"value":${valueText(value, style)}}`
  }
}

function valueText(value: Value, style: JsonStyle): string {
  const list = listOf(value, style)
  if (list !== undefined) return `${list.open}${[...list.entries].join(',')}]}`
  if (value === null) return '{"type":"null","value":null}'
  if (typeof value === 'string') return `{"type":"string","value":${style.string(value)}}`
  if (typeof value === 'boolean') return `{"type":"bool","value":${value}}`
  if (isNumber(value)) return `{"type":"number","value":${style.number(floatOf(value))}}`
  if (value instanceof FunctionValue) return '{"type":"function","value":"function"}'
  return `{"type":"capsule","value":${style.string(capsuleText(value))}}`
}

function capsuleText(value: Value): string {
  if (value instanceof Secret || value instanceof OptionalSecret) return showValue(value)
  if (value instanceof Capsule) return value.display || showValue(value)
  throw new Error('a value that only a running component knows has no JSON')
}
