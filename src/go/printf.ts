// Go's fmt.Sprintf over the values that configuration can hold. Wrong use is never an error: it
// prints `%!d(string=x)`, `%!s(MISSING)` or `%!(EXTRA int=2)` in its place, as Go does.

import { type Flags, noFlags, type Printable, printArgument, withType } from './print_value.ts'

/** The text that `fmt.Sprintf(format, ...values)` returns. */
export function sprintf(format: string, ...values: Printable[]): string {
  return new Formatter(format, values).format()
}

/** Numbers in a format beyond this size, either way, do not count. */
const sizeMax = 1_000_000

class Formatter {
  readonly #runes: string[]
  readonly #values: readonly Printable[]
  #at = 0
  #argument = 0
  #isReordered = false
  #isGoodIndex = true
  #text = ''

  constructor(format: string, values: readonly Printable[]) {
    this.#runes = [...format]
    this.#values = values
  }

  format(): string {
    while (this.#at < this.#runes.length) {
      const rune = this.#runes[this.#at++]!
      if (rune === '%') this.#directive()
      else this.#text += rune
    }
    if (!this.#isReordered && this.#argument < this.#values.length) {
      const extra = this.#values.slice(this.#argument).map(withType)
      this.#text += `%!(EXTRA ${extra.join(', ')})`
    }
    return this.#text
  }

  #directive(): void {
    const flags = noFlags()
    this.#isGoodIndex = true
    this.#readFlags(flags)
    let hasIndex = this.#readIndex()
    hasIndex = this.#readWidth(flags, hasIndex)
    hasIndex = this.#readPrecision(flags, hasIndex)
    if (!hasIndex) this.#readIndex()
    const rune = this.#runes[this.#at++]
    if (rune === undefined) {
      this.#text += '%!(NOVERB)'
      return
    }
    const verb = rune.isWellFormed() ? rune : '\ufffd'
    if (verb === '%') this.#text += '%'
    else if (!this.#isGoodIndex) this.#text += `%!${verb}(BADINDEX)`
    else if (this.#argument >= this.#values.length) this.#text += `%!${verb}(MISSING)`
    else {
      if (verb === 'v') {
        flags.sharpV = flags.sharp
        flags.sharp = false
        // The plus of `%+v` is about field names, not about signs.
        flags.plus = false
      }
      this.#text += printArgument(this.#values[this.#argument++]!, verb, flags)
    }
  }

  #readFlags(flags: Flags): void {
    for (; ; this.#at++) {
      const rune = this.#runes[this.#at]
      if (rune === '#') flags.sharp = true
      else if (rune === '0') flags.zero = true
      else if (rune === '+') flags.plus = true
      else if (rune === '-') flags.minus = true
      else if (rune === ' ') flags.space = true
      else return
    }
  }

  #readWidth(flags: Flags, hasIndex: boolean): boolean {
    if (this.#runes[this.#at] !== '*') {
      flags.width = this.#readNumber()
      if (hasIndex && flags.width !== undefined) this.#isGoodIndex = false
      return hasIndex
    }
    this.#at++
    flags.width = this.#readIntArgument()
    if (flags.width === undefined) this.#text += '%!(BADWIDTH)'
    else if (flags.width < 0) {
      flags.width = -flags.width
      flags.minus = true
      flags.zero = false
    }
    return false
  }

  #readPrecision(flags: Flags, hasIndex: boolean): boolean {
    if (this.#runes[this.#at] !== '.') return hasIndex
    this.#at++
    if (hasIndex) this.#isGoodIndex = false
    const hasOwnIndex = this.#readIndex()
    if (this.#runes[this.#at] !== '*') {
      flags.precision = this.#readNumber() ?? 0
      return hasOwnIndex
    }
    this.#at++
    const precision = this.#readIntArgument()
    if (precision !== undefined && precision >= 0) flags.precision = precision
    else this.#text += '%!(BADPREC)'
    return false
  }

  /** Decimal digits; one that is too large swallows the rest of the format, as in Go. */
  #readNumber(): number | undefined {
    const start = this.#at
    let value = 0
    for (; /^[0-9]$/.test(this.#runes[this.#at] ?? ''); this.#at++) {
      if (value > sizeMax) {
        this.#at = this.#runes.length
        return undefined
      }
      value = value * 10 + Number(this.#runes[this.#at])
    }
    return this.#at === start ? undefined : value
  }

  #readIntArgument(): number | undefined {
    if (this.#argument >= this.#values.length) return undefined
    const value = this.#values[this.#argument++]!
    const whole = integerOf(value)
    if (whole === undefined || whole > sizeMax || whole < -sizeMax) return undefined
    return Number(whole)
  }

  /** `[n]`: the next argument is number n. Returns whether one was read. */
  #readIndex(): boolean {
    if (this.#runes[this.#at] !== '[') return false
    this.#isReordered = true
    const close = this.#runes.indexOf(']', this.#at + 1)
    if (close < 0) {
      this.#at++
      this.#isGoodIndex = false
      return false
    }
    const inner = this.#runes.slice(this.#at + 1, close).join('')
    this.#at = close + 1
    const isNumber = /^[0-9]+$/.test(inner) && Number(inner) <= sizeMax
    const index = Number(inner) - 1
    if (isNumber && index >= 0 && index < this.#values.length) {
      this.#argument = index
      return true
    }
    this.#isGoodIndex = false
    return isNumber
  }
}

function integerOf(value: Printable): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value !== 'object' || value === null || !('value' in value)) return undefined
  return value.value
}
