// The log of the collector itself. Go Alloy shows it nowhere.

import type { LogLine } from '../../client/api.ts'
import { logRows, logText } from '../rows.ts'
import type { State } from '../state.ts'
import type { Role, Span, Theme } from '../theme.ts'
import { tailOf, timedLine } from './tail.ts'

const roles: Readonly<Record<LogLine['level'], Role>> = {
  debug: 'dim',
  info: 'accent',
  warn: 'warn',
  error: 'bad',
}

export function logsScreen(state: State, width: number, height: number, theme: Theme): string[] {
  const { data, view } = state
  const rows = logRows(state)
  const missed = data.logs.reduce((sum, line) => sum + (line.missed ?? 0), 0)
  const scroll = view.scroll.logs ?? 0
  const head: Span[] = [
    ['dim', ` level ${view.logLevel} and above`],
    ['dim', `, ${rows.length} lines`],
    ['accent', view.logComponent === undefined ? '' : `, only ${view.logComponent}`],
    ['warn', missed > 0 ? `, ${missed} were missed` : ''],
    ['warn', scroll > 0 ? `, ${scroll} below` : ''],
  ]
  const lines = [theme.line(head, width)]
  const failure = data.failures.logs
  if (failure !== undefined) lines.push(theme.line([['dim', `  ${failure}`]], width))
  for (const line of tailOf(rows, scroll, height - lines.length)) {
    const label = [roles[line.level], line.level.padEnd(5)] as const
    lines.push(timedLine(line.atMs, label, logText(line), width, theme))
  }
  return lines
}
