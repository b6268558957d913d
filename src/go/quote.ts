// Go's quoted strings, strconv.Quote and strconv.Unquote, on texts that escape invalid bytes.

import { bytesOf, textOf } from './text.ts'
import { isPrint } from './unicode.ts'

const plain = /^[ !#-[\]-~]*$/
const shortEscapes = new Map([
  [7, '\\a'],
  [8, '\\b'],
  [12, '\\f'],
  [10, '\\n'],
  [13, '\\r'],
  [9, '\\t'],
  [11, '\\v'],
])

/** The text in double quotes, as `%q` prints it. */
export function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`
  return quoteWith(text, '"', false)
}

/** As `quote`, with everything beyond ASCII escaped: `%+q`. */
export function quoteAscii(text: string): string {
  return quoteWith(text, '"', true)
}

/** A rune in single quotes: `%q` of a number. A number that is no rune shows as U+FFFD. */
export function quoteRune(rune: number): string {
  return `'${escapeRune(validRune(rune), "'", false)}'`
}

/** As `quoteRune`, with everything beyond ASCII escaped. */
export function quoteRuneAscii(rune: number): string {
  return `'${escapeRune(validRune(rune), "'", true)}'`
}

/** Whether the text can stand between backquotes unchanged, on one line. */
export function canBackquote(text: string): boolean {
  for (const rune of text) {
    const code = rune.codePointAt(0)!
    if (code === 0xfeff || isSurrogate(code)) return false
    if ((code < 0x20 && code !== 9) || code === 0x60 || code === 0x7f) return false
  }
  return true
}

function validRune(rune: number): number {
  return rune > 0x10ffff || rune < 0 || isSurrogate(rune) ? 0xfffd : rune
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff
}

function quoteWith(text: string, mark: string, asciiOnly: boolean): string {
  let quoted = mark
  for (const rune of text) {
    const code = rune.codePointAt(0)!
    if (code >= 0xdc80 && code <= 0xdcff) quoted += `\\x${(code - 0xdc00).toString(16)}`
    else quoted += escapeRune(isSurrogate(code) ? 0xfffd : code, mark, asciiOnly)
  }
  return quoted + mark
}

function escapeRune(code: number, mark: string, asciiOnly: boolean): string {
  const rune = String.fromCodePoint(code)
  if (rune === mark || rune === '\\') return `\\${rune}`
  if (asciiOnly ? code < 0x80 && isPrint(code) : isPrint(code)) return rune
  const short = shortEscapes.get(code)
  if (short !== undefined) return short
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}

const escapeValues = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
])

/**
 * The value of a literal in double quotes or backquotes, quotes included.
 * Throws `invalid syntax` as Go does for anything else.
 */
export function unquote(literal: string): string {
  const mark = literal[0]
  const isWhole = literal.length >= 2 && literal.at(-1) === mark
  if (!isWhole || (mark !== '"' && mark !== '`')) throw invalidSyntax()
  const inner = literal.slice(1, -1)
  if (inner.includes(mark === '`' ? '`' : '\n')) throw invalidSyntax()
  if (mark === '`') return inner.replaceAll('\r', '')
  if (!inner.includes('\\')) {
    if (inner.includes('"')) throw invalidSyntax()
    return inner
  }
  return decodeEscapes(inner)
}

function decodeEscapes(inner: string): string {
  const part = /"|\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]?))/g
  let hasByte = false
  const text = inner.replace(part, (found, x, u, long, octal, other: string | undefined) => {
    if (found === '"') throw invalidSyntax()
    if (x !== undefined || octal !== undefined) {
      const byte = Number.parseInt(x ?? octal, x === undefined ? 8 : 16)
      if (byte > 0xff) throw invalidSyntax()
      hasByte ||= byte > 0x7f
      return String.fromCharCode(byte > 0x7f ? 0xdc00 + byte : byte)
    }
    const value = escapeValues.get(other ?? '')
    if (value !== undefined) return value
    const code = Number.parseInt(u ?? long ?? '', 16)
    if (!(code <= 0x10ffff) || isSurrogate(code)) throw invalidSyntax()
    return String.fromCodePoint(code)
  })
  // Bytes written one by one may make up valid UTF-8 together.
  return hasByte ? textOf(bytesOf(text)) : text
}

function invalidSyntax(): Error {
  return new Error('invalid syntax')
}
