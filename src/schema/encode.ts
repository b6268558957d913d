// Decoded blocks as users are shown them: as Alloy text, and as statements for the API. Fields
// stand in the order of the schema, what equals its default is left out, secrets are hidden.

import type { Value } from '../eval/value.ts'
import { quote } from '../go/quote.ts'
import { bytesOf } from '../go/text.ts'
import { Diagnostics } from '../syntax/diagnostics.ts'
import { formatFile } from '../syntax/format.ts'
import { parseFile } from '../syntax/parser.ts'
import { createSource } from '../syntax/source.ts'
import {
  type Body,
  type Held,
  isZeroBody,
  isZeroHeld,
  sameHeld,
  untouched,
  zeroOf,
} from './body.ts'
import { isRequired } from './decode.ts'
import type { Field } from './schema.ts'
import { entriesInOrder, showValue } from './show.ts'
import type { Installation } from './type.ts'

/** Formatted, without a newline at its end. Not always valid input again: `(secret)`. */
export function bodyText(body: Body): string {
  return formatted(unformatted(statementsOf(body, { form: 'text' })))
}

/** A value as it stands behind an equals sign; the keys of objects are aligned. */
export function valueText(value: Value): string {
  const text = showValue(value)
  return text.includes('\n') ? formatted(`_ = ${text}`).slice('_ = '.length) : text
}

function formatted(text: string): string {
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource('', bytesOf(text)), diagnostics)
  return diagnostics.errors > 0 ? text : formatFile(file)
}

function unformatted(statements: readonly ShownStatement[]): string {
  const lines: string[] = []
  for (const statement of statements) {
    if (statement.kind === 'attribute') {
      lines.push(`${statement.name} = ${showValue(statement.value)}\n`)
    } else {
      const label = statement.label === '' ? '' : ` ${quote(statement.label)}`
      // A blank line before each block keeps the attributes around it apart, as the original does.
      const isFirst = lines.length === 0
      lines.push(
        `${isFirst ? '' : '\n'}${statement.name}${label} {\n${unformatted(statement.body)}}\n`,
      )
    }
  }
  return lines.join('')
}

/** A statement as users see it. */
export type ShownStatement =
  | { readonly kind: 'attribute'; readonly name: string; readonly value: Value }
  | {
      readonly kind: 'block'
      readonly name: string
      readonly label: string
      readonly body: readonly ShownStatement[]
    }

/** What the API shows of a body: all but what equals its default. */
export function statementsShown(body: Body, installation?: Installation): ShownStatement[] {
  return statementsOf(body, { form: 'json', installation })
}

interface Showing {
  readonly form: 'text' | 'json'
  readonly installation?: Installation | undefined
}

/** Whether a field that may be left out holds what it would hold then. */
type IsDefault = (field: Field, held: Held, initial: Held) => boolean

function statementsOf(body: Body, showing: Showing): ShownStatement[] {
  const fields = Object.entries(body.schema.fields).flatMap(([name, field]): ShownStatement[] => {
    const held = body.held.get(name)
    if (held === undefined) return []
    const initial = body.schema.defaultsFrom === 'parent' ? zeroOf(field) : untouched(field)
    if (!isRequired(field) && isDefault[showing.form](field, held, initial)) return []
    switch (held.kind) {
      case 'label':
        return []
      case 'attribute': {
        const show = field.kind === 'attribute' ? field.type.show : undefined
        const value = show?.(held.value, showing.installation) ?? held.value
        return [{ kind: 'attribute', name, value }]
      }
      case 'block': {
        const isList = field.kind === 'block' && field.occurs === 'repeated' && !field.required
        // The text of the original lacks zero entries of lists, which its JSON has.
        const isThinned = isList && showing.form === 'text'
        const bodies = isThinned ? held.bodies.filter((inner) => !isZeroBody(inner)) : held.bodies
        return bodies.map((inner) => blockOf(name, inner, showing))
      }
      case 'choice':
        return held.entries.map(({ variant, body }) => {
          return blockOf(`${name}.${variant}`, body, showing)
        })
    }
  })
  const rest = entriesInOrder(body.rest).map(([name, value]): ShownStatement => {
    return { kind: 'attribute', name, value }
  })
  return [...fields, ...rest]
}

function blockOf(name: string, body: Body, showing: Showing): ShownStatement {
  const label = [...body.held.values()].find((held) => held.kind === 'label')
  // The JSON of the original lacks what a zero block requires.
  const isBare = showing.form === 'json' && isZeroBody(body)
  const shown = isBare ? [] : statementsOf(body, showing)
  return { kind: 'block', name, label: label?.label ?? '', body: shown }
}

const isTextDefault: IsDefault = (_, held, initial) => sameHeld(held, initial)

/** The original shows what is not zero unless it can tell that it is the default. */
const isJsonDefault: IsDefault = (field, held, initial) => {
  return (isZeroHeld(field, held) && isZeroHeld(field, initial)) || isEqual(field, held, initial)
}

const isDefault: Readonly<Record<Showing['form'], IsDefault>> = {
  text: isTextDefault,
  json: isJsonDefault,
}

/** Go's `==`, false where Go has none. */
function isEqual(field: Field, held: Held, initial: Held): boolean {
  if (field.kind === 'choice') return false
  if (field.kind === 'label') return sameHeld(held, initial)
  if (field.kind === 'attribute') {
    if (field.type.equality !== 'identity') {
      return field.type.equality === 'value' && sameHeld(held, initial)
    }
    return isZeroHeld(field, held) && isZeroHeld(field, initial)
  }
  if (held.kind !== 'block' || initial.kind !== 'block' || field.occurs === 'repeated') return false
  if (field.pointer) return false
  if (field.occurs !== 'defaulted') {
    return held.bodies.length === 0 && initial.bodies.length === 0
  }
  const [body, other] = [held.bodies[0], initial.bodies[0]]
  return Object.entries(field.schema.fields).every(([name, inner]) => {
    const mine = body?.held.get(name) ?? untouched(inner)
    return isEqual(inner, mine, other?.held.get(name) ?? untouched(inner))
  })
}
