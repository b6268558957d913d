// Values as Alloy text, secrets hidden. The text is not always valid input again.

import { numberText } from '../eval/coerce.ts'
import { OptionalSecret, Secret } from '../eval/secret.ts'
import {
  Bytes,
  Capsule,
  FunctionValue,
  type ObjectValue,
  Struct,
  Uint64,
  Unknown,
  type Value,
} from '../eval/value.ts'
import { quote } from '../go/quote.ts'
import { compareText } from '../go/text.ts'
import { isIdentifier } from '../syntax/identifier.ts'

/** On one line, but for objects, whose every key has its own; the formatter aligns them. */
export function showValue(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'bigint' || typeof value === 'number') return numberText(value)
  if (value instanceof Uint64) return numberText(value)
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`
  if (value instanceof Bytes) return `[${[...value.bytes].join(', ')}]`
  if (value instanceof Map) return showObject(value)
  if (value instanceof FunctionValue) return 'function'
  if (value instanceof Secret) return '(secret)'
  if (value instanceof OptionalSecret) return value.isSecret ? '(secret)' : quote(value.reveal())
  if (value instanceof Unknown) return 'unknown'
  return value instanceof Capsule ? showCapsule(value) : 'null'
}

function showObject(object: ObjectValue): string {
  if (object.size === 0) return '{}'
  const lines = entriesInOrder(object).map(([key, value]) => {
    return `\t${isIdentifier(key) ? key : quote(key)} = ${showValue(value)},\n`
  })
  return `{\n${lines.join('')}}`
}

/** Sorted by key, but for structs, whose fields have an order of their own. */
export function entriesInOrder(object: ObjectValue): [string, Value][] {
  const entries = [...object]
  return object instanceof Struct ? entries : entries.sort(([a], [b]) => compareText(a, b))
}

function showCapsule(capsule: Capsule): string {
  return capsule.asObject === undefined
    ? `capsule(${quote(capsule.type)})`
    : showObject(capsule.asObject())
}
