// The characters of a JSONPath. Each is a byte, because positions in messages are.

import { bytesOf, textOf } from '../../go/text.ts'

export class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = Buffer.from(bytesOf(text)).toString('latin1')
  }

  /** Whether the character may be part of a name without quotes. */
  static isName(char: string): boolean {
    return /^[#%0-9:;?A-Z^_a-z{|}~\x80-\xff]$/.test(char)
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** Empty at the end. */
  peek(): string {
    return this.#text[this.#at] ?? ''
  }

  /** Empty at the end, where it does not move. */
  next(): string {
    const char = this.peek()
    if (char !== '') this.#at++
    return char
  }

  back(): void {
    this.#at--
  }

  /** The next character that is no blank, which stays. */
  peekVisible(): string {
    while (this.peek() === ' ') this.#at++
    return this.peek()
  }

  nextVisible(): string {
    this.peekVisible()
    return this.next()
  }

  startsWith(text: string): boolean {
    return this.#text.startsWith(text, this.#at)
  }

  takeName(): string {
    const start = this.#at
    while (Reader.isName(this.peek())) this.#at++
    return decode(this.#text.slice(start, this.#at))
  }

  /** After its first character, which is a digit or the sign. */
  takeInteger(first: string): number {
    const start = first === '-' ? this.#at : this.#at - 1
    while (/[0-9]/.test(this.peek())) this.#at++
    const digits = this.#text.slice(start, this.#at)
    if (digits === '') {
      this.next()
      throw this.error('expected a number')
    }
    return first === '-' ? -Number(digits) : Number(digits)
  }

  /** What the pattern, which must be sticky, matches here; empty if it does not. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  /** After the opening quote. A string that never ends gives all but its last character. */
  takeString(quote: string): string {
    let text = ''
    for (;;) {
      if (this.atEnd()) return decode(text.slice(0, -1))
      const char = this.next()
      if (char === quote) return decode(text)
      text += char === '\\' ? this.#takeEscape() : char
    }
  }

  #takeEscape(): string {
    const char = this.next()
    const simple = escapes.get(char)
    if (simple !== undefined) return simple
    const length = char === 'x' ? 2 : char === 'u' || char === 'U' ? 4 : 0
    const digits = this.#text.slice(this.#at, this.#at + length)
    if (length === 0 || digits.length < length) {
      throw new Error(`${describe(char)} is not a valid escaped character`)
    }
    const wrong = /[^0-9a-fA-F]/.exec(digits)?.[0]
    if (wrong !== undefined) {
      throw new Error(`${describe(wrong)} is not a valid hexadecimal character`)
    }
    this.#at += length
    const code = Number.parseInt(digits, 16)
    if (length === 2) return String.fromCharCode(code)
    const rune = code >= 0xd800 && code < 0xe000 ? '\ufffd' : String.fromCharCode(code)
    return Buffer.from(rune).toString('latin1')
  }

  error(message: string): Error {
    return new Error(`${message} at ${this.#at + 1} in ${decode(this.#text)}`)
  }
}

const escapes = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
])

function describe(char: string): string {
  return `0x${char.charCodeAt(0).toString(16).padStart(2, '0')} (${char})`
}

function decode(latin1: string): string {
  return textOf(Buffer.from(latin1, 'latin1'))
}
