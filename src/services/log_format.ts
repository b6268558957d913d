// Log lines as upstream prints them: logfmt and JSON, byte for byte.
// Source of the behaviour: alloy/internal/runtime/logging.

import { describe } from '../engine/describe.ts'
import { formatDurationMs, nsOfMs } from '../go/duration.ts'
import { jsonString } from '../go/json_text.ts'
import { quote } from '../go/quote.ts'
import { formatRfc3339 } from '../go/rfc3339.ts'
import { isPrint } from '../go/unicode.ts'
import type { LogField, LogLevel } from '../model/logger.ts'

export interface LogRecord {
  /** Unix time in ms. */
  readonly timeMs: number
  readonly level: LogLevel
  readonly message: string
  readonly fields: readonly (readonly [name: string, value: LogField])[]
}

export type LogFormat = 'logfmt' | 'json'

/** One line with its LF. `mask` sees every text before it is quoted. */
export function formatRecord(
  record: LogRecord,
  format: LogFormat,
  mask: (text: string) => string,
): string {
  return format === 'json' ? json(record, mask) : logfmt(record, mask)
}

function logfmt({ timeMs, level, message, fields }: LogRecord, mask: (text: string) => string) {
  let line = `ts=${formatRfc3339(timeMs)} level=${level}`
  if (message !== '') line += ` msg=${logfmtText(mask(message))}`
  for (const [name, value] of fields) {
    if (value === undefined) continue
    line += ` ${name.trim().replaceAll(/[ ="\t\n\v\f\r]/g, '_')}=${logfmtValue(value, mask)}`
  }
  return `${line}\n`
}

function logfmtValue(value: Exclude<LogField, undefined>, mask: (text: string) => string): string {
  const isText = typeof value === 'string' || value instanceof Error
  return isText ? logfmtText(mask(fieldText(value))) : fieldText(value)
}

/** Without quotes, and without a mask. */
export function fieldText(value: Exclude<LogField, undefined>): string {
  if (typeof value === 'object' && 'durationMs' in value) return formatDurationMs(value.durationMs)
  return value instanceof Error ? describe(value) : String(value)
}

function logfmtText(text: string): string {
  return needsQuotes(text) ? quote(text) : text
}

const harmless = /^[!#-<>-~]+$/

function needsQuotes(text: string): boolean {
  if (harmless.test(text)) return false
  if (text === '' || /[ ="]/.test(text)) return true
  for (const rune of text) if (!isPrint(rune.codePointAt(0)!)) return true
  return false
}

function json({ timeMs, level, message, fields }: LogRecord, mask: (text: string) => string) {
  let line = `{"ts":"${formatRfc3339(timeMs)}","level":"${level}"`
  if (message !== '') line += `,"msg":${jsonString(mask(message))}`
  for (const [name, value] of fields) {
    if (value !== undefined) line += `,${jsonString(name)}:${jsonValue(value, mask)}`
  }
  return `${line}}\n`
}

function jsonValue(value: LogField, mask: (text: string) => string): string {
  if (typeof value === 'object' && 'durationMs' in value) return String(nsOfMs(value.durationMs))
  if (value instanceof Error) return jsonString(mask(describe(value)))
  if (typeof value === 'string') return jsonString(mask(value))
  return Number.isNaN(value) || value === Infinity || value === -Infinity
    ? jsonString(String(value))
    : String(value)
}
