// Targets of discovery: label sets that travel in exports and arguments.

import { couldBe, toText } from '../eval/coerce.ts'
import { ValueError, within } from '../eval/errors.ts'
import { Capsule, type ObjectValue, Uint64, Unknown, type Value } from '../eval/value.ts'
import { nilMap } from '../schema/composites.ts'
import { makeType, type StringMap, type Type } from '../schema/type.ts'

/** Labels by name, `__address__` among them. Never changed once it is exported. */
export type Target = ReadonlyMap<string, string>

const goName = 'discovery.Target'

/**
 * Exports hold capsules that convert into objects; arguments take these and objects, in which every
 * scalar becomes text, booleans too.
 */
export const target: Type<Target, StringMap<string>> = makeType({
  word: 'capsule',
  name: 'map(string)',
  capsule: goName,
  zero: capsuleOf(nilMap as Target),
  equality: 'none',
  normalize: (value) => {
    if (value instanceof Capsule && value.type === goName) return value
    if (value instanceof Map) {
      const labels = labelsOf(value)
      return labels === undefined
        ? new Unknown('capsule', { capsuleType: goName })
        : capsuleOf(labels)
    }
    const message = `target::ConvertFrom: conversion from '${goTypeOf(value)}' is not supported`
    throw new ValueError(message, value)
  },
  decode: (normal) => (normal as Capsule).content as Target, // capsuleOf is the only maker
  encode: capsuleOf,
})

function capsuleOf(labels: Target): Capsule {
  return new Capsule(goName, labels, { asObject: () => labels })
}

/** Undefined where only a running program knows all values. */
function labelsOf(object: ObjectValue): Target | undefined {
  const labels = new Map<string, string>()
  for (const [name, value] of object) {
    const label = within(name, () => labelValue(value))
    if (label !== undefined) labels.set(name, label)
  }
  return labels.size === object.size ? labels : undefined
}

function labelValue(value: Value): string | undefined {
  if (typeof value === 'boolean') return String(value)
  const isUnknown = value instanceof Unknown
  if (isUnknown && (couldBe(value, 'string') || couldBe(value, 'bool'))) return undefined
  return toText(value)
}

function goTypeOf(value: Value): string {
  switch (typeof value) {
    case 'bigint':
      return 'int64'
    case 'number':
      return 'float64'
    case 'boolean':
      return 'bool'
    case 'string':
      return 'string'
  }
  if (value instanceof Uint64) return 'uint64'
  return value instanceof Capsule ? value.type : '[]value.Value'
}
