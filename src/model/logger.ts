// Structured logs as a port; what formats and writes them is src/services.

/** Levels in rising severity. ERROR means data was lost or an operator must act. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export type LogField = string | number | boolean | bigint | Error | LogDuration | undefined

/** Printed as `1.5s` in logfmt, as whole ns in JSON. */
export interface LogDuration {
  readonly durationMs: number
}

export interface Logger {
  /** `message` is a constant sentence; what varies goes into `fields`. */
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, LogField>>): void
  /** A logger whose lines carry these fields first. */
  with(fields: Readonly<Record<string, LogField>>): Logger
}

export const silentLogger: Logger = { log: () => {}, with: () => silentLogger }
