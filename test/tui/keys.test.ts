import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/tui/commands.ts'
import { type Key, press, selectedComponent } from '../../src/tui/keys.ts'
import { componentRows } from '../../src/tui/rows.ts'
import type { State } from '../../src/tui/state.ts'
import { recordedState } from '../support/tui_state.ts'

function keyOf(word: string): Key {
  return word.startsWith('C-') ? { name: word.slice(2), ctrl: true } : { name: word, ctrl: false }
}

/** Words are keys; in quotes every character is one. */
function pressed(state: State, keys: string): { state: State; effects: Effect[] } {
  const effects: Effect[] = []
  let now = state
  for (const [, typed, word] of keys.matchAll(/"([^"]*)"|(\S+)/g)) {
    for (const name of typed === undefined ? [word!] : [...typed]) {
      const step = press(now, keyOf(name))
      now = { ...now, view: step.view }
      effects.push(...step.effects)
    }
  }
  return { state: now, effects }
}

const first = recordedState('metrics')
const view = (keys: string, from = first) => pressed(from, keys).state.view

describe('screens', () => {
  it.each([
    ['2', 'graph'],
    ['3', 'debug'],
    ['7', 'meta'],
    ['2 1', 'components'],
    ['?', 'help'],
    ['? escape', 'components'],
    ['2 4 escape', 'graph'],
    ['2 4 escape escape', 'components'],
    ['escape', 'components'],
    ['enter', 'detail'],
    ['d', 'detail'],
    ['v', 'debug'],
    ['l', 'logs'],
    ['8', 'components'],
    [': "targets" enter', 'targets'],
    [': "peers" enter', 'cluster'],
    [': "tar" enter', 'targets'],
    [': "" escape', 'components'],
    [': backspace', 'components'],
  ])('%s leads to %s', (keys, screen) => {
    expect(view(keys).screen).toBe(screen)
    expect(view(keys).prompt).toBeUndefined()
  })
})

describe('rows', () => {
  const ids = first.data.components.map(({ id }) => id)

  it.each([
    ['', 0],
    ['j', 1],
    ['down down k', 1],
    ['up', 0],
    ['G', ids.length - 1],
    ['end g', 0],
    ['pagedown', ids.length - 1],
    ['pagedown pageup', 0],
    ['C-d', ids.length - 1],
  ])('%s selects row %i', (keys, index) => {
    expect(selectedComponent(pressed(first, keys).state)).toBe(ids[index])
  })

  it('stay selected while others are filtered away', () => {
    const { state } = pressed(first, 'j j / "scrape" enter')
    expect(selectedComponent(state)).toBe('prometheus.scrape.static')
  })

  it('are those that match while one types', () => {
    const rows = (keys: string) => componentRows(pressed(first, keys).state).length
    expect(rows('/ "scrape"')).toBe(3)
    expect(rows('/ "!scrape"')).toBe(ids.length - 3)
    expect(rows('/ "scrape" escape')).toBe(ids.length)
    expect(rows('/ "scrape" enter')).toBe(3)
    expect(rows('/ "scrape" enter escape')).toBe(ids.length)
    expect(rows('/ "scra(" enter')).toBe(0)
    expect(rows('/ "^prom.*(node|self)$" enter')).toBe(2)
    expect(rows('/ "scrape" C-u "relabel"')).toBe(2)
  })

  it('are at fault with Ctrl-z', () => {
    const broken = recordedState('broken')
    const rows = componentRows(pressed(broken, 'C-z').state)
    expect(rows.map(({ id }) => id)).toEqual(['local.file.gone'])
    expect(componentRows(pressed(broken, 'C-z C-z').state)).toHaveLength(5)
  })

  it('are sorted by the next column with s', () => {
    const sorts = ['tree', 'name', 'health', 'in', 'out']
    for (const [presses, sort] of [...sorts, 'tree'].entries()) {
      expect(view('s '.repeat(presses)).componentSort).toBe(sort)
    }
    const byOut = componentRows(pressed(first, 's s s s').state).map(({ id }) => id)
    expect(byOut.slice(0, 2)).toEqual(['prometheus.scrape.self', 'prometheus.scrape.node'])
  })
})

describe('the graph', () => {
  const graph = recordedState('metrics', {
    screen: 'graph',
    size: { width: 200, height: 50 },
    selected: { graph: 'prometheus.scrape.self' },
  })
  const at = (keys: string, from = graph) => selectedComponent(pressed(from, keys).state)

  it.each([
    ['right', 'prometheus.relabel.keep'],
    ['right right', 'prometheus.remote_write.sink'],
    ['right right right', 'prometheus.remote_write.sink'],
    ['left', 'prometheus.exporter.self.alloy'],
    ['down', 'discovery.relabel.unix'],
    ['down up', 'prometheus.scrape.self'],
  ])('%s leads to %s', (keys, id) => {
    expect(at(keys)).toBe(id)
  })

  it('shows what is near with f, and all again', () => {
    expect(view('f', graph).graph.hops).toBe(1)
    expect(view('f f', graph).graph.hops).toBe(2)
    expect(view('f f f', graph).graph.hops).toBeUndefined()
  })

  it('changes its form with t, as a tree it moves by rows', () => {
    expect(view('t', graph).graph.form).toBe('tree')
    expect(view('t t', graph).graph.form).toBe('layers')
    expect(at('t home j')).toBe('prometheus.scrape.self')
  })

  it('opens and shows what flows', () => {
    expect(view('enter', graph).detailId).toBe('prometheus.scrape.self')
    expect(view('v', graph).debugIds).toEqual(['prometheus.scrape.self'])
  })

  it('is opened around a component by its command', () => {
    const opened = view(': "graph prometheus.relabel.keep" enter')
    expect(opened).toMatchObject({ screen: 'graph', graph: { hops: 1 } })
    expect(opened.selected.graph).toBe('prometheus.relabel.keep')
  })
})

describe('live debugging', () => {
  it('shows one component with v, several with V', () => {
    expect(view('v').debugIds).toEqual([first.data.components[0]!.id])
    expect(view('V j V 3').debugIds).toHaveLength(2)
    expect(view('V j V k V 3').debugIds).toHaveLength(1)
  })

  it('samples less with - and more with +', () => {
    expect(view('v -').debugProbability).toBe(0.1)
    expect(view('v - - - - -').debugProbability).toBe(0.001)
    expect(view('v - + +').debugProbability).toBe(1)
  })

  it('pauses with p', () => {
    expect(view('v p').isPaused).toBe(true)
    expect(view('v p p').isPaused).toBe(false)
  })

  it('saves what is shown with s', () => {
    const record = { component: 'x', atMs: 0, text: 'a' }
    const debug = { components: ['x'], records: [record], total: 1, missed: 0, error: '' }
    const state = recordedState('metrics', { screen: 'debug', debugIds: ['x'] }, { debug })
    expect(pressed(state, 's').effects).toEqual([
      {
        kind: 'save',
        name: 'alloyts-debug-20261124T040000.ndjson',
        lines: ['{"component":"x","atMs":0,"text":"a"}'],
      },
    ])
    expect(pressed(first, '3 s').effects).toEqual([])
    expect(view('3 s').message?.isError).toBe(true)
  })
})

describe('what is done outside', () => {
  it.each([
    ['q', ['quit']],
    ['C-c', ['quit']],
    [': "x" C-c', ['quit']],
    [': "q" enter', ['quit']],
    [': "quit" enter', ['quit']],
    ['/ "q"', []],
    ['r', []],
    ['r y', ['reload']],
    ['r enter', ['reload']],
    ['r n', []],
    ['r q', []],
    [': "reload" enter y', ['reload']],
    ['C-r', ['refresh']],
  ])('%s', (keys, kinds) => {
    expect(pressed(first, keys).effects.map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe('commands', () => {
  it.each([
    ['deb', 'debug '],
    ['d', 'de'],
    ['de', 'de'],
    ['des', 'describe '],
    ['nothing', 'nothing'],
    ['debug prometheus.re', 'debug prometheus.re'],
    ['debug prometheus.rel', 'debug prometheus.relabel.keep'],
    [
      'debug prometheus.relabel.keep prometheus.rem',
      'debug prometheus.relabel.keep prometheus.remote_write.sink',
    ],
    ['describe unix.host', 'describe prometheus.exporter.unix.host'],
    ['targets prometheus.rel', 'targets prometheus.rel'],
  ])('%s is completed to %s', (text, expected) => {
    expect(view(`: "${text}" tab`).prompt?.text).toBe(expected)
  })

  it.each([
    ['nope', 'there is no command nope'],
    ['debug nope.x', 'there is no component nope.x'],
    ['describe', 'describe which component?'],
  ])('%s says what is wrong', (text, message) => {
    expect(view(`: "${text}" enter`).message).toMatchObject({ text: message, isError: true })
  })
})

describe('a component', () => {
  it('shows its next part with Tab, from its top, and JSON with y', () => {
    const opened = 'enter'
    expect(view(opened).detailTab).toBe('arguments')
    expect(view(`${opened} tab tab`).detailTab).toBe('debug info')
    expect(view(`${opened} tab tab tab tab`).detailTab).toBe('arguments')
    expect(view(`${opened} y`).isRaw).toBe(true)
  })
})

describe('the log', () => {
  it('shows more severe lines only with -, and those of a component until Esc', () => {
    expect(view('5 -').logLevel).toBe('warn')
    expect(view('5 - - -').logLevel).toBe('error')
    expect(view('5 + +').logLevel).toBe('debug')
    expect(view('l').logComponent).toBe(first.data.components[0]!.id)
    expect(view('l escape')).toMatchObject({ screen: 'logs', logComponent: undefined })
  })
})
