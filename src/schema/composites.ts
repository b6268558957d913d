// Types made of other types: lists, maps, objects, and values that may be absent.

import { couldBe, toArray, toObject } from '../eval/coerce.ts'
import { misfit, ValueError, within } from '../eval/errors.ts'
import { Capsule, type ObjectValue, Struct, Unknown, type Value } from '../eval/value.ts'
import { type Literal, makeType, type StringMap, type Type } from './type.ts'

/** Go's nil list and map. The encoder tells them from empty ones; nothing else does. */
export const nilList: readonly Value[] = Object.freeze([])
export const nilMap: ObjectValue = new Map()

export function list<T, L extends Literal>(of: Type<T, L>): Type<readonly T[], readonly L[]> {
  return makeType({
    word: 'array',
    name: `list(${of.name})`,
    zero: nilList,
    equality: 'none',
    element: of,
    ...showing(of, (normal, show) => (normal as readonly Value[]).map(show)),
    normalize: (value) =>
      toArray(value).map((element, i) => {
        if (element === null && of.nullElement !== undefined) return of.nullElement
        return within(i, () => of.normalize(element))
      }),
    decode: (normal) => (normal as readonly Value[]).map((element) => of.decode(element)),
    encode: (value) => value.map((element) => of.encode(element)),
  })
}

/** A list of exactly so many elements. */
export function listOf<T, L extends Literal>(
  length: number,
  of: Type<T, L>,
): Type<readonly T[], readonly L[]> {
  const any = list(of)
  return {
    ...any,
    zero: Array.from({ length }, () => of.zero),
    equality: of.equality,
    normalize: (value) => {
      const normal = any.normalize(value)
      if (!Array.isArray(normal)) return normal
      if (value === null) return Array.from({ length }, () => of.zero)
      if (normal.length === length) return normal
      const got = `got ${normal.length}`
      throw new ValueError(`array must have exactly ${length} elements, ${got}`, value)
    },
  }
}

export function map<T, L extends Literal>(
  of: Type<T, L>,
): Type<ReadonlyMap<string, T>, StringMap<L>> {
  return makeType({
    word: 'object',
    name: `map(${of.name})`,
    zero: nilMap,
    equality: 'none',
    element: of,
    ...showing(of, (normal, show) => mapValues(normal as ObjectValue, show)),
    normalize: (value) =>
      mapValues(toObject(value), (element, key) => {
        return within(key, () => of.normalize(element))
      }),
    decode: (normal) => mapValues(normal as ObjectValue, (element) => of.decode(element)),
    encode: (value) => mapValues(value, (element) => of.encode(element)),
  })
}

/** How a container shows its elements, where their type hides something. */
function showing(
  { show }: Type<unknown>,
  each: (normal: Value, showElement: (element: Value) => Value) => Value,
): Pick<Type<unknown>, 'show'> {
  if (show === undefined) return {}
  return { show: (normal, where) => each(normal, (element) => show(element, where)) }
}

function mapValues<A, B>(
  from: ReadonlyMap<string, A>,
  change: (value: A, key: string) => B,
): ReadonlyMap<string, B> {
  return new Map([...from].map(([key, value]) => [key, change(value, key)]))
}

export interface ObjectFields {
  readonly [name: string]: Type<unknown>
}

export type DecodedObject<F extends ObjectFields> = {
  readonly [K in keyof F]: F[K] extends Type<infer T> ? T : never
}

/** An object with known keys, each of which may be left out; printed in the order declared. */
export function object<F extends ObjectFields>(
  fields: F,
): Type<DecodedObject<F>, StringMap<Literal>> {
  const entries = Object.entries(fields)
  const build = (value: (name: string, type: Type<unknown>) => Value) =>
    new Struct(entries.map(([name, type]) => [name, value(name, type)]))
  return makeType({
    word: 'object',
    name: 'object',
    zero: build((_, type) => type.zero),
    equality: entries.every(([, type]) => type.equality === 'value') ? 'value' : 'none',
    normalize: (value) => {
      const given = toObject(value)
      for (const [key, element] of given) {
        if (Object.hasOwn(fields, key)) continue
        throw new ValueError(`does not have field named "${key}"`, element)
      }
      return build((name, type) => {
        const element = given.get(name)
        return element === undefined ? type.zero : within(name, () => type.normalize(element))
      })
    },
    decode: (normal) => {
      const given = normal as ObjectValue
      const decoded = entries.map(([name, type]) => [name, type.decode(given.get(name) ?? null)])
      return Object.fromEntries(decoded) as DecodedObject<F> // each key by its own type
    },
    encode: (value) => build((name, type) => type.encode(value[name])),
  })
}

/** Go's pointer: null is a value of its own, undefined for the component. */
export function nullable<T, L extends Literal>(of: Type<T, L>): Type<T | undefined, L> {
  return {
    ...of,
    zero: null,
    equality: 'identity',
    normalize: (value) => (value === null ? null : of.normalize(value)),
    decode: (normal) => (normal === null ? undefined : of.decode(normal)),
    encode: (value) => (value === undefined ? null : of.encode(value)),
  }
}

export interface CapsuleOptions<C> {
  /** What the UI shows for it; `capsule("TYPE")` where absent. */
  readonly display?: (content: C) => string
  /** What is inside where nothing was exported yet, unless that is nothing at all. */
  readonly empty?: C
}

/** A value that only components make. `C` is the interface inside the capsule. */
export function capsule<C>(
  go: string,
  name: string,
  options: CapsuleOptions<C> = {},
): Type<C, never> {
  const encode = (content: C): Capsule => {
    const display = options.display?.(content)
    return new Capsule(go, content, display === undefined ? {} : { display })
  }
  const zero = options.empty === undefined ? null : encode(options.empty)
  return {
    word: 'capsule',
    capsule: go,
    name,
    zero,
    equality: 'value',
    // Go holds an interface without content here, which has a type to be shown all the same.
    ...(zero === null && { nullElement: new Capsule(go, undefined) }),
    normalize: (value) => {
      if (value === null) return zero
      if (value instanceof Unknown) {
        const { capsuleType = go } = value
        if (capsuleType !== go) throw otherCapsule(go, capsuleType, value)
        if (couldBe(value, 'capsule')) return value
        throw misfit(value, 'capsule')
      }
      if (value instanceof Capsule && value.type === go) return value
      if (!(value instanceof Capsule)) throw misfit(value, 'capsule')
      throw otherCapsule(go, value.type, value)
    },
    // Encode is the only maker. Null stands for what a component exports that failed to build:
    // whoever forwards leaves it out.
    decode: (normal) => (normal as Capsule | null)?.content as C,
    encode,
  }
}

function otherCapsule(wanted: string, given: string, value: Value): ValueError {
  return new ValueError(`expected capsule("${wanted}"), got capsule("${given}")`, value)
}
