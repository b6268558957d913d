// Errors of command lines and commands, in the words that Alloy uses for them.

import { AssertionError } from 'node:assert'
import type { Config } from '@oclif/core/config'
import { ExitError } from '@oclif/core/errors'

/** A mistake of the user's that needs no stack: its message is all there is to say. */
export class CommandLineError extends Error {
  readonly exitCode: number

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly exitCode?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.exitCode = options.exitCode ?? 1
  }
}

export class UnknownCommandError extends CommandLineError {
  constructor(word: string, group: string, config: Config) {
    const path = [config.bin, ...group.split(':')].filter((part) => part !== '').join(' ')
    const names = config.commands
      .filter(({ id, aliases = [] }) => !id.includes(':') && !aliases.includes(id))
      .map(({ id }) => id)
    const similar = names.filter((name) => isSimilar(word, name)).sort()
    const hint = similar.length > 0 ? `\nDid you mean this?\n\t${similar.join('\n\t')}\n\n` : ''
    super(`unknown command "${word}" for "${path}"\n${hint}Run '${path} --help' for usage.`)
  }
}

export interface Failure {
  /** With a line feed at its end, or empty where everything has been said. */
  readonly text: string
  readonly exitCode: number
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof ExitError) return { text: '', exitCode: error.oclif.exit ?? 1 }
  const exitCode = error instanceof CommandLineError ? error.exitCode : 1
  return { text: `Error: ${messageOf(error)}\n`, exitCode }
}

/** What oclif's parser says of the command line; all of it may be absent. */
interface ParseFailure {
  readonly message?: string
  readonly parse?: {
    readonly input?: { readonly args?: Readonly<Record<string, { readonly required?: boolean }>> }
    readonly output?: { readonly argv?: readonly unknown[] }
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { parse } = error as ParseFailure
  const name = error.constructor.name
  if (name === 'UnexpectedArgsError' || name === 'RequiredArgsError') {
    const specs = Object.values(parse?.input?.args ?? {})
    const min = specs.filter(({ required }) => required).length
    const expected = min === specs.length ? `${min}` : `between ${min} and ${specs.length}`
    return `accepts ${expected} arg(s), received ${parse?.output?.argv?.length ?? 0}`
  }
  const isBug = error instanceof TypeError || error instanceof AssertionError
  if (isBug) return error.stack ?? error.message
  return error.message.replace('\nSee more help with --help', '').replace(flagPrefix, '')
}

/** What oclif puts before the message of a flag's own parser. */
const flagPrefix = /^Parsing --\S+ \n\t/

/** At most two edits apart, or the beginning of the other. */
function isSimilar(word: string, name: string): boolean {
  return name.startsWith(word.toLowerCase()) || editDistance(word.toLowerCase(), name) <= 2
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let k = 1; k <= b.length; k++) {
      const replaced = row[k - 1]! + (a[i - 1] === b[k - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[k]! + 1, next[k - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
