// JSON as Go's encoding/json decodes it into any: every number is a float64, the last of equal keys
// wins, and what is no UTF-8 becomes U+FFFD.

import { parseFloat64 } from '../../go/float.ts'
import { quote } from '../../go/quote.ts'
import { bytesOf } from '../../go/text.ts'
import type { Value } from '../value.ts'

const depthMax = 10_000
const plainCharacters = /[ !#-[\]-\xff]*/y

/** Throws an `Error` in Go's words: `invalid character '}' looking for beginning of value`. */
export function fromJson(text: string): Value {
  return new Parser(text).parse()
}

class Parser {
  /** Each character is a byte: messages name single bytes. */
  readonly #text: string
  #at = 0
  #depth = 0
  /** Told only once the syntax of the whole text is known to be right. */
  #outOfRange: string | undefined

  constructor(text: string) {
    this.#text = Buffer.from(bytesOf(text)).toString('latin1')
  }

  parse(): Value {
    const value = this.#value()
    this.#skipBlanks()
    if (this.#at < this.#text.length) throw this.#unexpected('after top-level value')
    if (this.#outOfRange !== undefined) {
      throw new Error(
        `json: cannot unmarshal number ${this.#outOfRange} into Go value of type float64`,
      )
    }
    return value
  }

  #value(): Value {
    this.#skipBlanks()
    switch (this.#char()) {
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
    if (/[-0-9]/.test(this.#char())) return this.#number()
    throw this.#unexpected('looking for beginning of value')
  }

  #nested(read: () => Value): Value {
    if (++this.#depth > depthMax) throw new Error('exceeded max depth')
    this.#at++
    const value = read()
    this.#at++
    this.#depth--
    return value
  }

  #object(): Value {
    const object = new Map<string, Value>()
    this.#skipBlanks()
    if (this.#char() === '}') return object
    for (;;) {
      this.#skipBlanks()
      if (this.#char() !== '"') throw this.#unexpected('looking for beginning of object key string')
      const key = this.#string()
      this.#skipBlanks()
      if (this.#char() !== ':') throw this.#unexpected('after object key')
      this.#at++
      object.set(key, this.#value())
      this.#skipBlanks()
      if (this.#char() === '}') return object
      if (this.#char() !== ',') throw this.#unexpected('after object key:value pair')
      this.#at++
    }
  }

  #array(): Value {
    const array: Value[] = []
    this.#skipBlanks()
    if (this.#char() === ']') return array
    for (;;) {
      array.push(this.#value())
      this.#skipBlanks()
      if (this.#char() === ']') return array
      if (this.#char() !== ',') throw this.#unexpected('after array element')
      this.#at++
    }
  }

  #word(word: string, value: Value): Value {
    for (const char of word) {
      if (this.#char() !== char) {
        throw this.#unexpected(`in literal ${word} (expecting '${char}')`)
      }
      this.#at++
    }
    return value
  }

  #number(): number {
    const start = this.#at
    this.#take(/-?/y)
    if (this.#take(/0|[1-9]\d*/y) === '') throw this.#unexpected('in numeric literal')
    if (this.#take(/\./y) !== '' && this.#take(/\d+/y) === '') {
      throw this.#unexpected('after decimal point in numeric literal')
    }
    if (this.#take(/[eE][-+]?/y) !== '' && this.#take(/\d+/y) === '') {
      throw this.#unexpected('in exponent of numeric literal')
    }
    const digits = this.#text.slice(start, this.#at)
    if (Number.isFinite(Number(digits))) return parseFloat64(digits)
    this.#outOfRange ??= digits
    return 0
  }

  #string(): string {
    let raw = ''
    for (;;) {
      this.#at++
      raw += this.#take(plainCharacters)
      const char = this.#char()
      if (char === '"') break
      if (char !== '\\') throw this.#unexpected('in string literal')
      raw += this.#escape()
    }
    this.#at++
    return Buffer.from(raw, 'latin1').toString('utf8')
  }

  #escape(): string {
    this.#at++
    const char = this.#char()
    if (char !== 'u') {
      const plain = escapes.get(char)
      if (plain === undefined) throw this.#unexpected('in string escape code')
      return plain
    }
    const high = this.#codeUnit()
    const rest = /\\u([dD][c-fC-F][\da-fA-F]{2})/y
    rest.lastIndex = this.#at + 1
    const low = high >= 0xd800 && high < 0xdc00 ? rest.exec(this.#text)?.[1] : undefined
    if (low === undefined) return utf8(String.fromCharCode(high))
    this.#at += 6
    return utf8(String.fromCharCode(high, Number.parseInt(low, 16)))
  }

  #codeUnit(): number {
    let digits = ''
    for (let i = 0; i < 4; i++) {
      this.#at++
      const char = this.#char()
      if (!/^[\da-fA-F]$/.test(char)) {
        throw this.#unexpected('in \\u hexadecimal character escape')
      }
      digits += char
    }
    return Number.parseInt(digits, 16)
  }

  #skipBlanks(): void {
    this.#take(/[ \t\r\n]*/y)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  /** Empty at the end. */
  #char(): string {
    return this.#text[this.#at] ?? ''
  }

  #unexpected(place: string): Error {
    const char = this.#char()
    if (char === '') return new Error('unexpected end of JSON input')
    return new Error(`invalid character ${quoteByte(char)} ${place}`)
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

function quoteByte(char: string): string {
  if (char === "'") return "'\\''"
  if (char === '"') return `'"'`
  return `'${quote(char).slice(1, -1)}'`
}

/** Halves of surrogate pairs that are alone become U+FFFD. */
function utf8(text: string): string {
  return Buffer.from(text.toWellFormed()).toString('latin1')
}
