// Runs one command line: finds the command, lets oclif run it, and prints errors as Alloy does.

import { Config } from '@oclif/core/config'
import { settings } from '@oclif/core/settings'
import { describeFailure, UnknownCommandError } from './failure.ts'
import { readCommandLine } from './flags.ts'

/** Runs `args` with the package at `root`; sets the exit code instead of returning it. */
export async function main(args: readonly string[], root: string): Promise<void> {
  settings.enableAutoTranspile = false
  try {
    await dispatch(args, await Config.load({ root }))
  } catch (error) {
    const { text, exitCode } = describeFailure(error)
    process.stderr.write(text)
    process.exitCode = exitCode
  }
}

async function dispatch(args: readonly string[], config: Config): Promise<void> {
  const asksHelp = args[0] === 'help'
  const { id, rest } = commandOf(asksHelp ? args.slice(1) : args, config)
  const command = config.findCommand(id)
  const end = rest.indexOf('--')
  const own = end < 0 ? rest : rest.slice(0, end)
  const isGroup = command === undefined && (id === '' || config.findTopic(id) !== undefined)
  const stray = own.find((word) => !word.startsWith('-'))
  if (command === undefined && stray !== undefined) throw new UnknownCommandError(stray, id, config)
  const line = readCommandLine(rest, command?.flags ?? {})
  if (asksHelp || isGroup || line.asksHelp) {
    const { renderHelp } = await import('./help.ts')
    process.stdout.write(await renderHelp(id, config))
    return
  }
  await config.runCommand(id, [...line.words], command)
}

/** The longest run of leading words that names a command or a group of commands. */
function commandOf(
  args: readonly string[],
  config: Config,
): { readonly id: string; readonly rest: readonly string[] } {
  const firstFlag = args.findIndex((word) => word.startsWith('-'))
  const words = firstFlag < 0 ? args : args.slice(0, firstFlag)
  for (let count = words.length; count > 0; count--) {
    const id = words.slice(0, count).join(':')
    if (config.findCommand(id) !== undefined || config.findTopic(id) !== undefined) {
      return { id, rest: args.slice(count) }
    }
  }
  return { id: '', rest: args }
}
