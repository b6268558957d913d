// What to do about a problem: the nearest name, the right spelling, the field's line of the docs.

import { closest } from './closest.ts'
import type { Field, Fields } from './schema.ts'
import { showValue } from './show.ts'

/** The nearest name that the fields have. */
export function suggestName(name: string, fields: Fields): string | undefined {
  const word = closest(name, namesOf(fields))
  return word === undefined ? undefined : `Did you mean ${word}?`
}

/** Every name that may be written, those of a choice with their variants. */
export function namesOf(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind === 'label') return []
    if (field.kind !== 'choice') return [name]
    return Object.keys(field.variants).map((variant) => `${name}.${variant}`)
  })
}

/** A line of the reference docs, shown where the user needs it. */
export function describeField(name: string, field: Field): string {
  if (field.kind !== 'attribute') return `${name}: ${field.doc}`
  const hasDefault = !field.required && !field.optionalValue
  const value = hasDefault ? `, default ${showValue(field.default)}` : ''
  return `${name} (${field.type.name}${value}): ${field.doc}`
}
