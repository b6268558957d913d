// How the standard library's functions take their arguments: converted to the types of their
// parameters, and unknown ones checked for what is certain.

import { couldBe, toArray, toBool, toSecret, toText } from './coerce.ts'
import { blameArgument, CallError, misfit, within } from './errors.ts'
import type { Secret } from './secret.ts'
import { containsUnknown, FunctionValue, type Kind, Unknown, type Value } from './value.ts'

const unknown = Symbol('unknown')

export interface Parameter<T> {
  readonly kind: Kind | 'any'
  /** Throws a `ValueError` where the value does not fit. */
  convert(value: Value): T | typeof unknown
}

export const text: Parameter<string> = { kind: 'string', convert: toText }
export const bool: Parameter<boolean> = { kind: 'bool', convert: toBool }
export const secret: Parameter<Secret> = { kind: 'capsule', convert: toSecret }

/** Any value whose inside is known. */
export const known: Parameter<Value> = {
  kind: 'any',
  convert: (value) => (containsUnknown(value) ? unknown : value),
}

export function list<T>(element: Parameter<T>): Parameter<readonly T[]> {
  return {
    kind: 'array',
    convert: (value) => {
      const converted = toArray(value).map((item, i) => within(i, () => convert(element, item)))
      return converted.every(isKnown) ? converted : unknown
    },
  }
}

/** A function of exactly these parameters. `result` is the kind of what it returns. */
export function define<Types extends readonly unknown[]>(
  name: string,
  result: Kind | 'any',
  parameters: { readonly [I in keyof Types]: Parameter<Types[I]> },
  run: (...args: Types) => Value,
): FunctionValue {
  return new FunctionValue(name, (args) => {
    if (args.length !== parameters.length) {
      throw new CallError(`expected ${parameters.length} args, got ${args.length}`)
    }
    const converted = parameters.map((parameter, i) => convertArgument(parameter, args, i))
    if (!converted.every(isKnown)) return new Unknown(result)
    return run(...(converted as unknown[] as [...Types])) // each was converted by its parameter
  })
}

/** A function of one leading parameter and any number of others of one type. */
export function defineVariadic<First extends readonly unknown[], Rest>(
  name: string,
  result: Kind | 'any',
  first: { readonly [I in keyof First]: Parameter<First[I]> },
  rest: Parameter<Rest>,
  run: (first: First, rest: readonly Rest[]) => Value,
): FunctionValue {
  const count = first.length
  return new FunctionValue(name, (args) => {
    if (args.length < count) {
      throw new CallError(`expected at least ${count} args, got ${args.length}`)
    }
    const leading = first.map((parameter, i) => convertArgument(parameter, args, i))
    const others = args.slice(count).map((_, i) => convertArgument(rest, args, count + i))
    if (!leading.every(isKnown) || !others.every(isKnown)) return new Unknown(result)
    return run(leading as unknown[] as [...First], others) // each was converted by its parameter
  })
}

/** Throws an `ArgumentError` for that argument. */
export function convertArgument<T>(
  parameter: Parameter<T>,
  args: readonly Value[],
  index: number,
): T | typeof unknown {
  try {
    return convert(parameter, args[index]!)
  } catch (error) {
    throw blameArgument(index, error)
  }
}

function convert<T>(parameter: Parameter<T>, value: Value): T | typeof unknown {
  if (!(value instanceof Unknown)) return parameter.convert(value)
  if (parameter.kind !== 'any' && !couldBe(value, parameter.kind)) {
    throw misfit(value, parameter.kind)
  }
  return unknown
}

function isKnown<T>(value: T | typeof unknown): value is T {
  return value !== unknown
}
