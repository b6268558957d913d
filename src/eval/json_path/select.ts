// What a JSONPath finds in a value.

import { valuesEqual } from '../equal.ts'
import { arithmetic, compareNumbers, isZero } from '../numbers.ts'
import type { Value } from '../value.ts'
import { regexpMatcher } from './regexp.ts'
import type { Condition, Fragment, Path } from './tree.ts'

/** In the order of the document; the original's order within objects is random. */
export function select(path: Path, root: Value): readonly Value[] {
  return path.length === 0 ? [] : follow(path, root, root)
}

/** `current` is where a relative path starts, `root` what `$` means inside a filter. */
function follow(path: Path, current: Value, root: Value): readonly Value[] {
  let found: readonly Value[] = [current]
  for (const fragment of path) found = found.flatMap((value) => step(fragment, value, root))
  return found
}

function step(fragment: Fragment, value: Value, root: Value): readonly Value[] {
  switch (fragment.kind) {
    case 'root':
      return [root]
    case 'current':
      return [value]
    case 'wildcard':
      return childrenOf(value)
    case 'descent':
      return descend(value)
    case 'pick':
      return fragment.keys.flatMap((key) => pick(key, value))
    case 'slice':
      return Array.isArray(value) ? slice(fragment, value) : []
    case 'filter':
      return childrenOf(value).filter((child) => holds(fragment.condition, child, root))
  }
}

function childrenOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value
  return value instanceof Map ? [...value.values()] : []
}

/** Inner values first. */
function descend(value: Value): readonly Value[] {
  return [...childrenOf(value).flatMap(descend), value]
}

function pick(key: string | number, value: Value): readonly Value[] {
  if (typeof key === 'string') {
    const found = value instanceof Map ? value.get(key) : undefined
    return found === undefined ? [] : [found]
  }
  const found = Array.isArray(value) ? value.at(key) : undefined
  return found === undefined ? [] : [found]
}

function slice(
  { from, to, step: by }: { from: number; to?: number; step: number },
  array: readonly Value[],
): readonly Value[] {
  const size = array.length
  const found: Value[] = []
  const start = from < 0 ? Math.max(from + size, by > 0 ? 0 : -1) : from
  if (by === 0 || start >= size) return found
  if (by > 0) {
    const end = Math.min(to === undefined ? size : to < 0 ? to + size : to, size)
    for (let i = start; i < end; i += by) found.push(array[i]!)
    return found
  }
  const end = to === undefined ? -1 : to < 0 ? Math.max(to + size, -1) : to
  for (let i = start; i > end; i += by) found.push(array[i]!)
  return found
}

/** What a path in a condition gives where it finds nothing; equal to itself alone. */
const nothing = Symbol('nothing')
type Operand = Value | typeof nothing | { matches: (text: string) => boolean }

function holds(condition: Condition, value: Value, root: Value): boolean {
  if (condition.kind === 'path') return follow(condition.path, value, root).length > 0
  return compute(condition, value, root) === true
}

function compute(condition: Condition, value: Value, root: Value): Operand {
  switch (condition.kind) {
    case 'value':
      return condition.value
    case 'nothing':
      return nothing
    case 'regexp':
      return condition
    case 'path':
      return firstOf(follow(condition.path, value, root))
    case 'not':
      return !holds(condition.operand, value, root)
    case 'call':
      return call(condition.name, condition.args, value, root)
    case 'operation':
      return operate(condition, value, root)
  }
}

function firstOf(found: readonly Value[]): Operand {
  return found.length === 0 ? nothing : found[0]!
}

function operate(
  { operator, left, right }: Extract<Condition, { kind: 'operation' }>,
  value: Value,
  root: Value,
): Operand {
  if (operator === '&&') return holds(left, value, root) && holds(right, value, root)
  if (operator === '||') return holds(left, value, root) || holds(right, value, root)
  const a = compute(left, value, root)
  const b = compute(right, value, root)
  switch (operator) {
    case '==':
      return isSame(a, b)
    case '!=':
      return !isSame(a, b)
    case '<':
      return order(a, b) < 0
    case '<=':
      return order(a, b) <= 0
    case '>':
      return order(a, b) > 0
    case '>=':
      return order(a, b) >= 0
    case 'in':
      return Array.isArray(b) && b.some((element) => isSame(a, element))
    case 'empty':
      return isEmpty(a) === b
    case 'has':
    case 'exists':
      return (a !== nothing) === b
    case '=~':
    case '~=':
      return typeof a === 'string' && matcher(b)(a)
    default:
      return combine(operator, a, b)
  }
}

/** Strings, numbers, booleans and null; containers equal nothing. */
function isSame(a: Operand, b: Operand): boolean {
  if (isScalar(a) && isScalar(b)) return valuesEqual(a, b)
  return a === nothing && b === nothing
}

function isScalar(operand: Operand): operand is Value {
  return typeof operand !== 'symbol' && (operand === null || typeof operand !== 'object')
}

function order(a: Operand, b: Operand): number {
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b)
  if (typeof a !== 'string' || typeof b !== 'string') return Number.NaN
  return a < b ? -1 : a > b ? 1 : 0
}

function isNumeric(operand: Operand): operand is number | bigint {
  return typeof operand === 'number' || typeof operand === 'bigint'
}

function isEmpty(operand: Operand): boolean | undefined {
  if (typeof operand === 'string' || Array.isArray(operand)) return operand.length === 0
  return operand instanceof Map ? operand.size === 0 : undefined
}

function matcher(operand: Operand): (text: string) => boolean {
  if (typeof operand === 'object' && operand !== null && 'matches' in operand) {
    return operand.matches
  }
  return () => false
}

function combine(operator: string, a: Operand, b: Operand): Operand {
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b
  if (!isNumeric(a) || !isNumeric(b)) return null
  switch (operator) {
    case '+':
    case '-':
    case '*':
      return arithmetic(operator, a, b)
    case '/':
      return isZero(b) ? null : arithmetic('/', a, b)
    default:
      return null
  }
}

function call(name: string, args: readonly Condition[], value: Value, root: Value): Operand {
  const [first, second] = args
  if (first === undefined) return nothing
  if (name === 'count') {
    return first.kind === 'path' ? BigInt(follow(first.path, value, root).length) : nothing
  }
  const subject = compute(first, value, root)
  if (name === 'length') {
    if (typeof subject === 'string') return BigInt([...subject].length)
    if (Array.isArray(subject)) return BigInt(subject.length)
    return subject instanceof Map ? BigInt(subject.size) : nothing
  }
  const pattern = second && compute(second, value, root)
  if (typeof subject !== 'string' || typeof pattern !== 'string') return false
  return regexpMatcher(name === 'match' ? `^(?:${pattern})$` : pattern)(subject)
}
