// Command lines as Go programs read them: a boolean may carry its value, `--name=false`; any other
// flag takes the next word, whatever it looks like; of flags that are given twice the last holds.

import { parseBool } from '../go/number.ts'
import { CommandLineError } from './failure.ts'

interface Flag {
  readonly type: string
  readonly char?: string
  readonly allowNo?: boolean
}

type Flags = Readonly<Record<string, Flag>>

export interface CommandLine {
  /** What asks for the page of a command instead of the command. */
  readonly asksHelp: boolean
  /** Each flag once, in a form that oclif's parser reads the same way, then `--` and the rest. */
  readonly words: readonly string[]
}

/** Throws a CommandLineError in the words of Go's flag library. */
export function readCommandLine(args: readonly string[], flags: Flags): CommandLine {
  const reader = new Reader(flags)
  const words = [...args]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') reader.rest.push(...words.splice(0))
    else if (word.startsWith('--')) reader.long(word, words)
    else if (word.startsWith('-') && word !== '-') reader.short(word, words)
    else reader.rest.push(word)
  }
  return reader.result()
}

const help: Flag = { type: 'boolean', char: 'h' }

class Reader {
  readonly rest: string[] = []
  readonly #flags: ReadonlyMap<string, Flag>
  readonly #values = new Map<string, string>()
  #asksHelp = false

  constructor(flags: Flags) {
    this.#flags = new Map([['help', help], ...Object.entries(flags)])
  }

  result(): CommandLine {
    return {
      asksHelp: this.#asksHelp,
      words: [...[...this.#values.values()].filter(Boolean), '--', ...this.rest],
    }
  }

  /** `--name`, `--name=value`, or `--name` with its value in the next word. */
  long(word: string, next: string[]): void {
    const [, name = '', , value] = /^--([^=]*)(=(.*))?$/s.exec(word) ?? []
    if (name === '') throw new CommandLineError(`bad flag syntax: ${word}`)
    const flag = this.#flags.get(name)
    if (flag === undefined) throw new CommandLineError(`unknown flag: --${name}`)
    this.#set(name, flag, value, next, `--${name}`)
  }

  /** `-t`, several booleans in one word, or a flag with its value behind it. */
  short(word: string, next: string[]): void {
    for (let i = 1; i < word.length; i++) {
      const [name, flag] = [...this.#flags].find(([, { char }]) => char === word[i]) ?? []
      if (name === undefined || flag === undefined) {
        throw new CommandLineError(`unknown shorthand flag: '${word[i]}' in -${word.slice(i)}`)
      }
      const after = word.slice(i + 1)
      const isLast = after.startsWith('=') || flag.type !== 'boolean'
      const value = isLast && after !== '' ? after.replace(/^=/, '') : undefined
      this.#set(name, flag, value, next, `'${word[i]}' in -${word.slice(i)}`)
      if (isLast) return
    }
  }

  #set(
    name: string,
    flag: Flag,
    given: string | undefined,
    next: string[],
    asWritten: string,
  ): void {
    if (flag.type !== 'boolean') {
      const value = given ?? next.shift()
      if (value === undefined) {
        throw new CommandLineError(`flag needs an argument: ${asWritten}`)
      }
      this.#values.set(name, `--${name}=${value}`)
      return
    }
    const isOn = boolean(name, flag, given ?? 'true')
    if (flag === help) this.#asksHelp = isOn
    else this.#values.set(name, isOn ? `--${name}` : flag.allowNo ? `--no-${name}` : '')
  }
}

function boolean(name: string, { char }: Flag, value: string): boolean {
  try {
    return parseBool(value)
  } catch (cause) {
    const flag = char === undefined ? `--${name}` : `-${char}, --${name}`
    throw new CommandLineError(
      `invalid argument ${JSON.stringify(value)} for "${flag}" flag: ${(cause as Error).message}`,
      { cause },
    )
  }
}
