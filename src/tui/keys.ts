// What each key does: from a state to the next view, and what must be done outside.

import { completed, describe, type Effect, opened, run, type Step, said } from './commands.ts'
import { type Direction, formOf, nextNode, pipelineOf } from './graph_model.ts'
import { debugRows, rowKeys } from './rows.ts'
import { bodyOf } from './screens/detail.ts'
import { selectedNode } from './screens/graph.ts'
import { selectedIndex } from './screens/table.ts'
import {
  componentSorts,
  detailTabs,
  type Screen,
  type State,
  screens,
  targetSorts,
  type View,
} from './state.ts'

export interface Key {
  /** A character as typed, or `up`, `down`, `left`, `right`, `pageup`, `pagedown`, `home`, `end`,
   * `enter`, `escape`, `tab`, `backspace`. */
  readonly name: string
  readonly ctrl: boolean
}

export function press(state: State, key: Key): Step {
  const { view } = state
  if (key.ctrl && key.name === 'c') return quit(view)
  if (view.isReloadAsked) return answerReload(view, key)
  if (view.prompt !== undefined) return typeKey(state, key)
  const step = key.ctrl ? pressControl(state, key.name) : pressPlain(state, key.name)
  return step ?? { view, effects: [] }
}

function quit(view: View): Step {
  return { view: { ...view, isQuitting: true }, effects: [{ kind: 'quit' }] }
}

function next(view: View, ...effects: Effect[]): Step {
  return { view, effects }
}

function answerReload(view: View, { name }: Key): Step {
  const closed = { ...view, isReloadAsked: false }
  return name === 'y' || name === 'enter' ? next(closed, { kind: 'reload' }) : next(closed)
}

function typeKey(state: State, { ctrl, name }: Key): Step {
  const { view } = state
  const { kind, text } = view.prompt!
  const set = (changed: string): Step => {
    const typed = { ...view, prompt: { kind, text: changed } }
    // A filter works while it is typed.
    return next(kind === 'filter' ? withFilter(typed, changed) : typed)
  }
  switch (name) {
    case 'escape': {
      const closed = { ...view, prompt: undefined }
      return next(kind === 'filter' ? withFilter(closed, '') : closed)
    }
    case 'enter': {
      const closed = { ...view, prompt: undefined }
      return kind === 'command' ? run(text, { ...state, view: closed }) : next(closed)
    }
    case 'backspace':
      return text === ''
        ? next({ ...view, prompt: undefined })
        : set([...text].slice(0, -1).join(''))
    case 'tab':
      return kind === 'command' ? set(completed(text, state)) : next(view)
  }
  if (ctrl) return name === 'u' ? set('') : next(view)
  return [...name].length === 1 ? set(text + name) : next(view)
}

function withFilter(view: View, filter: string): View {
  const { [view.screen]: _, ...others } = view.filters
  const filters = filter === '' ? others : { ...others, [view.screen]: filter }
  return { ...view, filters, scroll: { ...view.scroll, [view.screen]: 0 } }
}

function pressControl(state: State, name: string): Step | undefined {
  const { view } = state
  switch (name) {
    case 'z':
      return next({ ...view, onlyFaults: !view.onlyFaults })
    case 'r':
      return next(view, { kind: 'refresh' })
    case 'd':
      return move(state, 'pagedown')
    case 'u':
      return move(state, 'pageup')
    default:
      return undefined
  }
}

const moves = new Map([
  ['up', 'up'],
  ['k', 'up'],
  ['down', 'down'],
  ['j', 'down'],
  ['left', 'left'],
  ['right', 'right'],
  ['pageup', 'pageup'],
  ['pagedown', 'pagedown'],
  ['home', 'home'],
  ['g', 'home'],
  ['end', 'end'],
  ['G', 'end'],
])

function pressPlain(state: State, name: string): Step | undefined {
  const { view } = state
  const move_ = moves.get(name)
  if (move_ !== undefined) return move(state, move_)
  const screen = screens[Number(name) - 1]
  if (/^[1-7]$/.test(name) && screen !== undefined) return next(opened(view, screen))
  switch (name) {
    case 'q':
      return quit(view)
    case ':':
      return next({ ...view, prompt: { kind: 'command', text: '' } })
    case '/':
      return next({ ...view, prompt: { kind: 'filter', text: view.filters[view.screen] ?? '' } })
    case '?':
      return next(opened(view, 'help'))
    case 'escape':
      return next(goBack(view))
    case 'r':
      return next({ ...view, isReloadAsked: true })
    case 's':
      return sortOrSave(state)
    case 'p':
      return next({ ...view, isPaused: !view.isPaused })
    case '+':
    case '=':
      return next(more(view, 1))
    case '-':
      return next(more(view, -1))
    case 'tab':
      return next(nextTab(view))
    case 'y':
      return next({ ...view, isRaw: !view.isRaw })
    case 't':
    case 'z':
    case 'f':
      return next(changeGraph(state, name))
    default:
      return onComponent(state, name)
  }
}

function goBack(view: View): View {
  if (view.filters[view.screen] !== undefined) return withFilter(view, '')
  if (view.screen === 'logs' && view.logComponent !== undefined) {
    return { ...view, logComponent: undefined }
  }
  const last = view.back.at(-1)
  return last === undefined ? view : { ...view, screen: last, back: view.back.slice(0, -1) }
}

/** The component that the selected row is, or belongs to. */
export function selectedComponent(state: State): string | undefined {
  const { view } = state
  if (view.screen === 'detail') return view.detailId
  if (view.screen === 'graph') return selectedNode(state, pipelineOf(state)) || undefined
  if (view.screen !== 'components' && view.screen !== 'targets') return undefined
  const keys = rowKeys(state, view.screen)
  const key = keys[selectedIndex(keys, view.selected[view.screen])]
  return view.screen === 'targets' ? key?.split(' ', 1)[0] : key
}

function onComponent(state: State, name: string): Step | undefined {
  const { view } = state
  const id = selectedComponent(state)
  if (id === undefined) return undefined
  switch (name) {
    case 'enter':
    case 'd':
      return view.screen === 'detail' ? undefined : next(describe(view, id))
    case 'v':
      return next({ ...opened(view, 'debug'), debugIds: [id], isPaused: false })
    case 'V': {
      const isShown = view.debugIds.includes(id)
      const debugIds = isShown
        ? view.debugIds.filter((each) => each !== id)
        : [...view.debugIds, id]
      const step = said(state, `debug shows ${debugIds.length} components`, false)
      return { ...step, view: { ...step.view, debugIds } }
    }
    case 'l':
      return next({ ...opened(view, 'logs'), logComponent: id })
    default:
      return undefined
  }
}

function sortOrSave(state: State): Step {
  const { view } = state
  if (view.screen === 'components') {
    return next({ ...view, componentSort: after(componentSorts, view.componentSort) })
  }
  if (view.screen === 'targets') {
    return next({ ...view, targetSort: after(targetSorts, view.targetSort) })
  }
  if (view.screen !== 'debug') return next(view)
  const lines = debugRows(state).map((record) => JSON.stringify(record))
  if (lines.length === 0) return said(state, 'there is nothing to save')
  const time = new Date(state.data.nowMs).toISOString().slice(0, 19).replaceAll(/[:-]/g, '')
  return next(view, { kind: 'save', name: `alloyts-debug-${time}.ndjson`, lines })
}

function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length]!
}

const levels = ['error', 'warn', 'info', 'debug'] as const

function more(view: View, step: 1 | -1): View {
  if (view.screen === 'logs') {
    const at = levels.indexOf(view.logLevel) + step
    return { ...view, logLevel: levels[Math.max(0, Math.min(levels.length - 1, at))]! }
  }
  if (view.screen !== 'debug') return view
  const share = step > 0 ? view.debugProbability * 10 : view.debugProbability / 10
  return { ...view, debugProbability: Math.max(0.001, Math.min(1, Number(share.toPrecision(1)))) }
}

function nextTab(view: View): View {
  if (view.screen !== 'detail') return view
  const scroll = { ...view.scroll, detail: 0 }
  return { ...view, detailTab: after(detailTabs, view.detailTab), scroll }
}

function changeGraph(state: State, name: 't' | 'z' | 'f'): View {
  const { view } = state
  if (view.screen !== 'graph') return view
  const { graph } = view
  if (name === 'z') return { ...view, graph: { ...graph, isCollapsed: !graph.isCollapsed } }
  const pipeline = pipelineOf(state)
  if (name === 't') {
    const form = formOf(state, pipeline) === 'tree' ? 'layers' : 'tree'
    return { ...view, graph: { ...graph, form } }
  }
  const hops = graph.hops === undefined ? 1 : graph.hops === 1 ? 2 : undefined
  const selected = { ...view.selected, graph: selectedNode(state, pipeline) }
  return { ...view, graph: { ...graph, hops }, selected }
}

/** Screens whose newest lines are at the bottom. */
const growing: ReadonlySet<Screen> = new Set(['debug', 'logs'])

function move(state: State, name: string): Step {
  const { view } = state
  const { screen } = view
  if (screen === 'graph') return next(moveInGraph(state, name))
  const keys = rowKeys(state, screen)
  const page = Math.max(1, view.size.height - 8)
  if (screen === 'components' || screen === 'targets' || screen === 'cluster') {
    const at = selectedIndex(keys, view.selected[screen])
    const key = keys[Math.max(0, Math.min(keys.length - 1, at + distance(name, page)))]
    return key === undefined
      ? next(view)
      : next({ ...view, selected: { ...view.selected, [screen]: key } })
  }
  const scroll = view.scroll[screen] ?? 0
  const most = linesOf(state, page)
  const step = growing.has(screen) ? -distance(name, page) : distance(name, page)
  const moved = Math.max(0, Math.min(most, scroll + step))
  return next({ ...view, scroll: { ...view.scroll, [screen]: moved } })
}

/** How far a screen without rows can be scrolled. */
function linesOf(state: State, page: number): number {
  const { data, view } = state
  if (view.screen === 'detail') return Math.max(0, bodyOf(state).length - page)
  if (view.screen === 'debug') return data.debug.records.length
  if (view.screen === 'logs') return data.logs.length
  return view.screen === 'help' ? 60 : 0
}

function distance(name: string, page: number): number {
  switch (name) {
    case 'up':
      return -1
    case 'down':
      return 1
    case 'pageup':
      return -page
    case 'pagedown':
      return page
    case 'home':
      return Number.NEGATIVE_INFINITY
    case 'end':
      return Number.POSITIVE_INFINITY
    default:
      return 0
  }
}

function moveInGraph(state: State, name: string): View {
  const { view } = state
  const pipeline = pipelineOf(state)
  const select = (id: string) => ({ ...view, selected: { ...view.selected, graph: id } })
  if (formOf(state, pipeline) === 'tree') {
    const keys = pipeline.tree.map(({ key }) => key)
    const at = selectedIndex(keys, view.selected.graph)
    const step = distance(name, Math.max(1, view.size.height - 8))
    const key = keys[Math.max(0, Math.min(keys.length - 1, at + step))]
    return key === undefined ? view : select(key)
  }
  const selected = selectedNode(state, pipeline)
  const ids = [...pipeline.layout.nodes.keys()]
  if (name === 'home') return select(ids[0] ?? '')
  if (name === 'end') return select(ids.at(-1) ?? '')
  if (name === 'pageup' || name === 'pagedown') return view
  return select(nextNode(pipeline, selected, name as Direction))
}
