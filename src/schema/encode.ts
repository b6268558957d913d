// Decoded blocks as users are shown them: as Alloy text, and as statements for the API. Fields
// stand in the order of the schema, what equals its default is left out, secrets are hidden.

import type { Value } from '../eval/value.ts'
import { quote } from '../go/quote.ts'
import { bytesOf } from '../go/text.ts'
import { Diagnostics } from '../syntax/diagnostics.ts'
import { formatFile } from '../syntax/format.ts'
import { parseFile } from '../syntax/parser.ts'
import { createSource } from '../syntax/source.ts'
import { type Body, type Held, isZeroHeld, sameHeld, untouched } from './body.ts'
import { isRequired } from './decode.ts'
import type { Field } from './schema.ts'
import { entriesInOrder, showValue } from './show.ts'
import type { Installation } from './type.ts'

/** Formatted, without a newline at its end. Not always valid input again: `(secret)`. */
export function bodyText(body: Body): string {
  const text = unformatted(statementsOf(body, { isDefault: isTextDefault }))
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
  return statementsOf(body, { isDefault: isJsonDefault, installation })
}

interface Showing {
  readonly isDefault: IsDefault
  readonly installation?: Installation | undefined
}

/** Whether a field that may be left out holds what it would hold then. */
type IsDefault = (field: Field, held: Held) => boolean

function statementsOf(body: Body, showing: Showing): ShownStatement[] {
  const fields = Object.entries(body.schema.fields).flatMap(([name, field]): ShownStatement[] => {
    const held = body.held.get(name)
    if (held === undefined || (!isRequired(field) && showing.isDefault(field, held))) return []
    switch (held.kind) {
      case 'label':
        return []
      case 'attribute': {
        const show = field.kind === 'attribute' ? field.type.show : undefined
        const value = show?.(held.value, showing.installation) ?? held.value
        return [{ kind: 'attribute', name, value }]
      }
      case 'block':
        return held.bodies.map((inner) => blockOf(name, inner, showing))
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
  return { kind: 'block', name, label: label?.label ?? '', body: statementsOf(body, showing) }
}

const isTextDefault: IsDefault = (field, held) => sameHeld(held, untouched(field))

/** The original compares lists, maps and pointers by identity here, so only none equals none. */
const isJsonDefault: IsDefault = (field, held) => isSameInJson(field, held, untouched(field))

function isSameInJson(field: Field, held: Held, initial: Held): boolean {
  if (isZeroHeld(field, held) && isZeroHeld(field, initial)) return true
  if (field.kind === 'attribute') return field.type.comparable && sameHeld(held, initial)
  if (field.kind !== 'block' || field.occurs !== 'defaulted') return sameHeld(held, initial)
  if (held.kind !== 'block' || initial.kind !== 'block') return false
  const [body, other] = [held.bodies[0], initial.bodies[0]]
  return Object.entries(field.schema.fields).every(([name, inner]) => {
    const mine = body?.held.get(name) ?? untouched(inner)
    return isSameInJson(inner, mine, other?.held.get(name) ?? untouched(inner))
  })
}
