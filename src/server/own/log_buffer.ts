// The last lines of the program's own log, for whoever asks, and for those who follow it: each of
// these only has a place in the buffer, and is told how much it missed when that has gone.

import type { LogLine } from '../../client/api.ts'
import type { MetricGroup, MetricSpec } from '../../engine/metrics.ts'
import type { LogLevel } from '../../model/logger.ts'
import { fieldText, type LogRecord } from '../../services/log_format.ts'

/** More than these are dropped, however short. */
const linesMax = 20_000

/** Of a message or a field, in characters. */
const textLengthMax = 16_384

/** What a line takes besides its texts, roughly. */
const lineSizeBytes = 200

const sizeMetric: MetricSpec = {
  kind: 'gauge',
  name: 'alloyts_log_buffer_bytes',
  help: 'Size of the last lines of the log, which are kept in memory for the API.',
  labels: [],
}
const linesMetric: MetricSpec = {
  kind: 'gauge',
  name: 'alloyts_log_buffer_lines',
  help: 'Lines of the log that are kept in memory for the API.',
  labels: [],
}

export interface LogBufferOptions {
  /** Of all lines, in bytes, counting two for a character. The oldest lines go first. */
  readonly sizeBytesMax: number
  /** Blots out secrets, those that became known since a line was logged too. */
  mask(text: string): string
}

/** As it was logged, secrets included: it does not leave the buffer. */
interface Kept {
  readonly line: LogLine
  readonly sizeBytes: number
}

const gone: Kept = {
  line: { atMs: 0, level: 'debug', component: '', message: '', fields: {} },
  sizeBytes: 0,
}

export class LogBuffer {
  readonly #options: LogBufferOptions
  /** By number, from `#first` on; numbers below are gone. */
  #lines: Kept[] = []
  /** How many at the beginning of `#lines` are dropped, but not yet cut off. */
  #dropped = 0
  #first = 0
  #sizeBytes = 0
  readonly #waiting = new Set<() => void>()

  constructor(options: LogBufferOptions) {
    this.#options = options
  }

  /** Number of the oldest line that is kept. Numbers only grow. */
  get first(): number {
    return this.#first
  }

  /** Number of the next line. */
  get end(): number {
    return this.#first + this.#lines.length - this.#dropped
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Shows in `group` how much is kept. */
  addMetrics(group: MetricGroup): void {
    group.computed(sizeMetric, () => [{ labels: {}, value: this.#sizeBytes }])
    group.computed(linesMetric, () => [{ labels: {}, value: this.end - this.#first }])
  }

  add(record: LogRecord): void {
    const line = lineOf(record)
    const texts = [line.message, ...Object.entries(line.fields).flat()]
    const sizeBytes = texts.reduce((sum, { length }) => sum + 2 * length, lineSizeBytes)
    this.#lines.push({ line, sizeBytes })
    this.#sizeBytes += sizeBytes
    while (this.#sizeBytes > this.#options.sizeBytesMax || this.end - this.#first > linesMax) {
      this.#sizeBytes -= this.#lines[this.#dropped]!.sizeBytes
      this.#lines[this.#dropped] = gone
      this.#dropped++
      this.#first++
    }
    if (this.#dropped > 1000 && this.#dropped > this.#lines.length / 2) {
      this.#lines = this.#lines.slice(this.#dropped)
      this.#dropped = 0
    }
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  /** As it was logged: only to choose lines by, with nothing of it shown. */
  peek(number: number): LogLine {
    return this.#lines[this.#dropped + number - this.#first]!.line
  }

  /** Secrets hidden. */
  line(number: number): LogLine {
    const { mask } = this.#options
    const { message, fields, ...rest } = this.peek(number)
    const shown = Object.entries(fields).map(([name, value]) => [name, mask(value)])
    return { ...rest, message: mask(message), fields: Object.fromEntries(shown) }
  }

  /** Calls back once, with the next line, unless the returned function cancels it before. */
  onLine(callback: () => void): () => void {
    this.#waiting.add(callback)
    return () => this.#waiting.delete(callback)
  }
}

export interface LogFilter {
  /** This one and the more severe ones. */
  readonly level: LogLevel
  /** Global id of a component or module, whose inside counts too; all where it is empty. */
  readonly component: string
}

const severity: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

export function matches({ level, component }: LogLine, filter: LogFilter): boolean {
  if (severity[level] < severity[filter.level]) return false
  const wanted = filter.component
  return wanted === '' || component === wanted || component.startsWith(`${wanted}/`)
}

/** Fields that say of which component a line is; together they are its global id. */
const idNames: ReadonlySet<string> = new Set(['component_path', 'component_id'])

function lineOf({ timeMs, level, message, fields }: LogRecord): LogLine {
  const texts = fields.flatMap(([name, value]) => {
    return value === undefined ? [] : [[name, cut(fieldText(value))] as const]
  })
  const { component_path: path = '/', component_id: id = '' } = Object.fromEntries(texts)
  return {
    atMs: timeMs,
    level,
    component: path === '/' || id === '' ? id : `${path.slice(1)}/${id}`,
    message: cut(message),
    fields: Object.fromEntries(texts.filter(([name]) => !idNames.has(name))),
  }
}

function cut(text: string): string {
  return text.length > textLengthMax ? `${text.slice(0, textLengthMax)}…` : text
}
