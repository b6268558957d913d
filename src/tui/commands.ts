// What can be typed after `:`, and how it is completed.

import { detailTabs, type Screen, type State, type View } from './state.ts'

/** What the terminal or the collector must do. */
export type Effect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'reload' }
  | { readonly kind: 'refresh' }
  /** Writes lines into a file of the working directory. */
  | { readonly kind: 'save'; readonly name: string; readonly lines: readonly string[] }

export interface Step {
  readonly view: View
  readonly effects: readonly Effect[]
}

export const commandHelp: readonly (readonly [form: string, meaning: string])[] = [
  ['components', 'the table of components'],
  ['graph [ID]', 'the graph, around a component'],
  ['debug ID…', 'what flows through components'],
  ['targets', 'what is scraped'],
  ['logs [ID]', 'the log, of a component'],
  ['cluster, peers', 'the nodes of the cluster'],
  ['meta', 'figures of the collector itself'],
  ['describe ID', 'one component'],
  ['reload', 'read the configuration again'],
  ['help', 'all keys'],
  ['quit, q', 'leave'],
]

const names = [
  'components',
  'graph',
  'debug',
  'targets',
  'logs',
  'cluster',
  'peers',
  'meta',
  'describe',
  'reload',
  'help',
  'quit',
]

const takesId = new Set(['graph', 'debug', 'logs', 'describe'])

/** The text of the prompt, as far as there is only one way to go on. */
export function completed(text: string, state: State): string {
  const space = text.lastIndexOf(' ')
  const last = text.slice(space + 1)
  const [name = ''] = text.split(' ', 1)
  const isId = space >= 0
  if (isId && !takesId.has(name)) return text
  const all = isId ? state.data.components.map(({ id }) => id) : names
  const starting = all.filter((each) => each.startsWith(last))
  const found =
    starting.length > 0 ? starting : isId ? all.filter((each) => each.includes(last)) : []
  if (found.length === 0) return text
  const [only = ''] = found
  const common =
    found.length > 1 ? commonStart(found) : `${only}${!isId && takesId.has(only) ? ' ' : ''}`
  return common.length > last.length || found.length === 1
    ? text.slice(0, space + 1) + common
    : text
}

/** What the prompt could be completed to. */
export function candidates(text: string, state: State): readonly string[] {
  const space = text.lastIndexOf(' ')
  const last = text.slice(space + 1)
  const [name = ''] = text.split(' ', 1)
  if (space < 0) return names.filter((each) => each.startsWith(last))
  if (!takesId.has(name)) return []
  return state.data.components.map(({ id }) => id).filter((each) => each.includes(last))
}

function commonStart(texts: readonly string[]): string {
  let common = texts[0] ?? ''
  for (const text of texts) {
    while (!text.startsWith(common)) common = common.slice(0, -1)
  }
  return common
}

/** Runs what was typed; an unknown command says so. */
export function run(text: string, state: State): Step {
  const { view } = state
  const [typed = '', ...words] = text.trim().split(/\s+/)
  const fits = names.filter((each) => each.startsWith(typed))
  const name =
    typed === 'q' ? 'quit' : names.includes(typed) || fits.length !== 1 ? typed : fits[0]!
  const unknown = words.find((id) => !state.data.components.some((each) => each.id === id))
  if (takesId.has(name) && unknown !== undefined) {
    return said(state, `there is no component ${unknown}`)
  }
  const [id] = words
  switch (name) {
    case '':
      return { view, effects: [] }
    case 'quit':
      return { view: { ...view, isQuitting: true }, effects: [{ kind: 'quit' }] }
    case 'reload':
      return { view: { ...view, isReloadAsked: true }, effects: [] }
    case 'describe':
      return id === undefined ? said(state, 'describe which component?') : shown(describe(view, id))
    case 'debug':
      return shown({ ...opened(view, 'debug'), ...(words.length > 0 && { debugIds: words }) })
    case 'logs':
      return shown({ ...opened(view, 'logs'), logComponent: id })
    case 'graph':
      return shown(id === undefined ? opened(view, 'graph') : around(view, id))
    case 'peers':
      return shown(opened(view, 'cluster'))
    case 'components':
    case 'targets':
    case 'cluster':
    case 'meta':
    case 'help':
      return shown(opened(view, name))
    default:
      return said(state, `there is no command ${typed}`)
  }
}

function shown(view: View): Step {
  return { view, effects: [] }
}

function around(view: View, id: string): View {
  const next = opened(view, 'graph')
  return { ...next, graph: { ...next.graph, hops: 1 }, selected: { ...next.selected, graph: id } }
}

/** How long a message stays. */
const messageMs = 6000

export function said(state: State, text: string, isError = true): Step {
  const message = { text, isError, untilMs: state.data.nowMs + messageMs }
  return { view: { ...state.view, message }, effects: [] }
}

/** Esc leads back from there. */
export function opened(view: View, screen: Screen): View {
  if (screen === view.screen) return view
  return { ...view, screen, back: [...view.back.slice(-20), view.screen] }
}

export function describe(view: View, id: string): View {
  return {
    ...opened(view, 'detail'),
    detailId: id,
    detailTab: detailTabs[0],
    scroll: { ...view.scroll, detail: 0 },
  }
}
