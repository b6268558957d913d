// Arithmetic on Go's three kinds of numbers. Mixed operands become floats if one is a float, else
// int64s if one is an int64; results wrap at 64 bits.

import { floatOf, type NumberValue } from './coerce.ts'
import { Uint64 } from './value.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^'

/** Throws `divide by zero error`, for floats too. */
export function arithmetic(
  operator: ArithmeticOperator,
  a: NumberValue,
  b: NumberValue,
): NumberValue {
  if (typeof a === 'number' || typeof b === 'number') {
    return floatArithmetic(operator, floatOf(a), floatOf(b))
  }
  if (a instanceof Uint64 && b instanceof Uint64) {
    const result = integerArithmetic(operator, a.value, b.value)
    return new Uint64(BigInt.asUintN(64, result))
  }
  return BigInt.asIntN(64, integerArithmetic(operator, intOf(a), intOf(b)))
}

/** The int64 of the same 64 bits. */
function intOf(number: bigint | Uint64): bigint {
  return typeof number === 'bigint' ? number : BigInt.asIntN(64, number.value)
}

export function isZero(number: NumberValue): boolean {
  return floatOf(number) === 0
}

function integerArithmetic(operator: ArithmeticOperator, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '^':
      return power(a, b)
  }
}

/** The original multiplies `b - 1` times; so a negative exponent gives the base. */
function power(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n
  if (exponent <= 1n) return base
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asUintN(64, result * square)
    square = BigInt.asUintN(64, square * square)
  }
  return result
}

function floatArithmetic(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '^':
      // Go's Pow(1, y) is 1 and Pow(-1, ±Inf) is 1; here both would be NaN.
      if (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY)) return 1
      return a ** b
  }
}

/** Negative, zero or positive; NaN compares as nothing with everything. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  if (typeof a === 'number' || typeof b === 'number') {
    const left = floatOf(a)
    const right = floatOf(b)
    return left < right ? -1 : left > right ? 1 : left === right ? 0 : Number.NaN
  }
  const bothUnsigned = a instanceof Uint64 && b instanceof Uint64
  const left = bothUnsigned ? a.value : intOf(a)
  const right = bothUnsigned ? b.value : intOf(b)
  return left < right ? -1 : left > right ? 1 : 0
}

/** Negated; of an uint64 it is an int64. */
export function negate(number: NumberValue): NumberValue {
  if (typeof number === 'number') return -number
  return BigInt.asIntN(64, -intOf(number))
}
