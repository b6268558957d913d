// What the operators do with values, known or not. Both operands are always given: nothing is
// short-circuited.

import { bytesOf } from '../go/text.ts'
import type { BinaryOperator } from '../syntax/tree.ts'
import { isNumber, type NumberValue, toText } from './coerce.ts'
import { valuesEqual } from './equal.ts'
import { ArgumentError, misfit, ValueError } from './errors.ts'
import { arithmetic, compareNumbers, isZero, negate } from './numbers.ts'
import { OptionalSecret, Secret } from './secret.ts'
import { containsUnknown, type Kind, kindOf, Unknown, type Value } from './value.ts'

const number: readonly Kind[] = ['number']
const bool: readonly Kind[] = ['bool']
const ordered: readonly Kind[] = ['number', 'string']

const accepted: Record<Exclude<BinaryOperator, '==' | '!='>, readonly Kind[]> = {
  '||': bool,
  '&&': bool,
  '<': ordered,
  '<=': ordered,
  '>': ordered,
  '>=': ordered,
  '+': ['number', 'string', 'capsule'],
  '-': number,
  '*': number,
  '/': number,
  '%': number,
  '^': number,
}

/** Throws an `ArgumentError` for the operand that is wrong. */
export function applyBinary(operator: BinaryOperator, first: Value, second: Value): Value {
  const isOrder = operator.startsWith('<') || operator.startsWith('>')
  const left = isOrder ? first : plainBeside(first, second)
  const right = isOrder ? second : plainBeside(second, first)
  if (operator === '==' || operator === '!=') {
    if (containsUnknown(left) || containsUnknown(right)) return new Unknown('bool')
    return valuesEqual(left, right) === (operator === '==')
  }
  const kinds = accepted[operator]
  checkKind(operator, 0, left, kinds, kindBeside(left, right))
  checkKind(operator, 1, right, kinds, kindBeside(right, left))
  checkSameKind(operator, left, right)
  const divides = operator === '/' || operator === '%'
  if (divides && isNumber(right) && isZero(right)) {
    throw new ArgumentError(1, new ValueError('divide by zero error', right))
  }
  if (left instanceof Unknown || right instanceof Unknown) {
    return unknownResult(operator, left, right)
  }
  switch (operator) {
    case '||':
      return left === true || right === true
    case '&&':
      return left === true && right === true
    case '<':
      return compare(left, right) < 0
    case '<=':
      return compare(left, right) <= 0
    case '>':
      return compare(left, right) > 0
    case '>=':
      return compare(left, right) >= 0
    case '+':
      return isNumber(left) ? arithmetic('+', left, right as NumberValue) : concatenate(left, right)
    default:
      // The kinds were checked.
      return arithmetic(operator, left as NumberValue, right as NumberValue)
  }
}

export function applyUnary(operator: '!' | '-', value: Value): Value {
  const kind = operator === '!' ? 'bool' : 'number'
  if (value instanceof Unknown) {
    if (value.kind !== 'any' && value.kind !== kind) throw new ArgumentError(0, misfit(value, kind))
    return new Unknown(kind)
  }
  if (operator === '!' && typeof value === 'boolean') return !value
  if (operator === '-' && isNumber(value)) return negate(value)
  throw new ArgumentError(0, misfit(value, kind))
}

/** Beside a string, what is not secret after all counts as a string. */
function plainBeside(value: Value, other: Value): Value {
  const isPlain = value instanceof OptionalSecret && !value.isSecret && typeof other === 'string'
  return isPlain ? value.reveal() : value
}

/** Beside a secret, a string counts as a capsule. */
function kindBeside(value: Value, other: Value): Kind | 'any' {
  const isSecret = other instanceof Secret || other instanceof OptionalSecret
  return typeof value === 'string' && isSecret ? 'capsule' : kindOf(value)
}

function checkKind(
  operator: BinaryOperator,
  side: 0 | 1,
  value: Value,
  kinds: readonly Kind[],
  kind: Kind | 'any',
): void {
  if (kind === 'any' || kinds.includes(kind)) return
  const list = kinds.join(' ')
  const message = `should be one of [${list}] for binop ${operator}, got ${kind}`
  throw new ArgumentError(side, new ValueError(message, value))
}

function checkSameKind(operator: BinaryOperator, left: Value, right: Value): void {
  const kind = kindOf(left)
  const other = kindOf(right)
  if (kind === 'any' || other === 'any') return
  if (kind === 'capsule' && other === 'capsule' && !(mayBeSecret(left) && mayBeSecret(right))) {
    throw new ArgumentError(0, new ValueError(`could not perform binop ${operator}`, left))
  }
  const isText = (value: Value) => kindOf(value) === 'string' || mayBeSecret(value)
  if (kind !== other && !(isText(left) && isText(right)))
    throw new ArgumentError(1, misfit(right, kind))
}

function mayBeSecret(value: Value): boolean {
  if (value instanceof Secret || value instanceof OptionalSecret) return true
  if (!(value instanceof Unknown) || value.kind !== 'capsule') return false
  const { capsuleType } = value
  return capsuleType === undefined || secretTypes.has(capsuleType)
}

const secretTypes: ReadonlySet<string> = new Set(['alloytypes.Secret', 'alloytypes.OptionalSecret'])

function unknownResult(operator: BinaryOperator, left: Value, right: Value): Unknown {
  const kinds = [kindOf(left), kindOf(right)]
  if (operator !== '+') return new Unknown(arithmeticOperators.has(operator) ? 'number' : 'bool')
  if (kinds.includes('number')) return new Unknown('number')
  return new Unknown(kinds.every((kind) => kind === 'string') ? 'string' : 'any')
}

const arithmeticOperators: ReadonlySet<BinaryOperator> = new Set(['-', '*', '/', '%', '^'])

/** NaN where numbers have no order. */
function compare(left: Value, right: Value): number {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right)
  return Buffer.compare(bytesOf(toText(left)), bytesOf(toText(right)))
}

/** Strings and secrets. One that holds a secret is secret as a whole. */
function concatenate(left: Value, right: Value): Value {
  const text = plain(left) + plain(right)
  if (left instanceof Secret || right instanceof Secret) return new Secret(text)
  const isOptional = (value: Value) => value instanceof OptionalSecret
  const isSecret = [left, right].some((part) => part instanceof OptionalSecret && part.isSecret)
  if (isSecret || (isOptional(left) && isOptional(right))) return new OptionalSecret(text, isSecret)
  return text
}

function plain(value: Value): string {
  return value instanceof Secret || value instanceof OptionalSecret ? value.reveal() : toText(value)
}
