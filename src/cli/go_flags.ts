// Flags of the kinds that Go programs have besides strings and booleans, with Go's messages.

import { custom } from '@oclif/core/flags'
import { parseDurationMs } from '../go/duration.ts'
import { CommandLineError } from './failure.ts'

interface FlagText {
  readonly description: string
  readonly hidden?: boolean
}

/** A value as written: help prints defaults as Go does, without quotes. */
export interface Written<T> {
  readonly value: T
  readonly text: string
}

/** In ms; written as in Go: `1m30s`. */
export function durationFlag(name: string, text: FlagText, preset?: string) {
  return valueFlag(name, { ...text, helpValue: 'duration' }, preset, parseDurationMs, 0)
}

export function intFlag(name: string, text: FlagText, preset?: string) {
  return valueFlag(name, { ...text, helpValue: 'int' }, preset, parseInteger, 0)
}

function parseInteger(written: string): number {
  const value = /^[+-]?\d+$/.test(written) ? Number(written) : Number.NaN
  if (Number.isSafeInteger(value)) return value
  const problem = Number.isNaN(value) ? 'invalid syntax' : 'value out of range'
  throw new Error(`strconv.ParseInt: parsing ${JSON.stringify(written)}: ${problem}`)
}

/** Bytes with a unit of 1024: `64MiB`, or none. */
export function bytesFlag(name: string, text: FlagText, preset: string) {
  return valueFlag(name, { ...text, helpValue: 'size' }, preset, parseBytes, 0)
}

function parseBytes(written: string): number {
  const [, count, unit = ''] = /^(\d+)(B|KiB|MiB|GiB)?$/.exec(written) ?? []
  if (count === undefined) throw new Error('not a size such as 64MiB')
  return Number(count) * (byteUnits[unit] ?? 1)
}

const byteUnits: Readonly<Record<string, number>> = {
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
}

/** One of a few words; `problem` says what another one is. */
export function wordFlag<W extends string>(
  name: string,
  text: FlagText & { readonly helpValue: string },
  words: readonly W[],
  problem: (written: string) => string,
) {
  const [preset = ''] = words
  return custom<string>({
    ...text,
    default: preset,
    parse: async (written) => {
      if (words.some((word) => word === written)) return written
      throw invalid(name, written, problem(written))
    },
  })()
}

function valueFlag<T>(
  name: string,
  { helpValue, ...text }: FlagText & { readonly helpValue: string },
  preset: string | undefined,
  parse: (written: string) => T,
  zero: T,
) {
  return custom<Written<T>>({
    ...text,
    helpValue,
    default: { value: preset === undefined ? zero : parse(preset), text: preset ?? '' },
    parse: async (written) => {
      try {
        return { value: parse(written), text: written }
      } catch (error) {
        throw invalid(name, written, error instanceof Error ? error.message : String(error))
      }
    },
  })()
}

function invalid(name: string, written: string, reason: string): CommandLineError {
  return new CommandLineError(
    `invalid argument ${JSON.stringify(written)} for "--${name}" flag: ${reason}`,
  )
}
