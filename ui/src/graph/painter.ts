// Draws the graph: only what is in the window, and only what can be read at its scale.

import { rate, shortNumber } from '../text/format.ts'
import type { Colours } from './colours.ts'
import { type FlowType, type Rates, summed } from './rates.ts'
import { frameTitleHeight, type Scene, type SceneEdge, type SceneNode } from './scene.ts'
import type { Size, View } from './view.ts'

export interface Picture {
  readonly scene: Scene
  readonly rates: Rates
  readonly colours: Colours
  readonly selected: string | undefined
  /** Those that the search found; all others step back. */
  readonly matches: ReadonlySet<string> | undefined
}

/** Below, boxes are coloured rectangles and edges hairlines. */
const textScale = 0.34
const rateScale = 0.5

export class Painter {
  readonly #context: CanvasRenderingContext2D
  readonly #cut = new Map<string, string>()
  #edges: readonly PaintedEdge[] = []
  #edgesOf: Scene | undefined
  #ratesOf: Rates | undefined

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false })
    if (context === null) throw new Error('this browser cannot draw')
    this.#context = context
  }

  /** @param ratio device pixels for each of the window's. */
  paint(picture: Picture, view: View, window: Size, ratio: number): void {
    const context = this.#context
    const { colours, scene } = picture
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.fillStyle = colours.background
    context.fillRect(0, 0, window.width, window.height)
    const { scale } = view
    const zoom = ratio * scale
    context.setTransform(zoom, 0, 0, zoom, -view.x * zoom, -view.y * zoom)
    const left = view.x
    const top = view.y
    const right = left + window.width / scale
    const bottom = top + window.height / scale
    const inWindow = ({ x, y, width, height }: Area) =>
      x < right && x + width > left && y < bottom && y + height > top
    for (const node of scene.nodes) if (node.isOpen && inWindow(node)) this.#frame(node, picture)
    const edges = this.#paintedEdges(picture).filter((edge) => inWindow(edge))
    this.#lines(edges, picture, scale)
    for (const node of scene.nodes) {
      if (!node.isOpen && inWindow(node)) this.#box(node, picture, scale)
    }
    if (scale >= rateScale) for (const edge of edges) this.#rate(edge, colours)
  }

  #paintedEdges({ rates, scene }: Picture): readonly PaintedEdge[] {
    if (this.#edgesOf !== scene || this.#ratesOf !== rates) {
      this.#edges = scene.edges.map((edge) => paintedEdge(edge, rates))
      this.#edgesOf = scene
      this.#ratesOf = rates
    }
    return this.#edges
  }

  #frame(node: SceneNode, picture: Picture): void {
    const context = this.#context
    const { colours, selected } = picture
    const { x, y, width, height } = node
    const { state } = node.component.health
    context.beginPath()
    context.roundRect(x, y, width, height, 10)
    context.fillStyle = colours.frame
    context.fill()
    context.lineWidth = node.id === selected ? 2.5 : 1
    context.strokeStyle = node.id === selected ? colours.accent : colours.line
    context.stroke()
    context.fillStyle = state === 'healthy' ? colours.faint : colours.health[state]
    context.font = `600 12px ${colours.mono}`
    context.textBaseline = 'middle'
    const title = `− ${node.component.name} ${node.component.label}`
    context.fillText(this.#shortened(title, width - 24), x + 12, y + frameTitleHeight / 2 + 3)
  }

  #lines(edges: readonly PaintedEdge[], picture: Picture, scale: number): void {
    const context = this.#context
    const { colours, selected } = picture
    context.lineJoin = 'round'
    const hair = Math.max(1, 0.7 / scale)
    for (const { edge, type, width } of edges) {
      const isChosen = edge.from === selected || edge.to === selected
      const isDim = selected !== undefined && !isChosen
      context.globalAlpha = isDim ? 0.45 : 1
      context.strokeStyle = type === undefined ? colours.idle : colours.flow[type]
      context.lineWidth = Math.max(isChosen ? width + 1 : width, hair)
      context.setLineDash(edge.flows.length === 0 ? [3, 4] : [])
      trace(context, edge.points, scale >= textScale ? 6 : 0)
      context.stroke()
      if (scale >= textScale && !edge.isInner && edge.flows.length > 0) this.#arrow(edge)
    }
    context.setLineDash([])
    context.globalAlpha = 1
  }

  #arrow({ points }: SceneEdge): void {
    const end = points.at(-1)
    const before = points.at(-2)
    if (end === undefined || before === undefined) return
    const context = this.#context
    const [x, y] = end
    const side = x >= before[0] ? 1 : -1
    context.beginPath()
    context.moveTo(x, y)
    context.lineTo(x - 7 * side, y - 4)
    context.lineTo(x - 7 * side, y + 4)
    context.closePath()
    context.fillStyle = context.strokeStyle
    context.fill()
  }

  #box(node: SceneNode, { colours, matches, selected }: Picture, scale: number): void {
    const context = this.#context
    const { component, x, y, width, height } = node
    const state = node.sickInside > 0 ? 'unhealthy' : component.health.state
    context.globalAlpha = matches !== undefined && !matches.has(node.id) ? 0.25 : 1
    if (scale < textScale) {
      context.fillStyle = state === 'healthy' ? colours.line : colours.health[state]
      context.fillRect(x, y, width, height)
      if (node.id === selected) this.#ring(node, colours, 3 / scale)
      context.globalAlpha = 1
      return
    }
    if (node.inside > 0) {
      context.beginPath()
      context.roundRect(x + 4, y + 4, width, height, 6)
      context.fillStyle = colours.frame
      context.fill()
      context.lineWidth = 1
      context.strokeStyle = colours.line
      context.stroke()
    }
    context.beginPath()
    context.roundRect(x, y, width, height, 6)
    context.fillStyle = colours.soft[state]
    context.fill()
    context.lineWidth = 1
    context.strokeStyle = state === 'healthy' ? colours.line : colours.health[state]
    context.stroke()
    context.beginPath()
    context.roundRect(x, y, 4, height, [6, 0, 0, 6])
    context.fillStyle = colours.health[state]
    context.fill()
    this.#boxText(node, colours)
    if (node.id === selected) this.#ring(node, colours, 2.5)
    context.globalAlpha = 1
  }

  #boxText({ component, inside, x, y, width }: SceneNode, colours: Colours): void {
    const context = this.#context
    context.textBaseline = 'middle'
    context.font = `11px ${colours.sans}`
    context.fillStyle = colours.faint
    context.fillText(this.#shortened(component.name, width - 26), x + 14, y + 14)
    context.font = `600 12px ${colours.mono}`
    context.fillStyle = colours.text
    const more = inside > 0 ? `+ ${inside}` : ''
    const room = width - 26 - (more === '' ? 0 : 40)
    context.fillText(this.#shortened(component.label || component.name, room), x + 14, y + 30)
    if (more === '') return
    context.textAlign = 'right'
    context.fillText(more, x + width - 10, y + 30)
    context.textAlign = 'left'
  }

  #ring({ x, y, width, height }: SceneNode, { accent }: Colours, line: number): void {
    const context = this.#context
    context.beginPath()
    context.roundRect(x - line, y - line, width + 2 * line, height + 2 * line, 8)
    context.lineWidth = line
    context.strokeStyle = accent
    context.stroke()
  }

  #rate({ edge, text, type }: PaintedEdge, colours: Colours): void {
    const [start] = edge.points
    if (text === '' || start === undefined || type === undefined || edge.isInner) return
    const context = this.#context
    context.font = `11px ${colours.sans}`
    context.textBaseline = 'alphabetic'
    context.lineWidth = 3
    context.strokeStyle = colours.background
    context.fillStyle = colours.flow[type]
    const [x, y] = [start[0] + 4, start[1] - 4]
    context.strokeText(text, x, y)
    context.fillText(text, x, y)
  }

  /** As much as there is room for, in the font that is set. */
  #shortened(text: string, room: number): string {
    const context = this.#context
    const key = `${context.font} ${room} ${text}`
    const known = this.#cut.get(key)
    if (known !== undefined) return known
    let cut = text
    while (cut.length > 1 && context.measureText(cut).width > room) {
      cut = cut.length > 2 ? `${cut.slice(0, -2)}…` : '…'
    }
    if (this.#cut.size > 20_000) this.#cut.clear()
    this.#cut.set(key, cut)
    return cut
  }
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface PaintedEdge extends Area {
  readonly edge: SceneEdge
  /** Of what there is most; none where nothing flows. */
  readonly type: FlowType | undefined
  readonly text: string
}

function paintedEdge(edge: SceneEdge, rates: Rates): PaintedEdge {
  const sums = summed(edge.flows, rates)
  let most = 0
  let type: FlowType | undefined
  for (const [each, sum] of sums) {
    if (sum <= most) continue
    most = sum
    type = each
  }
  const text = type === undefined ? '' : type === 'target' ? shortNumber(most) : rate(most)
  return { edge, type, text, ...areaOf(edge), width: lineWidth(type, most) }
}

/** 1 to 4, by the order of magnitude. */
function lineWidth(type: FlowType | undefined, most: number): number {
  if (type === undefined || type === 'target') return 1.2
  return 1.2 + Math.min(2.4, Math.log10(1 + most) / 2)
}

function areaOf({ points }: SceneEdge): Area {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  // Room for the rate beside it.
  return { x: left, y: top - 16, width: right - left + 70, height: bottom - top + 32 }
}

/** With round corners. */
function trace(context: CanvasRenderingContext2D, points: SceneEdge['points'], radius: number) {
  context.beginPath()
  const [first] = points
  if (first === undefined) return
  context.moveTo(first[0], first[1])
  for (let i = 1; i < points.length; i++) {
    const [x, y] = points[i]!
    const next = points[i + 1]
    if (next === undefined || radius === 0) context.lineTo(x, y)
    else
      context.arcTo(
        x,
        y,
        next[0],
        next[1],
        Math.min(radius, reach(points[i - 1]!, points[i]!, next)),
      )
  }
}

/** Half of the shorter of two pieces, so that neighbouring corners do not overlap. */
function reach(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
) {
  const first = Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1])
  const second = Math.abs(b[0] - c[0]) + Math.abs(b[1] - c[1])
  return Math.min(first, second) / 2
}
