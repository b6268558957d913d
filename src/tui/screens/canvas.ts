// A part of a plane, drawn in cells. Ways are kept as the directions in which each cell goes on, so
// that they turn, join and cross in the right glyph.

import type { RoutedEdge } from '../../graph/route.ts'
import { widthOf } from '../text.ts'
import type { Role, Span, Theme } from '../theme.ts'

/** Which cells are shown. */
export interface Window {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const up = 1
const right = 2
const down = 4
const left = 8

export class Canvas {
  readonly #window: Window
  readonly #theme: Theme
  readonly #ways: Uint8Array
  /** Empty where no text and no arrow is. */
  readonly #chars: string[]
  readonly #roles: Role[]

  constructor(window: Window, theme: Theme) {
    this.#window = window
    this.#theme = theme
    const cells = window.width * window.height
    this.#ways = new Uint8Array(cells)
    this.#chars = new Array<string>(cells).fill('')
    this.#roles = new Array<Role>(cells).fill('dim')
  }

  /** Ends in an arrow. */
  way({ points }: RoutedEdge, role: Role): void {
    const { arrow, back } = this.#theme.glyphs
    for (let i = 1; i < points.length; i++) {
      const [[x1, y1], [x2, y2]] = [points[i - 1]!, points[i]!]
      if (y1 === y2) this.#horizontal(y1, Math.min(x1, x2), Math.max(x1, x2), role)
      else this.#vertical(x1, Math.min(y1, y2), Math.max(y1, y2), role)
    }
    const [endX, endY] = points.at(-1)!
    const isForth = endX > points.at(-2)![0]
    const at = this.#index(isForth ? endX - 1 : endX, endY)
    if (at !== undefined) this.#chars[at] = isForth ? arrow : back
  }

  /** Joins what ends at `from` with a way that starts at `to`. */
  line(from: number, to: number, y: number): void {
    if (from < to) this.#horizontal(y, from, to, 'dim')
  }

  /**
   * Over ways. Characters that take two columns are shown as one question mark. Returns the column
   * behind it.
   */
  text(x: number, y: number, spans: readonly Span[]): number {
    let column = x
    for (const span of spans) {
      const [role, text] = typeof span === 'string' ? (['text', span] as const) : span
      for (const char of text) {
        const at = this.#index(column++, y)
        if (at === undefined) continue
        this.#chars[at] = widthOf(char) === 1 ? char : '?'
        this.#roles[at] = role
      }
    }
    return column
  }

  lines(width: number): string[] {
    const { height } = this.#window
    return Array.from({ length: height }, (_, row) => this.#theme.line(this.#spans(row), width))
  }

  /** A span for each run of one role. */
  #spans(row: number): Span[] {
    const spans: Span[] = []
    const start = row * this.#window.width
    let text = ''
    let role: Role = 'text'
    for (let at = start; at < start + this.#window.width; at++) {
      const char = this.#chars[at] || this.#theme.glyphs.lines[this.#ways[at]!]!
      const own: Role = char === ' ' ? role : this.#roles[at]!
      if (own !== role && text !== '') {
        spans.push([role, text])
        text = ''
      }
      role = own
      text += char
    }
    spans.push([role, text.trimEnd()])
    return spans
  }

  /** From the left edge of one cell to that of another one. */
  #horizontal(y: number, from: number, to: number, role: Role): void {
    for (let x = this.#clampX(from); x <= this.#clampX(to); x++) {
      this.#add(x, y, (x > from ? left : 0) | (x < to ? right : 0), role)
    }
  }

  #vertical(x: number, from: number, to: number, role: Role): void {
    const { height, top } = this.#window
    for (let y = Math.max(from, top); y <= Math.min(to, top + height - 1); y++) {
      this.#add(x, y, (y > from ? up : 0) | (y < to ? down : 0), role)
    }
  }

  #clampX(x: number): number {
    const { left, width } = this.#window
    return Math.min(Math.max(x, left), left + width - 1)
  }

  /** Ways of the selected node stay in front. */
  #add(x: number, y: number, directions: number, role: Role): void {
    const at = this.#index(x, y)
    if (at === undefined) return
    this.#ways[at] = this.#ways[at]! | directions
    if (this.#roles[at] !== 'key') this.#roles[at] = role
  }

  #index(x: number, y: number): number | undefined {
    const { height, left, top, width } = this.#window
    const isInside = x >= left && x < left + width && y >= top && y < top + height
    return isInside ? (y - top) * width + (x - left) : undefined
  }
}
