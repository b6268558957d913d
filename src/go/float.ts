// Go's floats in text: strconv.ParseFloat and strconv.FormatFloat, all of them float64.

import { invalidSyntax, outOfRange } from './number.ts'

const decimalNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const specialNumber = /^(?:nan|[+-]?(?:inf|infinity))$/i
const hexNumber = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/

/**
 * Throws `strconv.ParseFloat: parsing "x": invalid syntax`, or `…: value out of range` for what
 * rounds to infinity. Reads `Inf`, `infinity` and `NaN` in any case, and hexadecimal floats.
 */
export function parseFloat64(text: string): number {
  if (decimalNumber.test(text)) return parseDecimal(text, text)
  if (specialNumber.test(text)) {
    if (/nan/i.test(text)) return Number.NaN
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  if (!text.includes('_')) return parseHex(text, text)
  if (!isSeparated(text)) throw invalidSyntax(text, 'ParseFloat')
  const digits = text.replaceAll('_', '')
  return decimalNumber.test(digits) ? parseDecimal(digits, text) : parseHex(digits, text)
}

function parseDecimal(digits: string, text: string): number {
  const value = Number(digits)
  if (!Number.isFinite(value)) throw outOfRange(text, 'ParseFloat')
  return value
}

function parseHex(digits: string, text: string): number {
  const match = hexNumber.exec(digits)
  const [, sign, whole = '', fraction = '', power = '0'] = match ?? []
  if (match === null || whole + fraction === '') throw invalidSyntax(text, 'ParseFloat')
  const value = scale(BigInt(`0x${whole}${fraction}`), Number(power) - 4 * fraction.length)
  if (value === Number.POSITIVE_INFINITY) throw outOfRange(text, 'ParseFloat')
  return sign === '-' ? -value : value
}

/** Whether every `_` stands between digits, or between the prefix and a digit. */
function isSeparated(text: string): boolean {
  const number = text.replace(/^[+-]/, '')
  if (/^0[xX]/.test(number)) return !/_(?![\da-fA-F])|[^\da-fA-FxX]_/.test(number)
  return !/_(?!\d)|(?<!\d)_/.test(number)
}

/** mantissa × 2^power, rounded once, half to even. */
function scale(mantissa: bigint, power: number): number {
  if (mantissa === 0n) return 0
  const length = mantissa.toString(2).length
  const top = length + power
  if (top > 1025) return Number.POSITIVE_INFINITY
  if (top < -1075) return 0
  // A float64 keeps 53 bits, fewer where it is denormal: its last bit is never below 2^-1074.
  const drop = Math.max(length - 53, -1074 - power)
  const rounded = drop <= 0 ? mantissa : roundBits(mantissa, BigInt(drop))
  const exponent = drop <= 0 ? power : power + drop
  // Two steps, because 2 ** exponent alone may leave the range although the product does not.
  const half = Math.trunc(exponent / 2)
  return Number(rounded) * 2 ** half * 2 ** (exponent - half)
}

function roundBits(value: bigint, count: bigint): bigint {
  const kept = value >> count
  const rest = value - (kept << count)
  const half = 1n << (count - 1n)
  const isUp = rest > half || (rest === half && (kept & 1n) === 1n)
  return isUp ? kept + 1n : kept
}

/** A positive number, 0.DIGITS × 10^point; zero has no digits. */
export interface Decimal {
  readonly digits: string
  readonly point: number
}

export type FloatFormat = 'e' | 'E' | 'f' | 'g' | 'G'

/** As `strconv.FormatFloat(value, format, precision, 64)`; -1 is the shortest exact precision. */
export function formatFloat(value: number, format: FloatFormat, precision = -1): string {
  if (Number.isNaN(value)) return 'NaN'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const size = Math.abs(value)
  if (size === Number.POSITIVE_INFINITY) return sign === '' ? '+Inf' : '-Inf'
  if (format === 'f') return sign + fixed(size, precision)
  if (format === 'e' || format === 'E') return sign + exponential(size, format, precision)
  return sign + general(size, format, precision)
}

/** The form of OpenMetrics: the shortest `%g`, and `.0` behind what would look whole. */
export function formatOpenMetricsFloat(value: number): string {
  const text = formatFloat(value, 'g')
  return /[.eNI]/.test(text) ? text : `${text}.0`
}

function fixed(size: number, precision: number): string {
  const { digits, point } = precision < 0 ? shortest(size) : rounded(size, 'places', precision)
  const places = precision < 0 ? Math.max(digits.length - point, 0) : precision
  return layOut(digits, point, places)
}

function layOut(digits: string, point: number, places: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  if (places === 0) return whole
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return `${whole}.${fraction.slice(0, places).padEnd(places, '0')}`
}

function exponential(size: number, letter: 'e' | 'E', precision: number): string {
  const decimal = precision < 0 ? shortest(size) : rounded(size, 'digits', precision + 1)
  const places = precision < 0 ? Math.max(decimal.digits.length - 1, 0) : precision
  return layOutExponent(decimal, letter, places)
}

function layOutExponent({ digits, point }: Decimal, letter: 'e' | 'E', places: number): string {
  const exponent = digits === '' ? 0 : point - 1
  const shown = digits.padEnd(places + 1, '0')
  const mantissa = places === 0 ? shown[0] : `${shown[0]}.${shown.slice(1, places + 1)}`
  const power = Math.abs(exponent).toString().padStart(2, '0')
  return `${mantissa}${letter}${exponent < 0 ? '-' : '+'}${power}`
}

function general(size: number, format: 'g' | 'G', precision: number): string {
  const isShortest = precision < 0
  // There JavaScript writes the same, in a tenth of the time.
  if (isShortest && size >= 1e-4 && size < 1e6) return String(size)
  const wanted = precision === 0 ? 1 : precision
  const decimal = isShortest ? shortest(size) : rounded(size, 'digits', wanted)
  const count = decimal.digits.length
  // Shortest output turns to exponents as if its precision were 6: 999999, but 1e+06.
  const threshold = isShortest ? 6 : wanted > count && count >= decimal.point ? count : wanted
  const exponent = decimal.point - 1
  if (count > 0 && (exponent < -4 || exponent >= threshold)) {
    return layOutExponent(decimal, format === 'g' ? 'e' : 'E', count - 1)
  }
  return layOut(decimal.digits, decimal.point, Math.max(count - decimal.point, 0))
}

function shortest(size: number): Decimal {
  if (size === 0) return { digits: '', point: 0 }
  const [mantissa = '', exponent = ''] = size.toExponential().split('e')
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 }
}

/** Rounds the exact value half to even, unlike `toFixed`, and cuts trailing zeros. */
function rounded(size: number, unit: 'places' | 'digits', count: number): Decimal {
  if (size === 0) return { digits: '', point: 0 }
  const { digits, point } = exact(size)
  const keep = unit === 'digits' ? count : point + count
  if (keep >= digits.length) return { digits, point }
  if (keep < 0) return { digits: '', point: 0 }
  const kept = digits.slice(0, keep)
  const next = digits[keep]!
  const isTie = next === '5' && keep === digits.length - 1
  const isOdd = keep > 0 && Number(kept[keep - 1]) % 2 === 1
  const isUp = isTie ? isOdd : next >= '5'
  if (!isUp) return trimmed(kept, point)
  const up = (BigInt(kept === '' ? '0' : kept) + 1n).toString().padStart(keep, '0')
  return trimmed(up, point + up.length - keep)
}

function trimmed(digits: string, point: number): Decimal {
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? { digits: '', point: 0 } : { digits: kept, point }
}

/** size = mantissa × 2^power. */
function parts(size: number): { mantissa: bigint; power: number } {
  bits.setFloat64(0, size)
  const raw = bits.getBigUint64(0)
  const biased = Number(raw >> 52n)
  const mantissa = (raw & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n)
  return { mantissa, power: Math.max(biased, 1) - 1075 }
}

const bits = new DataView(new ArrayBuffer(8))

/** All digits of the value, up to 767 of them. */
function exact(size: number): Decimal {
  const { mantissa, power } = parts(size)
  if (power >= 0) {
    const digits = (mantissa << BigInt(power)).toString()
    return trimmed(digits, digits.length)
  }
  // m / 2^n = m × 5^n / 10^n.
  const digits = (mantissa * 5n ** BigInt(-power)).toString()
  return trimmed(digits, digits.length + power)
}

/**
 * The binary forms of `strconv.FormatFloat`: `b` is `4503599627370496p-52`, `x` is `0x1.8p+00`
 * with `precision` hexadecimal digits, -1 for as many as it takes.
 */
export function exactHexFloat(value: number, format: 'b' | 'x', precision: number): string {
  if (!Number.isFinite(value)) return formatFloat(value, 'g')
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const { mantissa, power } = parts(Math.abs(value))
  if (format === 'b') return `${sign}${mantissa}p${power < 0 ? '-' : '+'}${Math.abs(power)}`
  return sign + hexadecimal(mantissa, power, precision)
}

function hexadecimal(mantissa: bigint, power: number, precision: number): string {
  let digits = mantissa
  let exponent = mantissa === 0n ? 0 : power + 52
  // Denormal numbers too show a leading 1.
  while (digits !== 0n && digits < 1n << 52n) {
    digits <<= 1n
    exponent--
  }
  if (precision >= 0 && precision < 13) {
    const drop = BigInt(52 - 4 * precision)
    digits = roundBits(digits, drop) << drop
    if (digits >= 1n << 53n) {
      digits >>= 1n
      exponent++
    }
  }
  const all = digits.toString(16).padStart(14, '0')
  const places = precision < 0 ? all.slice(1).replace(/0+$/, '') : fraction(all, precision)
  const point = places === '' ? '' : '.'
  const sign = exponent < 0 ? '-' : '+'
  return `0x${all[0]}${point}${places}p${sign}${Math.abs(exponent).toString().padStart(2, '0')}`
}

function fraction(all: string, precision: number): string {
  return all.slice(1, precision + 1).padEnd(precision, '0')
}
