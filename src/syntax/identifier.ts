// What may stand as a name.

import { isDigit, isLetter } from '../go/unicode.ts'

/** Whether the text is an identifier and no keyword. */
export function isIdentifier(text: string): boolean {
  if (text === '' || text === 'true' || text === 'false' || text === 'null') return false
  let isFirst = true
  for (const rune of text) {
    const code = rune.codePointAt(0)!
    if (!isWordRune(code) && (isFirst || !isDigit(code))) return false
    isFirst = false
  }
  return true
}

/** The text with everything that cannot stand in an identifier replaced by underscores. */
export function sanitizeIdentifier(text: string): string {
  if (text === '') throw new Error('cannot generate a new identifier for an empty string')
  let name = isDigit(text.codePointAt(0)!) ? '_' : ''
  for (const rune of text) {
    const code = rune.codePointAt(0)!
    name += isWordRune(code) || isDigit(code) ? rune : '_'
  }
  return name
}

function isWordRune(code: number): boolean {
  return code === 0x5f || isLetter(code)
}
