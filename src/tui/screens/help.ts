// All keys and commands.

import { commandHelp } from '../commands.ts'
import type { State } from '../state.ts'
import { padEnd } from '../text.ts'
import type { Span, Theme } from '../theme.ts'

export const keyHelp: readonly (readonly [keys: string, meaning: string])[] = [
  ['1 … 7', 'components, graph, debug, targets, logs, cluster, meta'],
  ['arrows, j k', 'move; PgUp, PgDn, g and G go further'],
  ['Enter, d', 'open what is selected'],
  ['Esc', 'back, or clear the filter'],
  [':', 'a command; Tab completes it'],
  ['/', 'filter by a regular expression; ! before it for all others'],
  ['v', 'show what flows through a component; V adds it to others'],
  ['l', 'the log lines of the selected component'],
  ['Ctrl-z', 'only what is at fault'],
  ['s', 'sort otherwise; on debug: save the records as NDJSON'],
  ['p', 'pause the debug stream'],
  ['+ -', 'more or less of the debug stream, or of the log'],
  ['Tab', 'next part of a component'],
  ['y', 'a component as JSON'],
  ['t', 'graph as layers or as a tree'],
  ['z', 'graph with each module as one node'],
  ['f', 'graph around the selected component: 1 hop, 2 hops, all'],
  ['r', 'reload the configuration, after a question'],
  ['Ctrl-r', 'ask the collector again at once'],
  ['?', 'this page'],
  ['q, Ctrl-c', 'quit'],
]

export function helpScreen(state: State, width: number, height: number, theme: Theme): string[] {
  const lines: Span[][] = [
    [['title', 'keys']],
    ...keyHelp.map(([keys, meaning]): Span[] => [['key', padEnd(`  ${keys}`, 20)], meaning]),
    [],
    [['title', 'commands']],
    ...commandHelp.map(([name, meaning]): Span[] => [['key', padEnd(`  :${name}`, 20)], meaning]),
  ]
  const first = Math.min(state.view.scroll.help ?? 0, Math.max(0, lines.length - height))
  return lines.slice(first, first + height).map((line) => theme.line([' ', ...line], width))
}
