// Help pages, laid out as Alloy lays out its own.

import type { Config } from '@oclif/core/config'

interface Flag {
  readonly name: string
  readonly char?: string | undefined
  readonly type: string
  readonly hidden?: boolean | undefined
  readonly description?: string | undefined
  readonly summary?: string | undefined
  readonly helpValue?: string | readonly string[] | undefined
  readonly default?: unknown
}

const nameWidthMin = 11

/** The page of a command, of a group of commands, or of the program where `id` is empty. */
export async function renderHelp(id: string, config: Config): Promise<string> {
  const command = config.findCommand(id)
  const path = [config.bin, ...id.split(':')].filter((part) => part !== '').join(' ')
  if (command === undefined) return renderGroup(id, path, config)
  const { description, summary, usage, aliases = [] } = command
  // The list of commands that oclif keeps has no defaults of booleans.
  const flags = Object.entries((await command.load()).flags)
  const intro = description ?? summary ?? ''
  const line = `${config.bin} ${[usage ?? `${id.replaceAll(':', ' ')} [flags]`].flat()[0]}`
  const names = [id.split(':').at(-1) ?? '', ...aliases]
  return [
    `${intro}\n`,
    `Usage:\n  ${line}\n`,
    ...(aliases.length > 0 ? [`Aliases:\n  ${names.join(', ')}\n`] : []),
    `Flags:\n${renderFlags(
      flags.map(([name, flag]) => ({ ...flag, name })),
      names[0] ?? '',
    )}`,
  ].join('\n')
}

function renderGroup(id: string, path: string, config: Config): string {
  const isRoot = id === ''
  const intro = isRoot ? config.pjson.description : config.findTopic(id)?.description
  const prefix = isRoot ? '' : `${id}:`
  const summaries = new Map<string, string>()
  for (const { name, description } of config.topics) {
    if (isChild(name, prefix)) summaries.set(name.slice(prefix.length), description ?? '')
  }
  for (const { id: name, aliases = [], hidden, summary, description } of config.commands) {
    if (!hidden && isChild(name, prefix) && !aliases.includes(name)) {
      summaries.set(name.slice(prefix.length), summary ?? description ?? '')
    }
  }
  const names = [...summaries.keys()].sort()
  const width = Math.max(nameWidthMin, ...names.map((name) => name.length))
  const list = names.map((name) => `  ${name.padEnd(width)} ${summaries.get(name)}\n`)
  const usage = isRoot ? `  ${path} [global options] <subcommand> [flags]\n` : ''
  const flags: Flag[] = isRoot
    ? [{ name: 'version', char: 'v', type: 'boolean', summary: `version for ${config.bin}` }]
    : []
  return [
    `${intro ?? ''}\n`,
    `Usage:\n${usage}  ${path} [command]\n`,
    `Available Commands:\n${list.join('')}`,
    `Flags:\n${renderFlags(flags, path.split(' ').at(-1) ?? '')}`,
    `Use "${path} [command] --help" for more information about a command.\n`,
  ].join('\n')
}

function isChild(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && !name.slice(prefix.length).includes(':')
}

function renderFlags(flags: readonly Flag[], command: string): string {
  const help: Flag = {
    name: 'help',
    char: 'h',
    type: 'boolean',
    summary: `help for ${command}`,
  }
  const shown = [help, ...flags.filter(({ hidden, name }) => !hidden && name !== 'help')]
  shown.sort((a, b) => (a.name < b.name ? -1 : 1))
  const names = shown.map(flagName)
  const width = Math.max(...names.map((name) => name.length))
  return shown.map((flag, i) => `${names[i]!.padEnd(width)}   ${flagText(flag)}\n`).join('')
}

function flagName({ name, char, type, helpValue }: Flag): string {
  const value = type === 'boolean' ? '' : ` ${[helpValue ?? 'string'].flat()[0]}`
  return `${char === undefined ? '      ' : `  -${char}, `}--${name}${value}`
}

function flagText(flag: Flag): string {
  const text = flag.description ?? flag.summary ?? ''
  const value = presetOf(flag.default)
  const isShown =
    value !== undefined && value !== false && value !== '' && typeof value !== 'function'
  if (!isShown) return text
  return `${text} (default ${presetText(flag)})`
}

/** As Go's flag library prints it: texts in quotes, lists in brackets. */
function presetText({ default: preset, helpValue }: Flag): string {
  if (typeof preset !== 'string') return String(presetOf(preset))
  return helpValue === 'strings' ? `[${preset}]` : JSON.stringify(preset)
}

/** A default as it is printed: numbers and durations are kept with the text for that. */
export function presetOf(preset: unknown): unknown {
  const isWritten = typeof preset === 'object' && preset !== null && 'text' in preset
  return isWritten ? preset.text : preset
}
