// Tables: a head, and as many rows around the selected one as there is room for.

import { cut, padEnd, padStart, shorten, widthOf } from '../text.ts'
import type { Role, Span, Theme } from '../theme.ts'

export interface Column<T> {
  readonly title: string
  /** In columns of the terminal; a share of what is left where it is `flexible`. */
  readonly width: number
  readonly isFlexible?: boolean
  /** What a flexible one does not need goes to the last flexible one. */
  readonly most?: number
  /** Whether what is too long loses its middle, as ids do, or its end. */
  readonly keepsEnd?: boolean
  readonly isRight?: boolean
  /** Below this width of the terminal it is left out. */
  readonly fromWidth?: number
  cell(row: T): string | readonly [role: Role, text: string]
}

export interface Table<T> {
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  /** Stands for all rows where there are none. */
  readonly none: string
  readonly selected: string | undefined
  keyOf(row: T): string
}

/** The place of the selected row; the first one where it is not there. */
export function selectedIndex(keys: readonly string[], selected: string | undefined): number {
  return selected === undefined ? 0 : Math.max(0, keys.indexOf(selected))
}

/** The first row that is shown, so that the selected one is near the middle. */
export function firstShown(index: number, count: number, height: number): number {
  return Math.max(0, Math.min(index - (height >> 1), count - height))
}

export function table<T>(table: Table<T>, width: number, height: number, theme: Theme): string[] {
  const { columns: all, keyOf, none, rows, selected } = table
  const columns = widths(
    all.filter(({ fromWidth = 0 }) => width >= fromWidth),
    width,
  )
  const head = columns.flatMap(({ column, size }): Span[] => {
    return [['dim', place(column.title, size, column, theme)], ' ']
  })
  const lines = [theme.line([' ', ...head], width)]
  if (rows.length === 0) lines.push(theme.line([['dim', `  ${none}`]], width))
  const index = selectedIndex(rows.map(keyOf), selected)
  const first = firstShown(index, rows.length, height - 1)
  for (let i = first; i < Math.min(rows.length, first + height - 1); i++) {
    const isSelected = i === index
    const cells = columns.flatMap(({ column, size }): Span[] => {
      const cell = column.cell(rows[i]!)
      const [role, text] = typeof cell === 'string' ? (['text', cell] as const) : cell
      return [[role, place(text, size, column, theme)], ' ']
    })
    lines.push(theme.line([isSelected ? theme.glyphs.cursor : ' ', ...cells], width, isSelected))
  }
  return lines
}

function widths<T>(columns: readonly Column<T>[], width: number) {
  const fixed = columns.reduce((sum, each) => sum + (each.isFlexible ? 0 : each.width) + 1, 1)
  const flexible = columns.filter(({ isFlexible }) => isFlexible)
  const shares = flexible.reduce((sum, each) => sum + each.width, 0)
  const room = Math.max(0, width - fixed)
  let left = room
  return columns.map((column) => {
    if (!column.isFlexible) return { column, size: column.width }
    const share = Math.floor((room * column.width) / shares)
    const size = column === flexible.at(-1) ? left : Math.min(share, column.most ?? share)
    left -= size
    return { column, size }
  })
}

function place<T>(text: string, size: number, column: Column<T>, theme: Theme): string {
  const { ellipsis } = theme.glyphs
  const short = column.keepsEnd ? shorten(text, size, ellipsis) : trim(text, size, ellipsis)
  return column.isRight ? padStart(short, size) : padEnd(short, size)
}

function trim(text: string, size: number, ellipsis: string): string {
  if (widthOf(text) <= size) return text
  return cut(text, Math.max(0, size - widthOf(ellipsis))) + cut(ellipsis, size)
}
