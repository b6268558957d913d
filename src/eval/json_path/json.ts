// JSON as the ojg library reads it: `//` comments and a byte order mark are allowed, whole numbers
// are int64s, and numbers of more digits than fit stay text.

import { bytesOf, textOf } from '../../go/text.ts'
import type { Value } from '../value.ts'

const depthMax = 10_000

/** Throws an `Error` in the library's words: `incomplete JSON at 1:2`. Nothing at all is null. */
export function parseLenientJson(text: string): Value {
  return new Parser(text).parse()
}

class Parser {
  /** Each character is a byte, because columns count bytes. */
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = Buffer.from(bytesOf(text)).toString('latin1')
    if (this.#text.startsWith('\xef\xbb\xbf')) this.#at = 3
  }

  parse(): Value {
    this.#skipBlanks()
    if (this.#at >= this.#text.length) return null
    const value = this.#value()
    this.#skipBlanks()
    if (this.#at < this.#text.length) {
      throw this.#error(`extra characters after close, '${this.#char()}'`)
    }
    return value
  }

  #value(): Value {
    this.#skipBlanks()
    const char = this.#char()
    switch (char) {
      case '':
        throw this.#error('incomplete JSON')
      case '{':
        return this.#nested(() => this.#object())
      case '[':
        return this.#nested(() => this.#array())
      case '"':
        return this.#string()
      case 'n':
        return this.#word('null', null)
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
    }
    if (/[-0-9]/.test(char)) return this.#number()
    throw this.#error(
      char === ']' || char === '}'
        ? `unexpected ${char === ']' ? 'array' : 'object'} close`
        : `unexpected character '${char}'`,
    )
  }

  #nested(read: () => Value): Value {
    if (++this.#depth > depthMax) throw this.#error('too deeply nested')
    this.#at++
    const value = read()
    this.#depth--
    return value
  }

  #object(): Value {
    const object = new Map<string, Value>()
    for (;;) {
      this.#skipBlanks()
      if (this.#char() === '}') break
      if (this.#char() === '') throw this.#error('incomplete JSON')
      if (this.#char() !== '"') {
        throw this.#error(`expected a string start or object close, not '${this.#char()}'`)
      }
      const key = this.#string()
      this.#skipBlanks()
      if (this.#char() === '') throw this.#error('incomplete JSON')
      if (this.#char() !== ':') throw this.#error(`expected a colon, not '${this.#char()}'`)
      this.#at++
      object.set(key, this.#value())
      if (this.#separator('}')) break
    }
    this.#at++
    return object
  }

  #array(): Value {
    const array: Value[] = []
    this.#skipBlanks()
    if (this.#char() !== ']') {
      do array.push(this.#value())
      while (!this.#separator(']'))
    }
    this.#at++
    return array
  }

  /** Steps over a comma; whether there is the end, which stays, instead. */
  #separator(close: string): boolean {
    this.#skipBlanks()
    const char = this.#char()
    if (char === '') throw this.#error('incomplete JSON')
    if (char === close) return true
    if (char === ']' || char === '}') {
      throw this.#error(`unexpected ${char === ']' ? 'array' : 'object'} close`)
    }
    if (char !== ',') throw this.#error(`expected a comma or close, not '${char}'`)
    this.#at++
    return false
  }

  #word(word: string, value: Value): Value {
    for (const char of word) {
      if (this.#char() === '') throw this.#error('incomplete JSON')
      if (this.#char() !== char) throw this.#error(`expected ${word}`)
      this.#at++
    }
    return value
  }

  #number(): Value {
    const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
    pattern.lastIndex = this.#at
    const text = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += text.length || 1
    if (text === '' || /[-+.0-9a-zA-Z]/.test(this.#char())) {
      if (this.#at >= this.#text.length) throw this.#error('incomplete JSON')
      throw this.#error('invalid number')
    }
    if (/[.eE]/.test(text)) return Number(text)
    const number = BigInt(text)
    return BigInt.asIntN(64, number) === number ? number : text
  }

  #string(): string {
    let text = ''
    for (;;) {
      this.#at++
      const char = this.#char()
      if (char === '') throw this.#error('incomplete JSON')
      if (char === '"') break
      if (char < ' ') {
        const code = char.charCodeAt(0).toString(16).padStart(2, '0')
        throw this.#error(`invalid JSON character 0x${code}`)
      }
      text += char === '\\' ? this.#escape() : char
    }
    this.#at++
    return textOf(Buffer.from(text, 'latin1'))
  }

  #escape(): string {
    this.#at++
    const char = this.#char()
    if (char === '') throw this.#error('incomplete JSON')
    const simple = escapes.get(char)
    if (simple !== undefined) return simple
    if (char !== 'u') throw this.#error(`invalid JSON escape character '\\${char}'`)
    const high = this.#codeUnit()
    const isHigh = high >= 0xd800 && high < 0xdc00
    if (isHigh && this.#text.startsWith('\\u', this.#at + 1)) {
      this.#at += 2
      return utf8(String.fromCharCode(high, this.#codeUnit()))
    }
    return utf8(String.fromCharCode(high))
  }

  #codeUnit(): number {
    let code = 0
    for (let i = 0; i < 4; i++) {
      this.#at++
      const char = this.#char()
      if (char === '') throw this.#error('incomplete JSON')
      if (!/[0-9a-fA-F]/.test(char)) throw this.#error(`invalid JSON unicode character '${char}'`)
      code = code * 16 + Number.parseInt(char, 16)
    }
    return code
  }

  #skipBlanks(): void {
    const blanks = /(?:[ \t\r\n]|\/\/[^\n]*(?:\n|$))*/y
    blanks.lastIndex = this.#at
    this.#at += blanks.exec(this.#text)?.[0].length ?? 0
  }

  #char(): string {
    return this.#text[this.#at] ?? ''
  }

  #error(message: string): Error {
    const before = this.#text.slice(0, this.#at)
    const line = before.split('\n').length
    return new Error(`${message} at ${line}:${this.#at - before.lastIndexOf('\n')}`)
  }
}

const escapes = new Map([
  ['n', '\n'],
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['r', '\r'],
  ['t', '\t'],
])

/** Halves of surrogate pairs that are alone become U+FFFD. */
function utf8(text: string): string {
  return Buffer.from(text.toWellFormed()).toString('latin1')
}
