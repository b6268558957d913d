// Arguments of which some are only known to a running component, for the checks of a block.

import { type Body, decodeField, type Held, isKnown, isKnownValue, untouched } from './body.ts'
import type { Decoded, Fields, Schema } from './schema.ts'

/** What reading an argument throws that is not known. */
export class UnknownArgument extends Error {}

/**
 * The arguments as far as they are known: reading another one throws an `UnknownArgument`, so that
 * nothing is said that rests on it.
 */
export function knownArgumentsOf<F extends Fields>(schema: Schema<F>, body: Body): Decoded<F> {
  return partsOf(schema, body) as Decoded<F> // each field is decoded by its own declaration
}

/** Most checks read a few of many fields, so that these are decoded when they are read. */
function partsOf(schema: Schema, body: Body, variant?: string): object {
  const { fields } = schema
  const own = variant === undefined ? {} : { variant }
  const get = (name: string | symbol): unknown => {
    if (typeof name === 'symbol') return undefined
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field === undefined) return Reflect.get(own, name)
    const held = body.held.get(name) ?? untouched(field)
    if (!isReadable(held)) throw new UnknownArgument(name)
    return decodeField(field, held, partsOf)
  }
  return new Proxy(own, {
    get: (_, name) => get(name),
    has: (_, name) => Object.hasOwn(fields, name) || Reflect.has(own, name),
    ownKeys: () => [...Object.keys(own), ...Object.keys(fields)],
    getOwnPropertyDescriptor: (_, name) => {
      return { configurable: true, enumerable: true, value: get(name) }
    },
  })
}

/** Blocks may be read that hold unknown values, unless these would have changed others. */
function isReadable(held: Held): boolean {
  switch (held.kind) {
    case 'label':
      return true
    case 'attribute':
      return isKnownValue(held.value)
    case 'block':
      return held.bodies.every(isSettled)
    case 'choice':
      return held.entries.every(({ body }) => isSettled(body))
  }
}

function isSettled(body: Body): boolean {
  return body.schema.amend === undefined || isKnown(body)
}
