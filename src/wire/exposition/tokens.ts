// The tokens of the exposition formats, as error messages show them: what stands where something
// else was expected. Readers do without tokens; this runs once for a page that is malformed.
// Source: prometheus/model/textparse (promlex.l, openmetricslex.l).

import { quote } from '../../go/quote.ts'
import { textOf } from '../../go/text.ts'

export type Dialect = 'prometheus' | 'openmetrics'

/** What the bytes before a token lead to, which decides how it is read. */
export type Place =
  | 'line'
  | 'metadataName'
  | 'labels'
  | 'labelValue'
  | 'value'
  | 'timestamp'
  | 'exemplarLabels'
  | 'exemplarLabelValue'
  | 'exemplarValue'
  | 'exemplarTimestamp'

export interface Token {
  readonly name: string
  /** Where the token begins. */
  readonly start: number
  /** Where reading stopped: behind a token, or at the byte that did not fit. */
  readonly end: number
}

/** A malformed page. The message is upstream's. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError'
  /** Offset in the page of the line that could not be read. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** A page and how far it goes. */
export interface Page {
  readonly bytes: Uint8Array
  /** The bytes may be longer. */
  readonly length: number
  readonly dialect: Dialect
}

/** Bytes of the page in quotes. */
export function quoteBytes(page: Page, from: number, to: number): string {
  return quote(textOf(page.bytes.subarray(from, Math.min(to, page.length))))
}

/** `expected X, got "…" ("TOKEN") while parsing: "…"`. One byte behind the token is shown too. */
export function unexpectedToken(page: Page, expected: string, lineStart: number, token: Token) {
  const shown = quoteBytes(page, token.start, token.end + 1)
  const line = quoteBytes(page, lineStart, token.end + 1)
  return new ExpositionError(
    `${expected}, got ${shown} ("${token.name}") while parsing: ${line}`,
    lineStart,
  )
}

/** The token at `at`. */
export function tokenAt(page: Page, place: Place, at: number): Token {
  if (at >= page.length) return { name: 'EOF', start: at, end: at }
  return page.dialect === 'openmetrics' ? strictToken(page, place, at) : looseToken(page, place, at)
}

function looseToken(page: Page, place: Place, at: number): Token {
  const { bytes } = page
  const c = bytes[at]!
  switch (place) {
    case 'line':
      if (c === 10) return token('LINEBREAK', at, at + 1)
      if (c === 0x7b) return token('BOPEN', at, at + 1)
      return nameOr(page, at, 'MNAME', isMetricChar)
    case 'metadataName':
      if (c === 34) return quoted(page, at, 'MNAME', 'name')
      return nameOr(page, at, 'MNAME', isMetricChar)
    case 'labels':
      return labelToken(page, at)
    case 'labelValue':
      return c === 34 ? quoted(page, at, 'LVALUE', 'value') : invalid(at, at)
    case 'value': {
      if (c === 0x7b) return token('BOPEN', at, at + 1)
      const end = run(page, at, (d) => d !== 0x7b && d !== 32 && d !== 9 && d !== 10 && d !== 0)
      return end === at ? invalid(at, at) : token('VALUE', at, end)
    }
    default: {
      if (c === 10) return token('LINEBREAK', at, at + 1)
      const end = run(page, at, (d) => d >= 48 && d <= 57)
      return end === at ? invalid(at, at) : token('TIMESTAMP', at, end)
    }
  }
}

function strictToken(page: Page, place: Place, at: number): Token {
  const { bytes } = page
  const c = bytes[at]!
  switch (place) {
    case 'line':
      if (c === 35) return invalid(at, strictKeywordEnd(page, at))
      if (c === 0x7b) return token('BOPEN', at, at + 1)
      return nameOr(page, at, 'MNAME', isMetricChar)
    case 'metadataName':
      if (c === 34) return quoted(page, at, 'MNAME', 'name')
      return nameOr(page, at, 'MNAME', isMetricChar)
    case 'labels':
    case 'exemplarLabels':
      return labelToken(page, at)
    case 'labelValue':
    case 'exemplarLabelValue':
      return c === 34
        ? quoted(page, at, 'LVALUE', place === 'labelValue' ? 'value' : 'exemplarValue')
        : invalid(at, at)
    case 'value':
      if (c === 0x7b) return token('BOPEN', at, at + 1)
      return afterSpace(page, at, 'VALUE')
    case 'exemplarValue':
      if (c === 34) return quoted(page, at, 'LVALUE', 'exemplarValue')
      return afterSpace(page, at, 'VALUE')
    default: {
      if (c === 10) return token('LINEBREAK', at, at + 1)
      const isMark = place === 'timestamp' && bytes[at + 1] === 35 && bytes[at + 2] === 32
      if (c !== 32 || !isMark) return afterSpace(page, at, 'TIMESTAMP')
      return bytes[at + 3] === 0x7b ? token('COMMENT', at, at + 4) : invalid(at, at + 3)
    }
  }
}

/** How far `# HELP `, `# TYPE `, `# UNIT ` or `# EOF` goes before a byte does not fit. */
function strictKeywordEnd(page: Page, at: number): number {
  const { bytes, length } = page
  if (bytes[at + 1] !== 32) return at + 1
  let furthest = at + 2
  for (const keyword of ['HELP ', 'TYPE ', 'UNIT ', 'EOF']) {
    let i = 0
    while (at + 2 + i < length && bytes[at + 2 + i] === keyword.charCodeAt(i)) i++
    furthest = Math.max(furthest, at + 2 + i)
  }
  return furthest
}

function labelToken(page: Page, at: number): Token {
  switch (page.bytes[at]) {
    case 34:
      return quoted(page, at, 'QSTRING', 'name')
    case 0x7d:
      return token('BCLOSE', at, at + 1)
    case 0x3d:
      return token('EQUAL', at, at + 1)
    case 0x2c:
      return token('COMMA', at, at + 1)
    default:
      return nameOr(page, at, 'LNAME', isLabelChar)
  }
}

function quoted(page: Page, at: number, name: string, of: Quoted): Token {
  const end = quotedEnd(page, at, of)
  return end < 0 ? invalid(at, -1 - end) : token(name, at, end)
}

/** What stands in double quotes. */
export type Quoted = 'name' | 'value' | 'exemplarValue'

/**
 * The end of the string in double quotes at `at`, or -1 minus where it breaks off. Zero bytes may
 * stand in label values only, line breaks everywhere but in values of OpenMetrics.
 */
export function quotedEnd(page: Page, at: number, of: Quoted): number {
  const { bytes, length, dialect } = page
  const oneLine = dialect === 'openmetrics' && of !== 'name'
  for (let p = at + 1; p < length; p++) {
    let c = bytes[p]!
    if (c === 34) return p + 1
    const escaped = c === 92
    if (escaped && ++p < length) c = bytes[p]!
    if (c === 10 && (oneLine || escaped)) return -1 - p
    if (c === 0 && of !== 'value') return -1 - p
  }
  return -1 - length
}

function nameOr(page: Page, at: number, name: string, fits: (byte: number) => boolean): Token {
  const c = page.bytes[at]!
  if (!fits(c) || (c >= 48 && c <= 57)) return invalid(at, at)
  return token(name, at, run(page, at, fits))
}

function afterSpace(page: Page, at: number, name: string): Token {
  if (page.bytes[at] !== 32) return invalid(at, at)
  const end = run(page, at + 1, (c) => c !== 32 && c !== 10 && c !== 0)
  return end === at + 1 ? invalid(at, end) : token(name, at, end)
}

function run(page: Page, at: number, fits: (byte: number) => boolean): number {
  let p = at
  while (p < page.length && fits(page.bytes[p]!)) p++
  return p
}

function token(name: string, start: number, end: number): Token {
  return { name, start, end }
}

function invalid(start: number, end: number): Token {
  return { name: 'INVALID', start, end }
}

/** A letter, digit or underscore. */
export function isLabelChar(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95
}

/** A letter, digit, underscore or colon. */
export function isMetricChar(c: number): boolean {
  return isLabelChar(c) || c === 58
}
