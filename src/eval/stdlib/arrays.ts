// `array.*` and `coalesce`.

import { isNumber, toAny, toArray, toBool, toObject, toText } from '../coerce.ts'
import { valuesEqual } from '../equal.ts'
import { ArgumentError, blameArgument, CallError, misfit, within } from '../errors.ts'
import { OptionalSecret, Secret } from '../secret.ts'
import {
  Bytes,
  Capsule,
  containsUnknown,
  FunctionValue,
  kindOf,
  type ObjectValue,
  Uint64,
  Unknown,
  type Value,
} from '../value.ts'

export const arrays: readonly FunctionValue[] = [
  new FunctionValue('array.concat', concat, { concatenates: true }),
  new FunctionValue('array.combine_maps', combineMaps),
  new FunctionValue('array.group_by', groupBy),
]

export const coalesce = new FunctionValue('coalesce', (args) => {
  for (const arg of args) {
    if (arg instanceof Unknown) return new Unknown('any')
    if (!isEmpty(arg)) return arg
  }
  return args.at(-1) ?? null
})

/** Null, zero of its type, or a container without elements. */
function isEmpty(value: Value): boolean {
  if (value === null || value === '' || value === false) return true
  if (value instanceof Uint64) return value.value === 0n
  if (isNumber(value)) return value === 0n || Object.is(value, 0)
  if (value instanceof Bytes) return value.bytes.length === 0
  if (Array.isArray(value)) return value.length === 0
  if (value instanceof Map) return value.size === 0
  if (value instanceof Secret) return value.reveal() === ''
  if (value instanceof OptionalSecret) return !value.isSecret && value.reveal() === ''
  return value instanceof Capsule && value.asObject?.().size === 0
}

function concat(args: readonly Value[]): Value {
  let isUnknown = false
  args.forEach((arg, i) => {
    const kind = kindOf(arg)
    if (kind !== 'array' && kind !== 'any') throw new ArgumentError(i, misfit(arg, 'array'))
    isUnknown ||= arg instanceof Unknown
  })
  if (isUnknown) return new Unknown('array')
  return args.length === 1 ? args[0]! : args.flatMap((arg) => toArray(arg))
}

function combineMaps(args: readonly Value[]): Value {
  if (args.length !== 3 && args.length !== 4) {
    throw new CallError(`combine_maps: expected 3 or 4 arguments, got ${args.length}`)
  }
  const left = objects(args, 0)
  const right = objects(args, 1)
  const keys = argument(args, 2, (value) =>
    elementsOf(value).map((key, i) => within(i, () => (isUnknown(key) ? undefined : toText(key)))),
  )
  const passthrough = argument(args, 3, (value) => (isUnknown(value) ? undefined : toBool(value)))
  if (keys?.length === 0 && !isUnknown(args[2]!)) {
    throw new CallError('combine_maps: merge conditions must not be empty')
  }
  if (args.some(containsUnknown)) return new Unknown('array')
  const combined: ObjectValue[] = []
  for (const item of left) {
    for (const other of right) {
      if (matches(item, other, keys as string[])) combined.push(new Map([...item, ...other]))
      else if (passthrough === true) combined.push(item)
    }
  }
  return combined
}

/** Both have every key, with equal values of one type: `1` is neither `1.0` nor `"1"`. */
function matches(left: ObjectValue, right: ObjectValue, keys: readonly string[]): boolean {
  return keys.every((key) => {
    const a = left.get(key)
    const b = right.get(key)
    if (a === undefined || b === undefined) return false
    // The original's process ends in a panic here.
    for (const value of [a, b]) {
      if (Array.isArray(value) || value instanceof Map || value instanceof Bytes) {
        throw new CallError(`combine_maps: values of key "${key}" cannot be compared`)
      }
    }
    const isSameType = typeof toAny(a) === typeof toAny(b) && kindOf(a) === kindOf(b)
    return isSameType && valuesEqual(a, b)
  })
}

function groupBy(args: readonly Value[]): Value {
  if (args.length !== 3) {
    throw new CallError(`group_by: expected 3 arguments, got ${args.length}`)
  }
  const items = objects(args, 0)
  const key = argument(args, 1, (value) => strictly('string', value))
  const dropsMissing = argument(args, 2, (value) => strictly('bool', value))
  if (args.some(containsUnknown)) return new Unknown('array')
  const groups = new Map<string, ObjectValue[]>()
  items.forEach((item, i) => {
    const value = item.get(String(key))
    if (value === undefined && dropsMissing === true) return
    if (value !== undefined && typeof value !== 'string') {
      throw new ArgumentError(0, misfit(value, 'string').inside(String(key)).inside(i))
    }
    const group = groups.get(value ?? '')
    if (group === undefined) groups.set(value ?? '', [item])
    else group.push(item)
  })
  return Array.from(groups, ([value, members]) => {
    return new Map<string, Value>([
      [String(key), value],
      ['items', members],
    ])
  })
}

/** The argument as an array of objects; unknown elements count as empty ones. */
function objects(args: readonly Value[], index: number): readonly ObjectValue[] {
  return argument(args, index, (value) => {
    const known = elementsOf(value).map((element, i) =>
      within(i, () => (isUnknown(element) ? new Map() : toObject(strictObject(element)))),
    )
    return known
  })
}

function strictObject(value: Value): Value {
  const isObject = value instanceof Map || (value instanceof Capsule && value.asObject)
  if (!isObject) throw misfit(value, 'object')
  return value
}

function elementsOf(value: Value): readonly Value[] {
  const kind = kindOf(value)
  if (value instanceof Unknown && (kind === 'any' || kind === 'array')) return []
  if (kind !== 'array') throw misfit(value, 'array')
  return toArray(value)
}

function strictly(kind: 'string' | 'bool', value: Value): Value {
  const actual = kindOf(value)
  if (actual !== kind && actual !== 'any') throw misfit(value, kind)
  return value
}

function isUnknown(value: Value): boolean {
  return value instanceof Unknown
}

function argument<T>(args: readonly Value[], index: number, convert: (value: Value) => T): T {
  try {
    return convert(args[index] ?? null)
  } catch (error) {
    throw blameArgument(index, error)
  }
}
