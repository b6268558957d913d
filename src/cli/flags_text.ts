// The flags of `run` as upstream lists them: sorted, deprecated ones and `help` included.

import { formatDurationMs } from '../go/duration.ts'
import { quote } from '../go/quote.ts'
import { runFlags } from './run_flags.ts'

/** One `name=value` a line, without an LF at the end. */
export function flagsText(values: Readonly<Record<string, unknown>>): string {
  const declared: readonly (readonly [name: string, flag: object])[] = [
    ...Object.entries(runFlags),
    ['help', {}],
  ]
  return declared
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, flag]) => {
      return `${name}=${printed(values[name], 'helpValue' in flag ? flag.helpValue : undefined)}`
    })
    .join('\n')
}

function printed(given: unknown, kind: unknown): string {
  const isWritten = typeof given === 'object' && given !== null && 'text' in given
  const { text, value } = isWritten ? (given as { text: unknown; value?: unknown }) : fixed(given)
  if (typeof value === 'boolean' || value === undefined) return String(value ?? false)
  switch (kind) {
    case 'duration':
      return formatDurationMs(Number(value))
    case 'int':
      return String(value)
    case 'strings':
      return `[${text}]`
    case '<stability_level>':
      return quote(String(text))
    default:
      return String(text)
  }
}

function fixed(value: unknown) {
  return { text: value, value }
}
