// Splits source bytes into tokens and ends statements at the ends of lines.
// Source: syntax/scanner of Grafana Alloy, as measured.

import { textOf } from '../go/text.ts'
import { isDigit, isLetter, isPrint } from '../go/unicode.ts'
import type { Operator, Token, TokenKind } from './token.ts'

/** Receives the byte offset of each problem. The scanner goes on in any case. */
export type ScanError = (message: string, offset: number) => void

const endOfFile = -1
const byteOrderMark = 0xfeff
const replacement = 0xfffd

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const QUOTE = 0x22
const SINGLE_QUOTE = 0x27
const STAR = 0x2a
const DOT = 0x2e
const SLASH = 0x2f
const BACKSLASH = 0x5c
const UNDERSCORE = 0x5f
const BACKQUOTE = 0x60

/** Second characters that make an operator of two; `&` and `|` need theirs. */
const doubled = new Map([
  ['!', '='],
  ['=', '='],
  ['<', '='],
  ['>', '='],
  ['&', '&'],
  ['|', '|'],
])
const single = new Set('+-*%^{}()[],.')
const closing = new Set('})]')

const simpleEscapes = new Set('abfnrtv\\"')
const hexEscapes: Record<string, number> = { x: 2, u: 4, U: 8 }

export class Scanner {
  readonly #bytes: Uint8Array
  readonly #onError: ScanError
  /** The current code point, its offset, and the offset behind it. */
  #rune = 0
  #offset = 0
  #next = 0
  /** Whether the next end of a line ends a statement. */
  #pendingTerminator = false
  readonly #terminators: boolean

  /** Without `terminators` lines never end statements, as when single tokens are examined. */
  constructor(bytes: Uint8Array, onError: ScanError, terminators = true) {
    this.#bytes = bytes
    this.#onError = onError
    this.#terminators = terminators
    this.#advance()
    if (this.#rune === byteOrderMark) this.#advance()
  }

  scan(): Token {
    this.#skipBlanks()
    const start = this.#offset
    const rune = this.#rune
    if (isLetterOrUnderscore(rune)) return this.#word(start)
    if (isAsciiDigit(rune)) return this.#number(start)
    if (rune === DOT && isAsciiDigit(this.#bytes[this.#next] ?? 0)) return this.#number(start)
    if (rune === endOfFile) return this.#end(start)
    if (rune === SLASH) return this.#slash(start)
    this.#advance()
    switch (rune) {
      case LF:
        return this.#token('TERMINATOR', start, false, '\n')
      case QUOTE:
        this.#string(start, QUOTE)
        return this.#literal('STRING', start)
      case BACKQUOTE:
        this.#rawString(start)
        return this.#literal('STRING', start)
      case SINGLE_QUOTE:
        this.#onError('illegal single-quoted string; use double quotes', start)
        this.#string(start, SINGLE_QUOTE)
        return this.#literal('ILLEGAL', start)
      default:
        return this.#operator(start, rune)
    }
  }

  /** Leaves out the rest of the source. */
  stop(): void {
    this.#offset = this.#bytes.length
    this.#next = this.#offset
    this.#rune = endOfFile
    this.#pendingTerminator = false
  }

  #advance(): void {
    const bytes = this.#bytes
    const offset = this.#next
    this.#offset = offset
    const byte = bytes[offset]
    if (byte === undefined) {
      this.#rune = endOfFile
      return
    }
    if (byte !== 0 && byte < 0x80) {
      this.#rune = byte
      this.#next = offset + 1
      return
    }
    this.#advanceRarely(offset, byte)
  }

  #advanceRarely(offset: number, byte: number): void {
    const { rune, length } = byte === 0 ? { rune: 0, length: 1 } : decodeRune(this.#bytes, offset)
    this.#rune = rune
    this.#next = offset + length
    if (byte === 0) this.#onError('illegal character NUL', offset)
    else if (rune === replacement && length === 1) this.#onError('illegal UTF-8 encoding', offset)
    else if (rune === byteOrderMark && offset > 0) this.#onError('illegal byte order mark', offset)
  }

  #skipBlanks(): void {
    for (;;) {
      const rune = this.#rune
      const isBlank =
        rune === SPACE || rune === TAB || rune === CR || (rune === LF && !this.#pendingTerminator)
      if (!isBlank) return
      this.#advance()
    }
  }

  #token(kind: TokenKind, start: number, endsStatement: boolean, text = ''): Token {
    this.#pendingTerminator = endsStatement && this.#terminators
    return { kind, text, start, end: this.#offset }
  }

  #literal(kind: TokenKind, start: number): Token {
    return this.#token(kind, start, true, this.#textFrom(start))
  }

  #textFrom(start: number): string {
    return textOf(this.#bytes.subarray(start, this.#offset))
  }

  #end(start: number): Token {
    return this.#pendingTerminator
      ? this.#token('TERMINATOR', start, false, '\n')
      : this.#token('EOF', start, false)
  }

  #word(start: number): Token {
    while (isLetterOrUnderscore(this.#rune) || isDigitRune(this.#rune)) this.#advance()
    const text = this.#textFrom(start)
    const kind = text === 'true' || text === 'false' ? 'BOOL' : text === 'null' ? 'NULL' : 'IDENT'
    return this.#token(kind, start, true, text)
  }

  #number(start: number): Token {
    let kind: TokenKind = 'NUMBER'
    this.#digits()
    if (this.#rune === DOT) {
      kind = 'FLOAT'
      this.#advance()
      this.#digits()
    }
    if (this.#is('e') || this.#is('E')) {
      kind = 'FLOAT'
      this.#advance()
      if (this.#is('+') || this.#is('-')) this.#advance()
      if (this.#digits() === 0) this.#onError('exponent has no digits', start)
    }
    return this.#literal(kind, start)
  }

  #digits(): number {
    let count = 0
    for (; isAsciiDigit(this.#rune); count++) this.#advance()
    return count
  }

  #is(character: string): boolean {
    return this.#rune === character.charCodeAt(0)
  }

  /** The opening quote has been read. A string ends before a line feed at the latest. */
  #string(start: number, quote: number): void {
    for (;;) {
      const rune = this.#rune
      if (rune === LF || rune === endOfFile) {
        this.#onError('string literal not terminated', start)
        return
      }
      this.#advance()
      if (rune === quote) return
      if (rune === BACKSLASH) this.#escape()
    }
  }

  #escape(): void {
    const start = this.#offset
    const rune = this.#rune
    const character = rune === endOfFile ? '' : String.fromCodePoint(rune)
    const digits = hexEscapes[character] ?? 0
    if (simpleEscapes.has(character)) {
      this.#advance()
    } else if (rune >= 0x30 && rune <= 0x37) {
      this.#numericEscape(start, 3, 8, 255)
    } else if (digits > 0) {
      this.#advance()
      this.#numericEscape(start, digits, 16, digits === 2 ? 255 : 0x10ffff)
    } else {
      const what = rune === endOfFile ? 'escape sequence not terminated' : 'unknown escape sequence'
      this.#onError(what, start)
    }
  }

  #numericEscape(start: number, digits: number, base: number, max: number): void {
    let value = 0
    for (let i = 0; i < digits; i++) {
      const digit = digitValue(this.#rune)
      if (digit >= base) {
        this.#onError(
          this.#rune === endOfFile
            ? 'escape sequence not terminated'
            : `illegal character ${describeRune(this.#rune)} in escape sequence`,
          start,
        )
        return
      }
      value = value * base + digit
      this.#advance()
    }
    if (value > max || (value >= 0xd800 && value < 0xe000)) {
      this.#onError('escape sequence is invalid Unicode code point', start)
    }
  }

  #rawString(start: number): void {
    while (this.#rune !== BACKQUOTE && this.#rune !== endOfFile) this.#advance()
    if (this.#rune === endOfFile) this.#onError('string literal not terminated', start)
    else this.#advance()
  }

  /** A comment that would hide the end of a line ends the statement first. */
  #slash(start: number): Token {
    const second = this.#bytes[this.#next]
    if (second !== SLASH && second !== STAR) {
      this.#advance()
      return this.#token('/', start, false)
    }
    if (this.#pendingTerminator && this.#reachesLineEnd()) {
      return this.#token('TERMINATOR', start, false, '\n')
    }
    return this.#token('COMMENT', start, false, this.#comment(start))
  }

  /** Whether nothing but comments stands between here and the end of the line. */
  #reachesLineEnd(): boolean {
    const bytes = this.#bytes
    let i = this.#offset
    while (bytes[i] === SLASH && (bytes[i + 1] === SLASH || bytes[i + 1] === STAR)) {
      if (bytes[i + 1] === SLASH) return true
      const end = endOfBlockComment(bytes, i)
      const lineEnd = bytes.indexOf(LF, i)
      if (end < 0 || (lineEnd >= 0 && lineEnd < end)) return true
      i = end
      while (bytes[i] === SPACE || bytes[i] === TAB || bytes[i] === CR) i++
      if (i >= bytes.length || bytes[i] === LF) return true
    }
    return false
  }

  #comment(start: number): string {
    this.#advance()
    const isBlock = this.#rune === STAR
    this.#advance()
    if (!isBlock) {
      while (this.#rune !== LF && this.#rune !== endOfFile) this.#advance()
      return this.#textFrom(start).replaceAll('\r', '')
    }
    for (;;) {
      const rune = this.#rune
      if (rune === endOfFile) {
        this.#onError('block comment not terminated', start)
        break
      }
      this.#advance()
      if (rune === STAR && this.#rune === SLASH) {
        this.#advance()
        break
      }
    }
    return dropCarriageReturns(this.#textFrom(start))
  }

  #operator(start: number, rune: number): Token {
    const first = String.fromCodePoint(rune)
    if (single.has(first)) {
      return this.#token(first as Operator, start, closing.has(first))
    }
    const second = doubled.get(first)
    if (second === undefined) return this.#illegal(start, rune)
    if (this.#is(second)) {
      this.#advance()
      return this.#token((first + second) as Operator, start, false)
    }
    if (second === '=') return this.#token(first as Operator, start, false)
    const operator = (first + second) as Operator
    this.#onError(`missing second ${first} in ${operator}`, this.#offset)
    return this.#token(operator, start, false)
  }

  #illegal(start: number, rune: number): Token {
    if (rune !== byteOrderMark) {
      this.#onError(`illegal character ${describeRune(rune)}`, start)
    }
    return this.#token('ILLEGAL', start, this.#pendingTerminator, String.fromCodePoint(rune))
  }
}

function isLetterOrUnderscore(rune: number): boolean {
  return rune === UNDERSCORE || (rune > 0x40 && isLetter(rune))
}

function isDigitRune(rune: number): boolean {
  return isAsciiDigit(rune) || (rune >= 0x80 && isDigit(rune))
}

function isAsciiDigit(rune: number): boolean {
  return rune >= 0x30 && rune <= 0x39
}

function digitValue(rune: number): number {
  if (isAsciiDigit(rune)) return rune - 0x30
  const lower = rune | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : 16
}

/** `U+003B ';'`: the character itself only where it is printable. */
function describeRune(rune: number): string {
  const code = `U+${rune.toString(16).toUpperCase().padStart(4, '0')}`
  return isPrint(rune) ? `${code} '${String.fromCodePoint(rune)}'` : code
}

/** The offset behind the comment that starts at `start`, -1 where it has no end. */
function endOfBlockComment(bytes: Uint8Array, start: number): number {
  for (let i = bytes.indexOf(STAR, start + 2); i >= 0; i = bytes.indexOf(STAR, i + 1)) {
    if (bytes[i + 1] === SLASH) return i + 2
  }
  return -1
}

/** All but those between a star and a slash, which would end the comment early. */
function dropCarriageReturns(comment: string): string {
  if (!comment.includes('\r')) return comment
  let text = comment.slice(0, 2)
  for (let i = 2; i < comment.length; i++) {
    const character = comment[i]!
    const joins = text.length > 2 && text.at(-1) === '*' && comment[i + 1] === '/'
    if (character !== '\r' || joins) text += character
  }
  return text
}

/** As Go decodes: anything invalid is one byte long and U+FFFD. */
function decodeRune(bytes: Uint8Array, offset: number): { rune: number; length: number } {
  const first = bytes[offset]!
  const length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1
  const rune = textOf(bytes.subarray(offset, offset + length)).codePointAt(0)!
  const isInvalid = rune >= 0xdc80 && rune <= 0xdcff
  return isInvalid ? { rune: replacement, length: 1 } : { rune, length }
}
