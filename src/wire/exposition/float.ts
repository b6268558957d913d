// Numbers of the exposition formats: decimal text to doubles straight from bytes, and doubles to the
// text that `le` and `quantile` have in every series.
// Source: strconv.ParseFloat; prometheus/model/textparse (unsupported characters, OpenMetrics form).

import { quote } from '../../go/quote.ts'

/** Powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
const exactMantissaMax = 2 ** 53

/**
 * Reads the plain numbers, `-12.5e+03`, without making a string.
 *
 * Exact by Clinger's argument: a mantissa up to 2^53 and a power of ten up to 10^22 are both
 * doubles, so one multiplication or division rounds once. About one number in twelve of a typical
 * page needs more; those go through `parseFloatText`.
 */
export class FloatReader {
  /** The first byte after the number, or -1 where it is not plain and the value means nothing. */
  end = -1

  /** Hot: 15 to 50 ns. `bytes` must hold a byte that is no part of a number at or after `at`. */
  read(bytes: Uint8Array, at: number): number {
    let p = at
    let c = bytes[p]!
    const negative = c === 45
    if (negative || c === 43) c = bytes[++p]!
    let digits = p
    let mantissa = 0
    while (c >= 48 && c <= 57) {
      mantissa = mantissa * 10 + (c - 48)
      c = bytes[++p]!
    }
    digits = p - digits
    let exponent = 0
    if (c === 46) {
      c = bytes[++p]!
      const fraction = p
      while (c >= 48 && c <= 57) {
        mantissa = mantissa * 10 + (c - 48)
        c = bytes[++p]!
      }
      exponent = fraction - p
      digits -= exponent
    }
    if ((c | 32) === 101) {
      c = bytes[++p]!
      const down = c === 45
      if (down || c === 43) c = bytes[++p]!
      const first = p
      let power = 0
      while (c >= 48 && c <= 57) {
        power = power * 10 + (c - 48)
        c = bytes[++p]!
      }
      if (p === first) digits = 0
      exponent += down ? -power : power
    }
    if (digits === 0 || mantissa > exactMantissaMax || exponent > 22 || exponent < -22) {
      this.end = -1
      return 0
    }
    this.end = p
    const value =
      exponent < 0 ? mantissa / exactPowers[-exponent]! : mantissa * exactPowers[exponent]!
    return negative ? -value : value
  }
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** A value or timestamp. Throws Go's text for anything that is not a decimal float. */
export function parseFloatText(text: string): number {
  if (/[pP_]/.test(text)) throw new Error('unsupported character in float')
  const value = decimal.test(text) ? Number(text) : specialFloat(text)
  if (value === undefined) throw parseFailure(text, 'invalid syntax')
  if (!Number.isFinite(value) && decimal.test(text)) throw parseFailure(text, 'value out of range')
  return value
}

function specialFloat(text: string): number | undefined {
  const lower = text.toLowerCase()
  if (lower === 'nan') return Number.NaN
  const sign = /^[+-]?/.exec(lower)![0]
  const name = lower.slice(sign.length)
  if (name !== 'inf' && name !== 'infinity') return undefined
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function parseFailure(text: string, reason: string): Error {
  return new Error(`strconv.ParseFloat: parsing ${quote(text)}: ${reason}`)
}

/**
 * The OpenMetrics form of a float: `1.0`, `0.25`, `1e+06`, `+Inf`. Go's shortest `%g`, with `.0`
 * where neither point nor exponent shows that it is a float.
 */
export function formatOpenMetricsFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (value === 0) return '0.0'
  const [mantissa = '', power = ''] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 6) {
    const size = String(Math.abs(exponent)).padStart(2, '0')
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`
  }
  const text = String(value)
  return text.includes('.') ? text : `${text}.0`
}
