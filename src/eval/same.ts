// Whether new exports or arguments differ from the last ones: what is equal sets nothing off.

import { OptionalSecret, Secret } from './secret.ts'
import { Bytes, Capsule, Uint64 } from './value.ts'

/**
 * Deep equality of values and of plain data made of them, in which opaque things such as receivers
 * are equal only to themselves: a new component's receiver differs from the old one's although both
 * look the same. Plain data in a capsule, such as targets, is compared deeply.
 */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const prototype: unknown = Object.getPrototypeOf(a)
  if (prototype !== Object.getPrototypeOf(b)) return false
  if (Array.isArray(a) && Array.isArray(b)) return sameArrays(a, b)
  if (a instanceof Map && b instanceof Map) return sameMaps(a, b)
  if (a instanceof Capsule && b instanceof Capsule) {
    return a.type === b.type && same(a.content, b.content)
  }
  if (a instanceof Secret && b instanceof Secret) return a.reveal() === b.reveal()
  if (a instanceof OptionalSecret && b instanceof OptionalSecret) {
    return a.isSecret === b.isSecret && a.reveal() === b.reveal()
  }
  if (a instanceof Uint64 && b instanceof Uint64) return a.value === b.value
  if (a instanceof Bytes && b instanceof Bytes) return sameArrays(a.bytes, b.bytes)
  if (prototype !== Object.prototype) return false
  return sameMaps(new Map(Object.entries(a)), new Map(Object.entries(b)))
}

function sameArrays(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false
  return true
}

function sameMaps(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) {
    if (!b.has(key) || !same(value, b.get(key))) return false
  }
  return true
}
