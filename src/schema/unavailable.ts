// Arguments that are declared, but that this program cannot act on yet.

import type { Value } from '../eval/value.ts'
import { type Body, type Held, sameHeld, untouched } from './body.ts'
import { identical } from './identical.ts'
import type { Field } from './schema.ts'
import { literalValue, type Type } from './type.ts'

/**
 * The arguments and blocks that are set to something that `run` has to refuse, as paths:
 * `endpoint.sigv4`. Each once, in the order of the schema.
 */
export function unavailableIn(body: Body): readonly string[] {
  const paths = new Set<string>()
  collect(body, '', paths)
  return [...paths]
}

function collect(body: Body, above: string, paths: Set<string>): void {
  for (const [name, field] of Object.entries(body.schema.fields)) {
    const held = body.held.get(name) ?? untouched(field)
    const path = above + name
    if (isRefused(field, held)) paths.add(path)
    else if (held.kind === 'block') {
      for (const inner of held.bodies) collect(inner, `${path}.`, paths)
    } else if (held.kind === 'choice') {
      for (const { variant, body: inner } of held.entries) {
        collect(inner, `${path}.${variant}.`, paths)
      }
    }
  }
}

function isRefused(field: Field, held: Held): boolean {
  const { unavailable } = field
  if (unavailable === undefined) return false
  if (unavailable === true) return !sameHeld(held, untouched(field))
  if (held.kind !== 'attribute' || field.kind !== 'attribute') return false
  return unavailable.some((literal) => holds(field.type, held.value, literalValue(literal)))
}

/** Whether the value, or one of its elements, is the refused one. */
function holds(type: Type<unknown>, value: Value, refused: Value): boolean {
  const { element } = type
  if (element === undefined) return identical(value, type.normalize(refused))
  const elements = Array.isArray(value) ? value : value instanceof Map ? [...value.values()] : []
  return elements.some((each) => holds(element, each, refused))
}
