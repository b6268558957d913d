import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

export interface Column<T> {
  readonly key: string
  readonly title: string
  /** A track of a CSS grid: `120px`, `minmax(0, 2fr)`. */
  readonly width: string
  /** Of the column where there is little room; `width` unless said. */
  readonly narrow?: string
  /** Left out where there is little room. */
  readonly isMinor?: boolean
  readonly isNumber?: boolean
  readonly canSort?: boolean
  show(row: T): ReactNode
}

export interface Sorting {
  readonly key: string
  readonly isDown: boolean
}

interface DataTableProps<T> {
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly count: number
  /** `undefined` while it is read. */
  row(i: number): T | undefined
  rowKey(row: T): string
  /** Enter and double click. */
  open?(row: T): void
  choose?(row: T): void
  readonly chosenKey?: string | undefined
  readonly sorting?: Sorting | undefined
  sort?(key: string): void
  /** Of the rows that are in sight, whenever that changes. */
  sees?(first: number, last: number): void
  readonly rowHeight?: number
}

/** Any number of rows: only those in sight exist. Arrows move, Enter opens. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, count, row, rowKey, chosenKey, rowHeight = 34 } = props
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const { at, onKeyDown, setAt } = useCursor(props)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  const { sees } = props
  useEffect(() => sees?.(first, last), [sees, first, last])
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at)
  }, [at, virtualizer])
  const tracks = {
    '--tracks': columns.map(({ width }) => width).join(' '),
    '--tracks-narrow': columns
      .filter(({ isMinor }) => isMinor !== true)
      .map(({ narrow, width }) => narrow ?? width)
      .join(' '),
  } as React.CSSProperties // custom properties are none of React's own
  return (
    <div
      className="table"
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      style={tracks}
      onKeyDown={(event) => {
        const step = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
        onKeyDown(event, step)
      }}
    >
      <HeadRow {...props} />
      <div
        className="table-body"
        role="rowgroup"
        style={{ height: `${virtualizer.getTotalSize()}px` }}
      >
        {items.map(({ index, start }) => {
          const value = row(index)
          const isChosen = value !== undefined && rowKey(value) === chosenKey
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the table hears the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the table has the focus.
            <div
              key={index}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={isChosen || index === at}
              className={`table-row${isChosen ? ' is-chosen' : ''}${index === at ? ' is-at' : ''}`}
              style={{ transform: `translateY(${start}px)`, height: `${rowHeight}px` }}
              onClick={() => {
                setAt(index)
                if (value !== undefined) props.choose?.(value)
              }}
            >
              {columns.map((column) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the table has the focus.
                <div key={column.key} role="gridcell" className={cellClass(column)}>
                  {value === undefined ? <span className="ghost" /> : column.show(value)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function HeadRow<T>({ columns, sorting, sort }: DataTableProps<T>) {
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="table-row" tabIndex={-1} aria-rowindex={1}>
        {columns.map((column) => {
          const isSorted = sorting?.key === column.key
          const order = sorting?.isDown === true ? 'descending' : 'ascending'
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus.
            <div
              key={column.key}
              role="columnheader"
              className={cellClass(column)}
              aria-sort={isSorted ? order : undefined}
            >
              {column.canSort === true && sort !== undefined ? (
                <button type="button" onClick={() => sort(column.key)}>
                  {column.title}
                  <span className="sort-mark" aria-hidden="true">
                    {isSorted ? (sorting.isDown ? '▾' : '▴') : ''}
                  </span>
                </button>
              ) : (
                column.title
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Only a mark has room in it where there is little. */
const markWidth = '16px'

function cellClass({ isMinor, isNumber, narrow }: Omit<Column<never>, 'show'>): string {
  if (narrow === markWidth) return 'cell is-mark'
  return `cell${isMinor === true ? ' is-minor' : ''}${isNumber === true ? ' is-number' : ''}`
}

/** The row that arrows move. */
function useCursor<T>({ count, row, open, choose }: DataTableProps<T>) {
  const [wanted, setAt] = useState(-1)
  const at = Math.min(wanted, count - 1)
  const isDue = useRef(false)
  const reached = at >= 0 ? row(at) : undefined
  // It may have to be read first.
  useEffect(() => {
    if (!isDue.current || reached === undefined) return
    isDue.current = false
    choose?.(reached)
  }, [reached, choose])
  const onKeyDown = (event: React.KeyboardEvent, page: number) => {
    if (event.target !== event.currentTarget) return
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -count,
      End: count,
    }
    const step = steps[event.key]
    const value = at >= 0 ? row(at) : undefined
    if (step !== undefined && count > 0) {
      const next = Math.max(0, Math.min(count - 1, at + step))
      setAt(next)
      isDue.current = true
    } else if (event.key === 'Enter' && value !== undefined) {
      if (open !== undefined) open(value)
      else choose?.(value)
    } else return
    event.preventDefault()
  }
  return { at, setAt, onKeyDown }
}
