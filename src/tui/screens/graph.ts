// The graph of components: layers from left to right where they fit, else a tree.

import type { EdgeRate, HealthReport } from '../../client/api.ts'
import {
  formOf,
  healthOf,
  type Pipeline,
  type PipelineNode,
  pipelineOf,
  type TreeRow,
  topOf,
} from '../graph_model.ts'
import type { State } from '../state.ts'
import { count } from '../text.ts'
import { glyphOfHealth, roleOfHealth, type Span, type Theme } from '../theme.ts'
import { Canvas } from './canvas.ts'
import { firstShown, selectedIndex } from './table.ts'

export function graphScreen(state: State, width: number, height: number, theme: Theme): string[] {
  const pipeline = pipelineOf(state)
  if (pipeline.nodes.size === 0) {
    return [theme.line([['dim', '  no component to show']], width)]
  }
  const drawing: Drawing = {
    pipeline,
    rates: ratesOf(state),
    health: healthOf(state, pipeline),
    selected: selectedNode(state, pipeline),
    width,
    height: height - 2,
    theme,
  }
  const lines =
    formOf(state, pipeline) === 'tree'
      ? treeLines(drawing, state.view.selected.graph)
      : layerLines(drawing)
  while (lines.length < height - 2) lines.push('')
  return [...lines, ...footOf(state, drawing)]
}

interface Drawing {
  readonly pipeline: Pipeline
  readonly rates: Rates
  readonly health: ReadonlyMap<string, HealthReport>
  readonly selected: string
  readonly width: number
  readonly height: number
  readonly theme: Theme
}

/** The first one of the tree where none is. */
export function selectedNode({ view }: State, { nodes, tree }: Pipeline): string {
  const [id = ''] = (view.selected.graph ?? '').split(' ')
  return nodes.has(id) ? id : (tree[0]?.id ?? '')
}

interface Rates {
  readonly byEdge: ReadonlyMap<string, readonly EdgeRate[]>
  readonly byNode: ReadonlyMap<string, number>
}

function ratesOf({ data, view }: State): Rates {
  const place = view.graph.isCollapsed ? topOf : (id: string) => id
  const byEdge = new Map<string, EdgeRate[]>()
  for (const rate of data.edges) {
    const key = `${place(rate.from)} ${place(rate.to)}`
    const before = byEdge.get(key)
    if (before === undefined) byEdge.set(key, [rate])
    else before.push(rate)
  }
  const byNode = new Map<string, number>()
  for (const [id, flow] of data.flow) {
    byNode.set(place(id), Math.max(byNode.get(place(id)) ?? 0, flow.in, flow.out))
  }
  return { byEdge, byNode }
}

function nodeSpans({ health, rates, theme }: Drawing, { id, label }: PipelineNode) {
  const state = health.get(id)?.state ?? 'unknown'
  const rate = rates.byNode.get(id) ?? 0
  const sign: Span = [roleOfHealth(state), glyphOfHealth(state, theme.glyphs)]
  const amount: Span = ['metric', rate > 0 ? ` ${count(rate)}/s` : '']
  return { sign, label, amount }
}

function treeLines(drawing: Drawing, selected: string | undefined): string[] {
  const { height, theme, width } = drawing
  const { nodes, tree } = drawing.pipeline
  const { glyphs } = theme
  const index = selectedIndex(
    tree.map(({ key }) => key),
    selected,
  )
  const first = firstShown(index, tree.length, height)
  return tree.slice(first, first + height).map((row, i) => {
    const isSelected = first + i === index
    const { amount, sign } = nodeSpans(drawing, nodes.get(row.id)!)
    const spans: Span[] = [
      isSelected ? glyphs.cursor : ' ',
      ['dim', branchesOf(row, theme)],
      sign,
      ' ',
      row.id,
      amount,
      ['dim', row.isRepeated ? ` ${glyphs.ellipsis}` : ''],
    ]
    return theme.line(spans, width, isSelected)
  })
}

function branchesOf({ follows }: TreeRow, { glyphs }: Theme): string {
  return follows
    .map((isFollowed, i) => {
      if (i < follows.length - 1) return isFollowed ? glyphs.trunk : '   '
      return isFollowed ? glyphs.branch : glyphs.lastBranch
    })
    .join('')
}

function layerLines(drawing: Drawing): string[] {
  const { height, pipeline, rates, selected, theme, width } = drawing
  const { layout, nodes } = pipeline
  const centre = layout.nodes.get(selected)!
  const window = {
    left: firstShown(centre.x + (centre.width >> 1), layout.width, width - 1),
    top: firstShown(centre.y, layout.height, height),
    width: width - 1,
    height,
  }
  const canvas = new Canvas(window, theme)
  const isReference = new Set(
    pipeline.edges.filter((each) => each.isReference).map(({ from, to }) => `${from} ${to}`),
  )
  for (const edge of layout.edges) {
    const key = `${edge.from} ${edge.to}`
    const isBusy = (rates.byEdge.get(key) ?? []).some(({ rate }) => rate > 0)
    const isNear = edge.from === selected || edge.to === selected
    canvas.way(edge, isNear ? 'key' : isBusy && !isReference.has(key) ? 'text' : 'dim')
  }
  const sends = new Set(pipeline.edges.map(({ from }) => from))
  for (const { id, width, x, y } of layout.nodes.values()) {
    const isSelected = id === selected
    const { amount, label, sign } = nodeSpans(drawing, nodes.get(id)!)
    const spans: Span[] = isSelected
      ? [['key', '['], sign, ['title', ` ${label}`], ['key', ']'], amount]
      : [' ', sign, ` ${label}`, amount, ' ']
    const end = canvas.text(x, y, spans)
    if (sends.has(id)) canvas.line(end, x + width, y)
  }
  return canvas.lines(width)
}

function footOf({ data, view }: State, drawing: Drawing): string[] {
  const { pipeline, rates, selected, theme, width } = drawing
  const { message = '', state = 'unknown' } = drawing.health.get(selected) ?? {}
  const way = ({ from, to }: { readonly from: string; readonly to: string }): string => {
    const known = rates.byEdge.get(`${from} ${to}`) ?? []
    const shown = known.map(
      ({ rate, type }) => `${count(rate)}${type === 'target' ? ' targets' : `/s ${signal(type)}`}`,
    )
    return shown.length === 0 ? '' : ` ${shown.join(', ')}`
  }
  const incoming = pipeline.edges.filter(({ to }) => to === selected)
  const outgoing = pipeline.edges.filter(({ from }) => from === selected)
  const { arrow } = theme.glyphs
  const parts = [
    ...incoming.map((edge) => `${edge.from} ${arrow}${way(edge)}`),
    ...outgoing.map((edge) => `${arrow} ${edge.to}${way(edge)}`),
  ]
  const failure = data.failures.graph
  const hops = view.graph.hops === undefined ? '' : `  within ${view.graph.hops}`
  return [
    theme.line(
      [
        ' ',
        ['title', selected],
        ' ',
        [roleOfHealth(state), state],
        ['dim', `: ${message}${hops}`],
        ['warn', failure === undefined ? '' : `  no rates: ${failure}`],
      ],
      width,
    ),
    theme.line([['dim', ` ${parts.join('   ')}`]], width),
  ]
}

function signal(type: string): string {
  return type.replace(/^(?:prometheus|loki|otel)_/, '')
}
