// Equality as the language's == has it.

import { isNumber } from './coerce.ts'
import { compareNumbers } from './numbers.ts'
import { same } from './same.ts'
import { OptionalSecret, Secret } from './secret.ts'
import { Bytes, Capsule, FunctionValue, kindOf, type Value } from './value.ts'

/**
 * Values of different kinds differ, numbers of different kinds do not; a secret equals the string
 * it holds; functions equal nothing.
 */
export function valuesEqual(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0
  const left = elementsOf(a)
  const right = elementsOf(b)
  if (left !== undefined && right !== undefined) return arraysEqual(left, right)
  if (a instanceof Map && b instanceof Map) return objectsEqual(a, b)
  if (isSecret(a) || isSecret(b)) return secretsEqual(a, b)
  if (a instanceof Capsule && b instanceof Capsule) return same(a, b)
  return kindOf(a) === kindOf(b) && !(a instanceof FunctionValue) && a === b
}

/** What `Array.isArray` and bytes have in common. */
function elementsOf(value: Value): ArrayLike<Value> | undefined {
  if (Array.isArray(value)) return value
  return value instanceof Bytes ? Array.from(value.bytes, BigInt) : undefined
}

function arraysEqual(a: ArrayLike<Value>, b: ArrayLike<Value>): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!valuesEqual(a[i]!, b[i]!)) return false
  return true
}

function objectsEqual(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) {
    const other = b.get(key)
    if (other === undefined || !valuesEqual(value, other)) return false
  }
  return true
}

function isSecret(value: Value): value is Secret | OptionalSecret {
  return value instanceof Secret || value instanceof OptionalSecret
}

function secretsEqual(a: Value, b: Value): boolean {
  if (a instanceof OptionalSecret && b instanceof OptionalSecret && a.isSecret !== b.isSecret) {
    return false
  }
  if (a instanceof Secret !== b instanceof Secret && isSecret(a) && isSecret(b)) return false
  const left = isSecret(a) ? a.reveal() : a
  const right = isSecret(b) ? b.reveal() : b
  return typeof left === 'string' && left === right
}
