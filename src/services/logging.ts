// The logs of the program itself: held back until the logging block says how to print them.

import type { Clock } from '../model/clock.ts'
import type { LogField, Logger, LogLevel } from '../model/logger.ts'
import { formatRecord, type LogFormat, type LogRecord } from './log_format.ts'

/** Records held back before the first evaluation; further ones are dropped and counted. */
const heldMax = 10_000

const severity: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

export interface LogSettings {
  readonly level: LogLevel
  readonly format: LogFormat
}

export interface LogServiceOptions {
  readonly clock: Clock
  /** Takes whole lines. */
  write(line: string): void
  /** Sees each record that is printed, not masked. */
  printed?(record: LogRecord): void
  /** Blots secrets out of messages and values. */
  mask(text: string): string
}

export class LogService {
  /** The root of all loggers. */
  readonly logger: Logger = this.#loggerOf([])
  readonly #options: LogServiceOptions
  #settings: LogSettings | undefined
  #held: LogRecord[] = []
  /** Records that were dropped because too many were held back. */
  #dropped = 0

  constructor(options: LogServiceOptions) {
    this.#options = options
  }

  /** Prints from now on, beginning with what was held back. */
  configure(settings: LogSettings): void {
    this.#settings = settings
    const held = this.#held
    this.#held = []
    for (const record of held) this.#print(record, settings)
    if (this.#dropped > 0) {
      const dropped = this.#dropped
      this.#dropped = 0
      this.logger.log('warn', 'log records before the first evaluation were dropped', { dropped })
    }
  }

  #loggerOf(own: LogRecord['fields']): Logger {
    return {
      log: (level, message, fields) => {
        if (this.#settings !== undefined && isBelow(level, this.#settings)) return
        const timeMs = this.#options.clock.now()
        const all = fields === undefined ? own : [...own, ...Object.entries(fields)]
        this.#take({ timeMs, level, message, fields: all })
      },
      with: (fields: Readonly<Record<string, LogField>>) =>
        this.#loggerOf([...own, ...Object.entries(fields)]),
    }
  }

  #take(record: LogRecord): void {
    if (this.#settings !== undefined) this.#print(record, this.#settings)
    else if (this.#held.length < heldMax) this.#held.push(record)
    else this.#dropped++
  }

  #print(record: LogRecord, settings: LogSettings): void {
    if (isBelow(record.level, settings)) return
    const { mask, printed, write } = this.#options
    printed?.(record)
    write(formatRecord(record, settings.format, mask))
  }
}

function isBelow(level: LogLevel, settings: LogSettings): boolean {
  return severity[level] < severity[settings.level]
}
