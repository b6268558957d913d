// Names of the modules that a foreach makes of its items: `foreach_app_1_2` is the second item that
// is called `app-1`. Components inside keep what they have as long as that name stays.
// Source of the behaviour: alloy/internal/runtime/internal/controller/node_config_foreach.go.

import { createHash } from 'node:crypto'
import { OptionalSecret, Secret } from '../../eval/secret.ts'
import { Bytes, Capsule, Uint64, type Value } from '../../eval/value.ts'
import { formatFloat } from '../../go/float.ts'
import type { Printable } from '../../go/print_value.ts'
import { sprintf } from '../../go/printf.ts'
import { bytesOf } from '../../go/text.ts'
import { isDigit, isLetter } from '../../go/unicode.ts'

export interface ItemIdOptions {
  /** Key of items that are objects, whose value tells them apart; empty for none. */
  readonly id: string
  readonly hash_string_id: boolean
}

/** An id for each item, in their order. `withoutId` hears of items that have no such key. */
export function itemIds(
  items: readonly Value[],
  options: ItemIdOptions,
  withoutId: () => void,
): string[] {
  const counts = new Map<string, number>()
  return items.map((item) => {
    const name = nameOf(keyOf(item, options.id, withoutId), options.hash_string_id)
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return `foreach_${name}_${count}`
  })
}

/** Whether components can have such an id; one of a negative number has a sign. */
export function isIdentifier(id: string): boolean {
  return [...id].every((char) => {
    const rune = char.codePointAt(0)!
    return char === '_' || isLetter(rune) || isDigit(rune)
  })
}

function keyOf(item: Value, id: string, withoutId: () => void): Value {
  if (id === '') return item
  const object = item instanceof Capsule ? item.asObject?.() : item
  const key = object instanceof Map ? object.get(id) : undefined
  if (key !== undefined) return key
  withoutId()
  return item
}

function nameOf(key: Value, hashesText: boolean): string {
  const text = textOf(key)
  if (text !== undefined) return hashesText ? sha256(text) : safe(text)
  if (typeof key === 'bigint' || typeof key === 'boolean') return String(key)
  if (key instanceof Uint64) return String(key.value)
  if (typeof key === 'number') return formatFloat(key, 'f', 6).replace('.', '_')
  return sha256(sprintf('%#v', printable(key)))
}

function textOf(key: Value): string | undefined {
  if (typeof key === 'string') return key
  return key instanceof OptionalSecret && !key.isSecret ? key.reveal() : undefined
}

/** Everything but letters and digits becomes an underscore. */
function safe(text: string): string {
  return Array.from(text, (char) => {
    const rune = char.codePointAt(0)!
    return isLetter(rune) || isDigit(rune) ? char : '_'
  }).join('')
}

function sha256(text: string): string {
  return createHash('sha256').update(bytesOf(text)).digest('hex')
}

/** As Go has it, but for capsules: there it is an address, which differs each time. */
function printable(value: Value): Printable {
  if (value instanceof Secret || value instanceof OptionalSecret) return value.reveal()
  if (value instanceof Bytes) return Array.from(value.bytes, (byte) => BigInt(byte))
  if (Array.isArray(value)) return value.map(printable)
  if (value instanceof Capsule && value.asObject !== undefined) return printable(value.asObject())
  if (value instanceof Map) {
    return new Map([...value].map(([key, element]) => [key, printable(element)]))
  }
  if (value instanceof Capsule) return `${value.type} ${value.display ?? ''}`
  if (typeof value === 'object' && value !== null && !(value instanceof Uint64)) return 'function'
  return value
}
