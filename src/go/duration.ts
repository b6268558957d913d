// Go's time.Duration: nanoseconds in an int64, and its text.

import { bytesOf } from './text.ts'

const unitNs = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['\u00b5s', 1_000n],
  ['\u03bcs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])

const limit = 1n << 63n
const term = /(\d*)(?:(\.)(\d*))?([^.\d]*)/y

/**
 * The duration in ns that `time.ParseDuration` reads. Throws its error texts:
 * `time: invalid duration "x"`, `time: missing unit in duration "5"`,
 * `time: unknown unit "d" in duration "1d"`.
 */
export function parseDurationNs(text: string): bigint {
  const isNegative = text.startsWith('-')
  const rest = isNegative || text.startsWith('+') ? text.slice(1) : text
  if (rest === '0') return 0n
  if (rest === '') throw invalid(text)
  let total = 0n
  term.lastIndex = 0
  while (term.lastIndex < rest.length) {
    const [, whole = '', point, fraction = '', unit = ''] = term.exec(rest)!
    if (whole === '' && fraction === '') throw invalid(text)
    if (point === undefined && whole === '') throw invalid(text)
    const count = BigInt(whole)
    if (count > limit) throw invalid(text)
    if (unit === '') throw new Error(`time: missing unit in duration ${quoted(text)}`)
    const scale = unitNs.get(unit)
    if (scale === undefined) {
      throw new Error(`time: unknown unit ${quoted(unit)} in duration ${quoted(text)}`)
    }
    total += count * scale + fractionNs(fraction, scale)
    if (total > limit) throw invalid(text)
  }
  if (total === limit && !isNegative) throw invalid(text)
  return isNegative ? -total : total
}

/** The duration in ms, with fractions below 1 ms. Throws as `parseDurationNs`. */
export function parseDurationMs(text: string): number {
  return msOfNs(parseDurationNs(text))
}

/** As `Duration.String` prints ns: `1h0m0s`, `1.5s`, `100µs`, `0s`. */
export function formatDurationNs(ns: bigint): string {
  if (ns === 0n) return '0s'
  const sign = ns < 0n ? '-' : ''
  const size = ns < 0n ? -ns : ns
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}\u00b5s`
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 6)}ms`
  const minutes = size / 60_000_000_000n
  const seconds = `${decimal(size % 60_000_000_000n, 9)}s`
  if (minutes === 0n) return sign + seconds
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`
}

/** As `formatDurationNs`, of ms rounded to whole ns. */
export function formatDurationMs(ms: number): string {
  return formatDurationNs(nsOfMs(ms))
}

/** The nearest number of ms. */
export function msOfNs(ns: bigint): number {
  return Number(ns) / 1e6
}

/** The nearest whole ns, within the range of an int64. */
export function nsOfMs(ms: number): bigint {
  const whole = Math.trunc(ms)
  const ns = BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1e6))
  return ns >= limit ? limit - 1n : ns < -limit ? -limit : ns
}

function invalid(text: string): Error {
  return new Error(`time: invalid duration ${quoted(text)}`)
}

/** The time package quotes by itself: everything beyond ASCII goes out byte by byte. */
function quoted(text: string): string {
  let inner = ''
  for (const byte of bytesOf(text)) {
    const char = String.fromCharCode(byte)
    if (char === '"' || char === '\\') inner += `\\${char}`
    else if (byte < 0x20 || byte > 0x7f) inner += `\\x${byte.toString(16).padStart(2, '0')}`
    else inner += char
  }
  return `"${inner}"`
}

/** Go stops reading digits before they leave an int64, and scales the rest as a float64. */
function fractionNs(digits: string, unit: bigint): bigint {
  let value = 0n
  let scale = 1
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit)
    if (value > (limit - 1n) / 10n || next > limit) break
    value = next
    scale *= 10
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (Number(unit) / scale)))
}

function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  const whole = digits.slice(0, -places)
  return fraction === '' ? whole : `${whole}.${fraction}`
}
