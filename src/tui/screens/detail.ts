// One component: its health, arguments, exports, debug info, and what it is connected with.

import { type BodyStatement, bodyLines } from '../../client/alloy_body.ts'
import type { ComponentDetail } from '../../client/components.ts'
import { type DetailTab, detailTabs, type State } from '../state.ts'
import { count, duration } from '../text.ts'
import { glyphOfHealth, roleOfHealth, type Span, type Theme } from '../theme.ts'

export function detailScreen(state: State, width: number, height: number, theme: Theme): string[] {
  const { data, view } = state
  const id = view.detailId ?? ''
  const summary = data.components.find((each) => each.id === id)
  const health = summary?.health ?? data.detail?.detail?.health
  const head: Span[] = [' ', ['title', id]]
  if (health !== undefined) {
    const role = roleOfHealth(health.state)
    const age = duration(data.nowMs - health.updatedMs)
    head.push(
      ['text', '  '],
      [role, `${glyphOfHealth(health.state, theme.glyphs)} ${health.state}`],
    )
    head.push(['dim', ` for ${age}: `], health.message)
  }
  const tabs = detailTabs.flatMap((tab): Span[] => {
    return [
      ' ',
      [tab === view.detailTab ? 'key' : 'dim', tab === view.detailTab ? `[${tab}]` : ` ${tab} `],
    ]
  })
  const flow = data.flow.get(id)
  const rates = flow === undefined ? '' : `   in ${count(flow.in)}/s  out ${count(flow.out)}/s`
  const lines = bodyOf(state)
  const first = Math.min(view.scroll.detail ?? 0, Math.max(0, lines.length - (height - 2)))
  return [
    theme.line(head, width),
    theme.line([...tabs, ['dim', rates]], width),
    ...lines.slice(first, first + height - 2).map((line) => theme.line([' ', ...line], width)),
  ]
}

/** All lines of the open tab. */
export function bodyOf({ data, view }: State): readonly Span[][] {
  const shown = data.detail
  if (shown === undefined || shown.id !== view.detailId) return [[['dim', 'waiting for an answer']]]
  if (shown.error !== '') return [[['bad', shown.error]]]
  if (shown.detail === undefined) return [[['dim', 'waiting for an answer']]]
  return view.detailTab === 'references'
    ? references(shown.detail)
    : statements(shown.detail, view.detailTab, view.isRaw)
}

function statements(
  detail: ComponentDetail,
  tab: Exclude<DetailTab, 'references'>,
  isRaw: boolean,
): Span[][] {
  const body: readonly BodyStatement[] = {
    arguments: detail.arguments,
    exports: detail.exports,
    'debug info': detail.debugInfo,
  }[tab]
  if (isRaw)
    return JSON.stringify(body, undefined, 2)
      .split('\n')
      .map((line) => [line])
  if (body.length === 0) return [[['dim', 'none']]]
  return bodyLines(body).map((line): Span[] => {
    const [, start = '', rest = ''] =
      /^(\s*(?:"[^"]*"|[\w.]+)(?=\s*=|\s*\{|\s"))?(.*)$/s.exec(line) ?? []
    return [['accent', start], rest]
  })
}

function references(detail: ComponentDetail): Span[][] {
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['sends to', detail.dataFlowTo],
    ['refers to', detail.referencesTo],
    ['is referred to by', detail.referencedBy],
    ['has made the modules', detail.createdModuleIds],
  ]
  const lines = groups.flatMap(([title, ids]): Span[][] => {
    if (ids.length === 0) return []
    return [[['dim', title]], ...ids.map((id): Span[] => [`  ${id}`])]
  })
  return lines.length > 0 ? lines : [[['dim', 'none']]]
}
