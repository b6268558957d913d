// Whether two normalized values are the same to Go's eyes, which tell nil from empty.

import { OptionalSecret, Secret } from '../eval/secret.ts'
import { Bytes, Capsule, Uint64, type Value } from '../eval/value.ts'
import { nilList, nilMap } from './composites.ts'

export function identical(a: Value, b: Value): boolean {
  if (Object.is(a, b) || a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && sameLists(a, b)
  if (a instanceof Map) return b instanceof Map && sameMaps(a, b)
  if (a instanceof Uint64) return b instanceof Uint64 && a.value === b.value
  if (a instanceof Secret) return b instanceof Secret && a.reveal() === b.reveal()
  if (a instanceof OptionalSecret) {
    const sameSecrecy = b instanceof OptionalSecret && a.isSecret === b.isSecret
    return sameSecrecy && a.reveal() === b.reveal()
  }
  if (a instanceof Bytes) return b instanceof Bytes && sameLists([...a.bytes], [...b.bytes])
  if (a instanceof Capsule && b instanceof Capsule) {
    if (a.type !== b.type) return false
    const [left, right] = [a.asObject?.(), b.asObject?.()]
    return left && right ? identical(left, right) : a.content === b.content
  }
  return false
}

function sameLists(a: readonly Value[], b: readonly Value[]): boolean {
  if ((a === nilList) !== (b === nilList) || a.length !== b.length) return false
  return a.every((value, i) => identical(value, b[i]!))
}

function sameMaps(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if ((a === nilMap) !== (b === nilMap) || a.size !== b.size) return false
  return [...a].every(([key, value]) => {
    const other = b.get(key)
    return other !== undefined && identical(value, other)
  })
}
