// The man pages that man/ must hold.

import manifest from '../../package.json' with { type: 'json' }
import { presetOf } from '../../src/cli/help.ts'
import {
  commands,
  type DocumentedArgument,
  type DocumentedCommand,
  type DocumentedFlag,
} from './commands.ts'
import { bold, entry, italic, paragraphs, plain, section, verbatim } from './roff.ts'

type Rows = readonly (readonly [name: string, text: string])[]

/** By file name: one page for the program and one for each of its commands. */
export function manPages(): Map<string, string> {
  const pages = new Map([['alloyts.1', programPage()]])
  for (const [words, command] of Object.entries(commands)) {
    pages.set(`${pageName(words)}.1`, commandPage(words, command))
  }
  return pages
}

function pageName(words: string): string {
  return ['alloyts', ...words.split(' ')].join('-')
}

function programPage(): string {
  const list = Object.entries(commands).flatMap(([words, { summary }]) => {
    return entry(bold(`alloyts ${words}`), `${summary}. See ${pageName(words)}(1).`)
  })
  return page('alloyts', manifest.description, [
    ...section('SYNOPSIS', [
      `${bold('alloyts')} ${italic('command')} [${italic('flags')}] [${italic('arguments')}]`,
      '.br',
      `${bold('alloyts')} ${bold('--version')}`,
    ]),
    ...section('COMMANDS', list),
    ...section('OPTIONS', [
      ...entry(`${bold('-h')}, ${bold('--help')}`, 'Help for the program or for a command.'),
      ...entry(`${bold('-v')}, ${bold('--version')}`, 'The version of the program.'),
    ]),
    ...section('EXIT STATUS', [
      ...entry(bold('0'), 'The command did what it was asked to.'),
      ...entry(bold('1'), 'It did not; standard error says why.'),
    ]),
    ...seeAlso('alloyts'),
  ])
}

function commandPage(words: string, command: DocumentedCommand): string {
  const { summary, description, aliases = [], args = {}, examples = [], manual } = command
  const other = aliases.map((alias) => ` Also called ${alias}.`).join('')
  return page(pageName(words), summary, [
    ...section('SYNOPSIS', synopsis(words, command)),
    ...section('DESCRIPTION', paragraphs(`${sentence(description)}${other}`)),
    ...section('ARGUMENTS', Object.entries(args).flatMap(argumentEntry)),
    ...section('OPTIONS', flagEntries(command)),
    ...section('EXAMPLES', examples.length === 0 ? [] : verbatim(examples)),
    ...section('EXIT STATUS', rows(manual.exitCodes)),
    ...section('SIGNALS', rows(manual.signals)),
    ...section('ENVIRONMENT', rows(manual.environment)),
    ...section('FILES', rows(manual.files)),
    ...seeAlso(pageName(words)),
  ])
}

function page(name: string, summary: string, body: readonly string[]): string {
  const title = `.TH ${name.toUpperCase().replaceAll('-', '\\-')} 1 "" "alloyts ${manifest.version}"`
  const made = '.\\" Generated from the commands by `npm run docs`; never edited by hand.'
  const head = [made, title, '.SH NAME', `${plain(name)} \\- ${plain(summary)}`]
  return `${[...head, ...body].join('\n')}\n`
}

/** The words of the usage: `[flags]` and the names of arguments are placeholders. */
function synopsis(words: string, { usage, args = {} }: DocumentedCommand): string[] {
  const rest = usage.slice(words.length).trim()
  const names = new Set([...Object.keys(args), 'flags', 'path', 'file'])
  const shown = rest.split(' ').map((word) => {
    const [, open = '', name = '', close = ''] = /^(\[?)(.*?)(\]?)$/.exec(word) ?? []
    return `${open}${names.has(name) ? italic(name) : bold(name)}${close}`
  })
  return [[bold(`alloyts ${words}`), ...(rest === '' ? [] : shown)].join(' ')]
}

function argumentEntry([name, argument]: [string, DocumentedArgument]): string[] {
  const { description = '', required } = argument
  return entry(italic(name), `${sentence(description)}${required ? '' : ' May be left out.'}`)
}

function flagEntries({ flags = {}, manual }: DocumentedCommand): string[] {
  const help: DocumentedFlag = { type: 'boolean', char: 'h', description: 'Help for the command' }
  const all = Object.entries({ ...flags, help })
    .filter(([, { hidden }]) => !hidden)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const unknown = Object.keys(manual.flagNotes ?? {}).filter((name) => flags[name] === undefined)
  if (unknown.length > 0) throw new Error(`notes on unknown flags: ${unknown.join(', ')}`)
  return all.flatMap(([name, flag]) => {
    const note = manual.flagNotes?.[name]
    const text = [sentence(flag.description ?? ''), presetText(flag), note]
    return entry(flagTerm(name, flag), text.filter(Boolean).join(' '))
  })
}

function flagTerm(name: string, { type, char, helpValue }: DocumentedFlag): string {
  const long = bold(`--${name}`)
  const value = [helpValue ?? 'string'].flat()[0] ?? ''
  const shown = type === 'boolean' ? long : `${long} ${italic(value.replace(/^<|>$/g, ''))}`
  return char === undefined ? shown : `${bold(`-${char}`)}, ${shown}`
}

function presetText({ type, default: preset }: DocumentedFlag): string {
  const value = presetOf(preset)
  if (value === undefined || value === false || value === '' || typeof value === 'function') {
    return ''
  }
  if (type === 'boolean') return 'Set unless =false is given.'
  return `Default: ${typeof preset === 'string' ? JSON.stringify(preset) : String(value)}.`
}

function sentence(text: string): string {
  const trimmed = text.trim()
  const first = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /[.!?]$/.test(trimmed) ? first : `${first}.`
}

function rows(entries: Rows = []): string[] {
  return entries.flatMap(([name, text]) => entry(bold(name), text))
}

function seeAlso(own: string): string[] {
  const names = ['alloyts', ...Object.keys(commands).map(pageName)].filter((name) => name !== own)
  return section('SEE ALSO', [names.map((name) => `${bold(name)}(1)`).join(', ')])
}
