// What a user should know of a field before using it, for pages and terminals.

import type { Field } from './schema.ts'

export interface RemarkStyle {
  /** How a stability is set off from the text. */
  aside(text: string): string
  /** How a literal is. */
  code(text: string): string
}

/** Sentences to put behind a field's description, each with a blank before it. */
export function remarks({ stability, deprecated, unavailable }: Field, style: RemarkStyle): string {
  const refused =
    unavailable === true
      ? 'Only the default runs for now.'
      : unavailable &&
        `Does not run for now: ${unavailable.map((each) => style.code(String(each))).join(', ')}.`
  const parts = [
    stability && style.aside(`(${stability})`),
    deprecated && `Deprecated: ${deprecated}`,
    refused,
  ].filter((part) => part !== undefined)
  return parts.map((part) => ` ${part}`).join('')
}
