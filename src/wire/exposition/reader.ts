// Reads the text formats: Prometheus text 0.0.4 and 1.0.0, and OpenMetrics 1.0.
//
//   page    = (comment | # HELP name text | # TYPE name type | # UNIT name unit | series)*
//   series  = name [{labels}] value [timestamp]  |  {"name", labels} value [timestamp]
//   labels  = (name="value" | "name"="value") separated by commas
//
// OpenMetrics allows one space between tokens and nothing else, ends with `# EOF`, counts
// timestamps in seconds and lets ` # {labels} value [timestamp]`, an exemplar, end a series.
// Source: prometheus/model/textparse/{promparse,openmetricsparse}.go. Deliberately different:
// blanks before a name do not belong to the name, and a zero byte does not end the page silently.

import { textOf } from '../../go/text.ts'
import type { MetricType } from '../../model/samples.ts'
import { FloatReader, parseFloatText } from './float.ts'
import { groupKeyOf, type LabelOptions, labelsOf, unescapeHelp, unescapeText } from './labels.ts'
import {
  type Dialect,
  ExpositionError,
  isLabelChar,
  isMetricChar,
  type Page,
  type Place,
  type Quoted,
  quoteBytes,
  quotedEnd,
  type Token,
  tokenAt,
  unexpectedToken,
} from './tokens.ts'

/** What `next` has found. */
export const Entry = { end: 0, help: 1, type: 2, unit: 3, comment: 4, series: 5 } as const
export type Entry = (typeof Entry)[keyof typeof Entry]

const typesOf: Record<Dialect, Readonly<Record<string, MetricType>>> = {
  prometheus: {
    counter: 'counter',
    gauge: 'gauge',
    histogram: 'histogram',
    summary: 'summary',
    untyped: 'unknown',
  },
  openmetrics: {
    counter: 'counter',
    gauge: 'gauge',
    histogram: 'histogram',
    gaugehistogram: 'gaugehistogram',
    summary: 'summary',
    info: 'info',
    stateset: 'stateset',
    unknown: 'unknown',
  },
}

export interface ReaderOptions extends LabelOptions {
  /** Leaves out the `_created` lines of types that have start times. */
  readonly skipCreated?: boolean
}

/** Offsets of labels: start and end of the name, start and end of the value, without quotes. */
class Spans {
  offsets = new Uint32Array(64)
  count = 0

  push(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    const at = this.count * 4
    if (at === this.offsets.length) {
      const grown = new Uint32Array(at * 2)
      grown.set(this.offsets)
      this.offsets = grown
    }
    this.offsets[at] = nameStart
    this.offsets[at + 1] = nameEnd
    this.offsets[at + 2] = valueStart
    this.offsets[at + 3] = valueEnd
    this.count++
  }
}

/**
 * Steps through a page entry by entry. What the fields say is valid until the next call of `next`,
 * `open` or `readSample`; text is made only when it is asked for.
 */
export class ExpositionReader implements Page {
  readonly dialect: Dialect
  readonly #options: ReaderOptions
  readonly #isStrict: boolean
  readonly #float = new FloatReader()
  readonly #spans = new Spans()
  readonly #exemplarSpans = new Spans()

  bytes: Buffer = Buffer.of(10)
  length = 0
  /** Offset of the next entry. Set it to go on from the start of another line. */
  at = 0
  /** Of the TYPE line that came last, whichever family it names. */
  type: MetricType = 'unknown'
  /** Of the UNIT line that came last. */
  unit = ''

  /** First byte of the entry, behind blanks. */
  start = 0
  /** Where the line of the entry starts. */
  #lineStart = 0
  #nameStart = -1
  #nameEnd = -1
  #textStart = 0
  #textEnd = 0
  /** The name and the labels of a series, as they stand in the page. */
  seriesStart = 0
  seriesEnd = 0
  value = 0
  /** Unix time in ms, where `hasTime`. */
  time = 0
  hasTime = false
  hasExemplar = false
  exemplarValue = 0
  exemplarTime = 0
  exemplarHasTime = false

  constructor(dialect: Dialect, options: ReaderOptions = {}) {
    this.dialect = dialect
    this.#options = options
    this.#isStrict = dialect === 'openmetrics'
  }

  /** Starts with a page, which is borrowed until the next `open`. */
  open(page: Uint8Array): void {
    // A line break behind the last line lets every scan stop without asking for the end. In
    // Prometheus text it belongs to the grammar, in OpenMetrics it stands outside of the page.
    const isClosed = page.length > 0 && page[page.length - 1] === 10
    this.bytes = Buffer.from(page.buffer, page.byteOffset, page.length)
    this.length = page.length
    if (!isClosed) {
      this.bytes = Buffer.concat([page, Buffer.of(10)])
      if (!this.#isStrict) this.length++
    }
    this.at = 0
    this.type = 'unknown'
    this.unit = ''
  }

  /** Reads one entry. Throws an ExpositionError that says what is malformed. */
  next(): Entry {
    const { bytes, length } = this
    for (;;) {
      this.#lineStart = this.at
      const p = this.#skipBlanks(this.at)
      if (p >= length) {
        if (this.#isStrict) throw this.#error('data does not end with # EOF')
        this.at = p
        return Entry.end
      }
      this.start = p
      const c = bytes[p]!
      if (c === 10 && !this.#isStrict) this.at = p + 1
      else if (c === 35) return this.#isStrict ? this.#readStrictComment(p) : this.#readComment(p)
      else {
        this.#readSeries(p)
        const isSkipped =
          this.#options.skipCreated === true && this.hasStartTimes && this.nameEndsWith('_created')
        if (!isSkipped) return Entry.series
      }
    }
  }

  /** Name of the metric or of the family. */
  get name(): string {
    return unescapeText(this.bytes, this.#nameStart, this.#nameEnd)
  }

  /** Of a HELP line, without escapes. */
  get help(): string {
    return unescapeHelp(this.bytes, this.#textStart, this.#textEnd, this.dialect)
  }

  /** Of a comment: the whole line. */
  get comment(): string {
    return textOf(this.bytes.subarray(this.#textStart, this.#textEnd))
  }

  get series(): string {
    return textOf(this.bytes.subarray(this.seriesStart, this.seriesEnd))
  }

  /**
   * Labels of the series: name, value, name, value, …, `__name__` first, the others as they stand
   * in the page, with `le` and `quantile` in the form of OpenMetrics where the type says so.
   */
  get labels(): string[] {
    return labelsOf(this, this.name, this.#spans, this.#options)
  }

  /** Whether series of the current type may have a start time. */
  get hasStartTimes(): boolean {
    return this.type === 'counter' || this.type === 'histogram' || this.type === 'summary'
  }

  /** The same for all series of one histogram, summary or counter, as text. */
  get groupKey(): string {
    return groupKeyOf(this, this.name, this.#spans)
  }

  /** As `labels`, without a name and as they are. */
  get exemplarLabels(): string[] {
    return labelsOf(this, undefined, this.#exemplarSpans, {})
  }

  /** Whether the name ends with `suffix`, which is ASCII. */
  nameEndsWith(suffix: string): boolean {
    const from = this.#nameEnd - suffix.length
    if (from < this.#nameStart) return false
    for (let i = 0; i < suffix.length; i++) {
      if (this.bytes[from + i] !== suffix.charCodeAt(i)) return false
    }
    return true
  }

  /** `# HELP` and `# TYPE`; everything else behind `#` is a comment. */
  #readComment(p: number): Entry {
    const { bytes } = this
    const word = this.#skipBlanks(p + 1)
    const isHelp = this.#isWord(word, 'HELP')
    if (word > p + 1 && (isHelp || this.#isWord(word, 'TYPE')) && isBlank(bytes[word + 4]!)) {
      const keyword = isHelp ? 'HELP' : 'TYPE'
      let end = this.#readFamily(keyword, this.#skipBlanks(word + 5))
      const from = end
      while (bytes[end] !== 10) end++
      // A text of nothing but blanks is empty, else the first byte separates it from the name.
      this.#textStart = this.#skipBlanks(from) === end ? end : from + 1
      this.#textEnd = end
      this.at = end + 1
      if (!isHelp) return this.#readType()
      this.#checkHelp()
      return Entry.help
    }
    const end = bytes.indexOf(10, p)
    this.#textStart = p
    this.#textEnd = end
    this.at = end + 1
    return Entry.comment
  }

  /** `# HELP`, `# TYPE`, `# UNIT` and `# EOF`; there are no comments. */
  #readStrictComment(p: number): Entry {
    if (this.#isWord(p, '# EOF')) {
      const end = this.bytes[p + 5] === 10 && p + 5 < this.length ? p + 6 : p + 5
      if (end < this.length) throw this.#error('unexpected data after # EOF')
      this.at = end
      return Entry.end
    }
    const keyword = ['HELP', 'TYPE', 'UNIT'].find((each) => this.#isWord(p, `# ${each} `))
    if (keyword === undefined) throw this.#unexpected('expected a valid start token', 'line', p)
    const from = this.#readFamily(keyword, p + 7)
    const end = this.bytes.indexOf(10, from)
    if (this.bytes[from] !== 32 || end >= this.length) {
      throw this.#error(`expected text in ${keyword}`)
    }
    this.#textStart = from + 1
    this.#textEnd = end
    this.at = end + 1
    if (keyword === 'TYPE') return this.#readType()
    if (keyword === 'UNIT') return this.#readUnit()
    this.#checkHelp()
    return Entry.help
  }

  #isWord(at: number, word: string): boolean {
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[at + i] !== word.charCodeAt(i)) return false
    }
    return at + word.length <= this.length
  }

  /** Reads the name of a metadata line; the end of it. */
  #readFamily(keyword: string, p: number): number {
    const end = this.bytes[p] === 34 ? this.#quotedEnd(p, 'name') : this.#nameEndAt(p)
    if (end < 0 || p >= this.length) {
      throw this.#unexpected(`expected metric name after ${keyword}`, 'metadataName', p)
    }
    const quotes = this.bytes[p] === 34 ? 1 : 0
    this.#nameStart = p + quotes
    this.#nameEnd = end - quotes
    return end
  }

  #readType(): Entry {
    const text = textOf(this.bytes.subarray(this.#textStart, this.#textEnd))
    const types = typesOf[this.dialect]
    const type = Object.hasOwn(types, text) ? types[text] : undefined
    if (type === undefined) throw this.#error(`invalid metric type ${this.#quoteText()}`)
    this.type = type
    return Entry.type
  }

  #readUnit(): Entry {
    const unit = textOf(this.bytes.subarray(this.#textStart, this.#textEnd))
    const metric = textOf(this.bytes.subarray(this.#nameStart, this.#nameEnd))
    if (unit !== '' && !metric.endsWith(`_${unit}`)) {
      const name = quoteBytes(this, this.#nameStart, this.#nameEnd)
      throw this.#error(`unit ${this.#quoteText()} not a suffix of metric ${name}`)
    }
    this.unit = unit
    return Entry.unit
  }

  #checkHelp(): void {
    if (isValidUtf8(this.bytes, this.#textStart, this.#textEnd)) return
    throw this.#error(`help text ${this.#quoteText()} is not a valid utf8 string`)
  }

  #quoteText(): string {
    return quoteBytes(this, this.#textStart, this.#textEnd)
  }

  #readSeries(p: number): void {
    const { bytes } = this
    this.#spans.count = 0
    this.seriesStart = p
    let end: number
    if (bytes[p] === 0x7b) {
      this.#nameStart = -1
      end = this.#readLabels(p, this.#spans)
    } else {
      end = this.#nameEndAt(p)
      if (end < 0) throw this.#unexpected('expected a valid start token', 'line', p)
      this.#nameStart = p
      this.#nameEnd = end
      const brace = this.#skipBlanks(end)
      if (bytes[brace] === 0x7b) end = this.#readLabels(brace, this.#spans)
    }
    this.seriesEnd = end
    if (this.#nameStart < 0) {
      const { end: shown } = tokenAt(this, 'value', this.#skipBlanks(end))
      throw this.#error(
        `metric name not set while parsing: ${quoteBytes(this, this.#lineStart, shown)}`,
      )
    }
    this.#readSample(end)
  }

  /** The end of the labels whose brace is at `brace`. */
  #readLabels(brace: number, spans: Spans): number {
    const { bytes } = this
    const ofExemplar = spans === this.#exemplarSpans
    const place: Place = ofExemplar ? 'exemplarLabels' : 'labels'
    let last = brace
    let p = this.#skipBlanks(brace + 1)
    for (;;) {
      if (bytes[p] === 0x7d && p < this.length) return p + 1
      const isQuoted = bytes[p] === 34
      const nameEnd = isQuoted ? this.#quotedEnd(p, 'name') : this.#labelEndAt(p)
      if (nameEnd < 0) throw this.#unexpected('expected label name', place, p, last)
      const nameStart = isQuoted ? p + 1 : p
      const q = this.#skipBlanks(nameEnd)
      const c = bytes[q]!
      if (isQuoted && (c === 0x2c || c === 0x7d)) {
        // A string alone is the name of the metric.
        if (ofExemplar) throw this.#unexpected('expected label name', place, q)
        if (this.#nameStart >= 0) {
          const shown = quoteBytes(this, this.#lineStart, q + 1)
          throw this.#error(`metric name already set while parsing: ${shown}`)
        }
        this.#nameStart = nameStart
        this.#nameEnd = nameEnd - 1
        if (c === 0x7d) return q + 1
        last = q
        p = this.#skipBlanks(q + 1)
        continue
      }
      if (c !== 0x3d) throw this.#unexpected('expected equal', place, q, p)
      const from = this.#skipBlanks(q + 1)
      const valueEnd = this.#readLabelValue(from, q, ofExemplar)
      spans.push(nameStart, isQuoted ? nameEnd - 1 : nameEnd, from + 1, valueEnd - 1)
      last = from
      p = this.#skipBlanks(valueEnd)
      if (bytes[p] === 0x2c && p < this.length) {
        last = p
        p = this.#skipBlanks(p + 1)
      } else if (this.#isStrict && bytes[p] !== 0x7d) {
        throw this.#unexpected('expected comma or brace close', place, p, last)
      }
    }
  }

  #readLabelValue(p: number, last: number, ofExemplar: boolean): number {
    const end =
      this.bytes[p] === 34 ? this.#quotedEnd(p, ofExemplar ? 'exemplarValue' : 'value') : -1
    if (end < 0) {
      const place = ofExemplar ? 'exemplarLabelValue' : 'labelValue'
      throw this.#unexpected('expected label value', place, p, last)
    }
    if (!isValidUtf8(this.bytes, p, end)) {
      throw this.#error(`invalid UTF-8 label value: ${quoteBytes(this, p, end)}`)
    }
    return end
  }

  /**
   * Reads what follows a series whose name and labels end at `end`: value, timestamp, exemplar. The
   * line starts at `lineStart`.
   */
  readSample(lineStart: number, end: number): void {
    this.#lineStart = lineStart
    this.seriesStart = lineStart
    this.seriesEnd = end
    this.#readSample(end)
  }

  /** Hot: 30 to 70 ns for a line that ends behind its value. */
  #readSample(end: number): void {
    const { bytes } = this
    this.hasTime = false
    this.hasExemplar = false
    const p = this.#isStrict ? end + 1 : this.#skipBlanks(end)
    let value = 0
    let valueEnd = -1
    if (!this.#isStrict || bytes[end] === 32) {
      value = this.#float.read(bytes, p)
      valueEnd = this.#float.end
    }
    const c = valueEnd < 0 ? 0 : bytes[valueEnd]!
    if (c !== 10 && c !== 32 && (c !== 9 || this.#isStrict)) {
      const last = bytes[end - 1] === 0x7d ? end - 1 : this.seriesStart
      valueEnd = this.#readOddValue('metric', 'value', end, last)
      value = this.value
    }
    this.value = value
    if (bytes[valueEnd] === 10 && valueEnd < this.length) this.at = valueEnd + 1
    else if (this.#isStrict) this.#readStrictRest(valueEnd)
    else this.#readRest(valueEnd)
  }

  /** A value that is not plain, or none at all. Sets `value`; the end of it. */
  #readOddValue(of: string, place: Place, end: number, last: number): number {
    const start = this.#skipBlanks(end)
    const found = tokenAt(this, place, start)
    if (found.name !== 'VALUE') {
      throw this.#unexpected(`expected value after ${of}`, place, start, last)
    }
    this.value = this.#floatOf(found)
    return found.end
  }

  /** The number of a token; in OpenMetrics it begins with a space. */
  #floatOf(token: Token): number {
    const from = this.#isStrict ? token.start + 1 : token.start
    try {
      return parseFloatText(textOf(this.bytes.subarray(from, token.end)))
    } catch (error) {
      throw this.#whileParsing(error as Error, token.end)
    }
  }

  /** A timestamp in ms behind the value. */
  #readRest(valueEnd: number): void {
    const { bytes } = this
    let p = this.#skipBlanks(valueEnd)
    if (bytes[p] !== 10) {
      const found = tokenAt(this, 'timestamp', p)
      if (found.name !== 'TIMESTAMP') {
        throw this.#unexpected('expected timestamp or new record', 'timestamp', p)
      }
      this.hasTime = true
      this.time = this.#millisecondsOf(found)
      p = this.#skipBlanks(found.end)
      if (bytes[p] !== 10) {
        throw this.#unexpected('expected next entry after timestamp', 'timestamp', p)
      }
    }
    this.at = p + 1
  }

  #millisecondsOf(token: Token): number {
    const digits = textOf(this.bytes.subarray(token.start, token.end))
    if (digits.length < 19 || BigInt(digits) < 1n << 63n) return Number(digits)
    const reason = `strconv.ParseInt: parsing "${digits}": value out of range`
    throw this.#whileParsing(new Error(reason), token.end)
  }

  /** A timestamp in seconds, and an exemplar. */
  #readStrictRest(valueEnd: number): void {
    if (valueEnd >= this.length) throw this.#error('data does not end with # EOF')
    let found = tokenAt(this, 'timestamp', valueEnd)
    let expected = 'expected timestamp or # symbol'
    if (found.name === 'TIMESTAMP') {
      this.hasTime = true
      this.time = this.#secondsOf(found, 'timestamp')
      expected = 'expected next entry after timestamp'
      found = this.#tokenAfter(found, 'timestamp')
    }
    if (found.name === 'COMMENT') this.#readExemplar(found.end - 1)
    else if (found.name === 'LINEBREAK') this.at = found.end
    else throw unexpectedToken(this, expected, this.#lineStart, found)
  }

  #readExemplar(brace: number): void {
    this.#exemplarSpans.count = 0
    const name = this.#nameStart
    const labelsEnd = this.#readLabels(brace, this.#exemplarSpans)
    this.#nameStart = name
    const seriesValue = this.value
    const end = this.#readOddValue('exemplar labels', 'exemplarValue', labelsEnd, labelsEnd - 1)
    this.exemplarValue = this.value
    this.value = seriesValue
    this.hasExemplar = true
    this.exemplarHasTime = false
    if (end >= this.length) throw this.#error('data does not end with # EOF')
    let found = tokenAt(this, 'exemplarTimestamp', end)
    let expected = 'expected timestamp or comment'
    if (found.name === 'TIMESTAMP') {
      this.exemplarHasTime = true
      this.exemplarTime = this.#secondsOf(found, 'exemplar timestamp')
      expected = 'expected next entry after exemplar timestamp'
      found = this.#tokenAfter(found, 'exemplarTimestamp')
    }
    if (found.name !== 'LINEBREAK') {
      throw unexpectedToken(this, expected, this.#lineStart, found)
    }
    this.at = found.end
  }

  #secondsOf(token: Token, what: string): number {
    const seconds = this.#floatOf(token)
    if (Number.isFinite(seconds)) return millisecondsOfSeconds(seconds)
    const shown = Number.isNaN(seconds) ? 'NaN' : seconds > 0 ? '+Inf' : '-Inf'
    throw this.#error(`invalid ${what} ${shown}`)
  }

  /** At the end of the page the token before it is shown. */
  #tokenAfter(before: Token, place: Place): Token {
    const found = tokenAt(this, place, before.end)
    return found.name === 'EOF' ? { ...found, start: before.start } : found
  }

  /** Where blanks may stand, the first byte that is none. */
  #skipBlanks(at: number): number {
    let p = at
    if (!this.#isStrict) while (isBlank(this.bytes[p]!)) p++
    return p
  }

  #nameEndAt(at: number): number {
    const { bytes } = this
    let p = at
    if (p >= this.length || (bytes[p]! >= 48 && bytes[p]! <= 57)) return -1
    while (isMetricChar(bytes[p]!)) p++
    return p === at ? -1 : p
  }

  #labelEndAt(at: number): number {
    const { bytes } = this
    let p = at
    if (p >= this.length || (bytes[p]! >= 48 && bytes[p]! <= 57)) return -1
    while (isLabelChar(bytes[p]!)) p++
    return p === at ? -1 : p
  }

  #quotedEnd(at: number, of: Quoted): number {
    const end = at < this.length ? quotedEnd(this, at, of) : -1
    return end < 0 ? -1 : end
  }

  /** `last` is the start of the token before, shown at the end of the page. */
  #unexpected(expected: string, place: Place, at: number, last = at): ExpositionError {
    const found = tokenAt(this, place, at)
    const shown = found.name === 'EOF' ? { ...found, start: last } : found
    return unexpectedToken(this, expected, this.#lineStart, shown)
  }

  #whileParsing(error: Error, end: number): ExpositionError {
    const line = quoteBytes(this, this.#lineStart, end)
    return this.#error(`${error.message} while parsing: ${line}`)
  }

  #error(message: string): ExpositionError {
    return new ExpositionError(message, this.#lineStart)
  }
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9
}

/** As Go casts `seconds * 1000` to an int64. */
export function millisecondsOfSeconds(seconds: number): number {
  const ms = Math.trunc(seconds * 1000)
  return ms >= -(2 ** 63) && ms < 2 ** 63 ? ms + 0 : -(2 ** 63)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function isValidUtf8(bytes: Uint8Array, from: number, to: number): boolean {
  let p = from
  while (p < to && bytes[p]! < 0x80) p++
  if (p === to) return true
  try {
    utf8.decode(bytes.subarray(p, to))
    return true
  } catch {
    return false
  }
}
