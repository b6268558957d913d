// One value under one verb of Go's fmt package.

import { toUpper } from './case.ts'
import { exactHexFloat, formatFloat } from './float.ts'
import { canBackquote, quote, quoteAscii, quoteRune, quoteRuneAscii } from './quote.ts'
import { bytesOf } from './text.ts'
import { isPrint } from './unicode.ts'

/** `bigint` prints as an int, `number` as a float64, lists as `[]interface {}`. */
export type Printable =
  | null
  | boolean
  | bigint
  | number
  | string
  | Unsigned
  | Opaque
  | readonly Printable[]
  | ReadonlyMap<string, Printable>

/** An uint64. */
export interface Unsigned {
  readonly value: bigint
}

/** A value that Go prints by itself, such as a function or a capsule. */
export interface Opaque {
  /** What `%T` prints: `func(...interface {}) string`. */
  readonly goType: string
  /** What `%v` and `%s` print. */
  readonly text: string
}

/** Go's name of the value's type, as `%T` prints it. */
export function typeName(value: Printable): string {
  if (value === null) return '<nil>'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return 'float64'
  if (typeof value === 'string') return 'string'
  if (isList(value)) return '[]interface {}'
  if (isMap(value)) return 'map[string]interface {}'
  return 'goType' in value ? value.goType : 'uint64'
}

function isList(value: Printable): value is readonly Printable[] {
  return Array.isArray(value)
}

function isMap(value: Printable): value is ReadonlyMap<string, Printable> {
  return value instanceof Map
}

/** What stands between the percent sign and the verb. */
export interface Flags {
  sharp: boolean
  zero: boolean
  plus: boolean
  minus: boolean
  space: boolean
  /** `%#v`: Go syntax. */
  sharpV: boolean
  width: number | undefined
  precision: number | undefined
}

/** A verb alone. */
export function noFlags(): Flags {
  return {
    sharp: false,
    zero: false,
    plus: false,
    minus: false,
    space: false,
    sharpV: false,
    width: undefined,
    precision: undefined,
  }
}

/** `int=2`, as it stands in complaints. */
export function withType(value: Printable): string {
  return value === null ? '<nil>' : `${typeName(value)}=${printValue(value, 'v', noFlags())}`
}

/** An argument of a format; what its verb does not take shows as `%!d(string=x)`. */
export function printArgument(value: Printable, verb: string, flags: Flags): string {
  if (verb === 'T') return printString(typeName(value), 's', flags)
  if (value === null) return verb === 'v' ? pad('<nil>', flags) : badVerb(value, verb, flags)
  return printValue(value, verb, flags)
}

function badVerb(value: Printable, verb: string, flags: Flags): string {
  if (value === null) return `%!${verb}(<nil>)`
  return `%!${verb}(${typeName(value)}=${printValue(value, 'v', flags)})`
}

function printValue(value: Printable, verb: string, flags: Flags): string {
  if (value === null) return flags.sharpV ? 'interface {}(nil)' : '<nil>'
  if (typeof value === 'boolean') {
    return verb === 't' || verb === 'v' ? pad(String(value), flags) : badVerb(value, verb, flags)
  }
  if (typeof value === 'bigint') return printInteger(value, value, true, verb, flags)
  if (typeof value === 'number') return printFloat(value, verb, flags)
  if (typeof value === 'string') return printString(value, verb, flags)
  if (isList(value))
    return verb === 'p' ? badVerb(value, 'p', flags) : printList(value, verb, flags)
  if (isMap(value)) return verb === 'p' ? badVerb(value, 'p', flags) : printMap(value, verb, flags)
  if ('value' in value) return printInteger(value.value, value, false, verb, flags)
  return verb === 'v' || verb === 's' ? pad(value.text, flags) : badVerb(value, verb, flags)
}

function printList(list: readonly Printable[], verb: string, flags: Flags): string {
  const items = list.map((item) => printValue(item, verb, flags))
  return flags.sharpV ? `[]interface {}{${items.join(', ')}}` : `[${items.join(' ')}]`
}

function printMap(map: ReadonlyMap<string, Printable>, verb: string, flags: Flags): string {
  const entries = [...map]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, item]) => `${printValue(key, verb, flags)}:${printValue(item, verb, flags)}`)
  if (flags.sharpV) return `map[string]interface {}{${entries.join(', ')}}`
  return `map[${entries.join(' ')}]`
}

/** The order of Go's strings: by bytes, where `<` goes by UTF-16 units. */
function compareBytes(a: string, b: string): number {
  const [left, right] = [bytesOf(a), bytesOf(b)]
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) if (left[i] !== right[i]) return left[i]! - right[i]!
  return left.length - right.length
}

/** Widths count runes; zeros pad only on the left. */
function pad(text: string, flags: Flags): string {
  if (flags.width === undefined) return text
  const missing = flags.width - [...text].length
  if (missing <= 0) return text
  if (flags.minus) return text + ' '.repeat(missing)
  return (flags.zero ? '0' : ' ').repeat(missing) + text
}

function padBlank(text: string, flags: Flags): string {
  return pad(text, { ...flags, zero: false })
}

const radixes: Record<string, number> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }

function printInteger(
  whole: bigint,
  value: Printable,
  isSigned: boolean,
  verb: string,
  flags: Flags,
): string {
  if (verb === 'v' && flags.sharpV && !isSigned) {
    return digitsOf(whole, 16, 'x', { ...flags, sharp: true })
  }
  const radix = radixes[verb]
  if (radix !== undefined) return digitsOf(whole, radix, verb, flags)
  const isRune = whole >= 0n && whole <= 0x10ffffn
  const rune = isRune ? Number(whole) : 0xfffd
  if (verb === 'c') return pad(runeText(rune), flags)
  if (verb === 'q') return pad(flags.plus ? quoteRuneAscii(rune) : quoteRune(rune), flags)
  if (verb === 'U') return unicodeName(BigInt.asUintN(64, whole), flags)
  return badVerb(value, verb, flags)
}

function runeText(rune: number): string {
  return rune >= 0xd800 && rune <= 0xdfff ? '\ufffd' : String.fromCodePoint(rune)
}

function digitsOf(whole: bigint, radix: number, verb: string, flags: Flags): string {
  const isNegative = whole < 0n
  const sign = isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  if (flags.precision === 0 && whole === 0n) return ' '.repeat(flags.width ?? 0)
  let count = flags.precision ?? 0
  if (flags.precision === undefined && flags.zero && !flags.minus) {
    count = (flags.width ?? 0) - sign.length
  }
  let digits = (isNegative ? -whole : whole).toString(radix).padStart(count, '0')
  if (verb === 'X') digits = digits.toUpperCase()
  if (flags.sharp) {
    if (radix === 2) digits = `0b${digits}`
    if (radix === 8 && !digits.startsWith('0')) digits = `0${digits}`
    if (radix === 16) digits = `0${verb === 'X' ? 'X' : 'x'}${digits}`
  }
  if (verb === 'O') digits = `0o${digits}`
  return padBlank(sign + digits, flags)
}

/** `U+0041`, and with `#` the character behind it. */
function unicodeName(code: bigint, flags: Flags): string {
  const digits = Math.max(flags.precision ?? 4, 4)
  let name = `U+${code.toString(16).toUpperCase().padStart(digits, '0')}`
  if (flags.sharp && code <= 0x10ffffn && isPrint(Number(code))) {
    name += ` '${runeText(Number(code))}'`
  }
  return padBlank(name, flags)
}

function printFloat(value: number, verb: string, flags: Flags): string {
  const text = floatText(value, verb, flags.precision)
  if (text === undefined) return badVerb(value, verb, flags)
  const isNegative = text.startsWith('-')
  const isSigned = isNegative || text.startsWith('+')
  const size = isSigned ? text.slice(1) : text
  const isNumber = !/^[IN]/.test(size)
  const showsPlus = flags.plus || (isSigned && !isNegative)
  const sign = isNegative ? '-' : showsPlus ? '+' : flags.space ? ' ' : ''
  // Infinity keeps its plus under no flag but `space`; NaN shows a sign only when asked for.
  if (!isNumber)
    return padBlank((flags.space && sign === '+' && !flags.plus ? ' ' : sign) + size, flags)
  const digits = flags.sharp && verb !== 'b' ? withPoint(size, verb, flags) : size
  const fills = flags.zero && !flags.minus && sign !== ''
  const count = fills ? (flags.width ?? 0) - 1 : 0
  return pad(sign + digits.padStart(count, '0'), flags)
}

function floatText(value: number, verb: string, precision: number | undefined): string | undefined {
  switch (verb) {
    case 'v':
      return formatFloat(value, 'g', precision ?? -1)
    case 'g':
    case 'G':
      return formatFloat(value, verb, precision ?? -1)
    case 'e':
    case 'E':
      return formatFloat(value, verb, precision ?? 6)
    case 'f':
    case 'F':
      return formatFloat(value, 'f', precision ?? 6)
    case 'b':
      return exactHexFloat(value, 'b', -1)
    case 'x':
      return exactHexFloat(value, 'x', precision ?? -1)
    case 'X':
      return toUpper(exactHexFloat(value, 'x', precision ?? -1))
        .replace('INF', 'Inf')
        .replace('NAN', 'NaN')
    default:
      return undefined
  }
}

/** `#` forces a decimal point, and for `%g` keeps the zeros behind it. */
function withPoint(size: string, verb: string, flags: Flags): string {
  const isHex = verb === 'x' || verb === 'X'
  const end = size.search(isHex ? /[pP]/ : /[eE]/)
  const mantissa = end < 0 ? size : size.slice(0, end)
  const tail = end < 0 ? '' : size.slice(end)
  const fills = verb === 'v' || verb === 'g' || verb === 'G' || verb === 'x'
  let missing = fills ? (flags.precision ?? 6) : 0
  const significant = mantissa.replace('.', '').replace(/^0*/, '')
  missing -= significant.length
  const hasPoint = mantissa.includes('.')
  if (!hasPoint && mantissa === '0') missing--
  return mantissa + (hasPoint ? '' : '.') + '0'.repeat(Math.max(missing, 0)) + tail
}

function printString(text: string, verb: string, flags: Flags): string {
  switch (verb) {
    case 'v':
      return flags.sharpV ? quoted(text, flags) : pad(truncated(text, flags), flags)
    case 's':
      return pad(truncated(text, flags), flags)
    case 'q':
      return quoted(text, flags)
    case 'x':
    case 'X':
      return hexBytes(text, verb, flags)
    default:
      return badVerb(text, verb, flags)
  }
}

function truncated(text: string, flags: Flags): string {
  if (flags.precision === undefined) return text
  return [...text].slice(0, flags.precision).join('')
}

function quoted(text: string, flags: Flags): string {
  const shown = truncated(text, flags)
  if (flags.sharp && canBackquote(shown)) return pad(`\`${shown}\``, flags)
  return pad(flags.plus ? quoteAscii(shown) : quote(shown), flags)
}

function hexBytes(text: string, verb: string, flags: Flags): string {
  const bytes = bytesOf(text).subarray(0, flags.precision)
  if (bytes.length === 0) return pad('', flags)
  const prefix = flags.sharp ? `0${verb}` : ''
  const pairs = Array.from(bytes, (byte) => {
    const pair = byte.toString(16).padStart(2, '0')
    return verb === 'X' ? pair.toUpperCase() : pair
  })
  const shown = flags.space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('')
  return pad(shown, flags)
}
