// A logger that keeps its lines, for tests to read.

import type { LogField, Logger, LogLevel } from '../../src/model/logger.ts'

export class RecordingLogger implements Logger {
  readonly lines: string[]
  readonly #fields: Readonly<Record<string, LogField>>

  constructor(lines: string[] = [], fields: Readonly<Record<string, LogField>> = {}) {
    this.lines = lines
    this.#fields = fields
  }

  log(level: LogLevel, message: string, fields: Readonly<Record<string, LogField>> = {}): void {
    const parts = Object.entries({ ...this.#fields, ...fields }).map(([name, value]) => {
      return `${name}=${value instanceof Error ? value.message : String(value)}`
    })
    this.lines.push([level, message, ...parts].join(' '))
  }

  with(fields: Readonly<Record<string, LogField>>): Logger {
    return new RecordingLogger(this.lines, { ...this.#fields, ...fields })
  }
}
