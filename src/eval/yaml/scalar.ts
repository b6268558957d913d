// Plain scalars of YAML as yaml.v3 reads them: the core schema of YAML 1.2, octal numbers of 1.1,
// underscores in numbers, and timestamps. Yes and no are strings.

import { parseFloat64 } from '../../go/float.ts'
import { parseInteger, parseUnsigned } from '../../go/number.ts'
import { Uint64, type Value } from '../value.ts'

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, Number.POSITIVE_INFINITY] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])

const floatPattern = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/

/** What an unquoted scalar means; a timestamp is text as RFC 3339 has it. */
export function resolvePlain(text: string): Value {
  const word = words.get(text)
  if (word !== undefined) return word
  if (/^\d/.test(text)) return parseTimestamp(text) ?? parseNumber(text) ?? text
  return (/^[-+.]/.test(text) ? parseNumber(text) : undefined) ?? text
}

export function parseNumber(text: string): Value | undefined {
  const digits = text.replaceAll('_', '')
  const sign = /^[-+]/.test(digits) ? digits[0]! : ''
  const number = digits.slice(sign.length)
  if (/^(0x[\da-f]+|0o?[0-7]*|0b[01]+|[1-9]\d*)$/i.test(number)) {
    const exact = attempt(() => parseInteger(digits, { base: 0 }))
    if (exact !== undefined) return exact
    const large = sign === '' ? attempt(() => parseUnsigned(digits, { base: 0 })) : undefined
    if (large !== undefined) return new Uint64(large)
  }
  return floatPattern.test(digits) ? attempt(() => parseFloat64(digits)) : undefined
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined // Not a number, or out of range: a string.
  }
}

const timestampPattern =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:([Tt]| +)(\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/

/** A date alone is midnight in UTC; a time behind a blank has no zone. */
export function parseTimestamp(text: string): string | undefined {
  const match = timestampPattern.exec(text)
  if (match === null) return undefined
  const [, year, month, day, separator, ...time] = match
  const [hour = '0', minute = '0', second = '0', fraction = '', zone] = time
  const needsZone = separator !== undefined && /[Tt]/.test(separator)
  if (needsZone !== (zone !== undefined)) return undefined
  const isDate = isDay(Number(year), Number(month), Number(day))
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const date = [year, pad(month!), pad(day!)].join('-')
  const digits = fraction.slice(0, 9).replace(/0+$/, '')
  const clock = [hour, minute, second].map(pad).join(':') + (digits && `.${digits}`)
  const isUtc = zone === undefined || /^(Z|[-+]00:00)$/.test(zone)
  return `${date}T${clock}${isUtc ? 'Z' : zone}`
}

function pad(digits: string): string {
  return digits.padStart(2, '0')
}

function isDay(year: number, month: number, day: number): boolean {
  const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  return month >= 1 && month <= 12 && day >= 1 && day <= last
}
