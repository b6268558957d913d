// What flows through components, as they show it to whoever watches.

import { debugRows } from '../rows.ts'
import type { DebugRecord, State } from '../state.ts'
import { count } from '../text.ts'
import type { Role, Span, Theme } from '../theme.ts'
import { tailOf, timedLine } from './tail.ts'

export function debugScreen(state: State, width: number, height: number, theme: Theme): string[] {
  const { data, view } = state
  const { debug } = data
  if (view.debugIds.length === 0) {
    return [theme.line([['dim', ' Select a component on another screen and press v.']], width)]
  }
  const rows = debugRows(state)
  const scroll = view.scroll.debug ?? 0
  const head: Span[] = [
    ' ',
    ['title', view.debugIds.join(' ')],
    ['dim', `  ${count(debug.total)} records`],
    ['warn', debug.missed > 0 ? `, ${count(debug.missed)} more were missed` : ''],
    ['dim', view.debugProbability < 1 ? `, ${percent(view.debugProbability)} of all` : ''],
    ['warn', view.isPaused ? '  paused, p goes on' : ''],
    ['dim', scroll > 0 ? `  ${scroll} below` : ''],
  ]
  const lines = [theme.line(head, width)]
  if (debug.error !== '') lines.push(theme.line([['warn', ` ${debug.error}`]], width))
  const names = view.debugIds.length > 1
  for (const record of tailOf(rows, scroll, height - lines.length)) {
    const label = names ? labelOf(record) : (['dim', ''] as const)
    lines.push(timedLine(record.atMs, label, spanOf(record), width, theme))
  }
  return lines
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))}%`
}

function labelOf({ component }: DebugRecord): readonly [role: Role, text: string] {
  return ['accent', component.slice(component.lastIndexOf('/') + 1)]
}

/** What is dropped stands out from what is kept. */
function spanOf({ text }: DebugRecord): Span {
  if (/ => (?:\{\}|<dropped>)\s*$/.test(text)) return ['dim', text]
  if (text.startsWith('[IN]')) return ['dim', text]
  return text
}
