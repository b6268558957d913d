import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Kept } from '../state/recorder.ts'
import { IconButton } from './panel.tsx'

interface RecordListProps<T> {
  readonly label: string
  readonly records: readonly Kept<T>[]
  show(record: T): ReactNode
}

/** Nearer to the end than this, it follows. In pixels. */
const endReach = 40

/** A stream of records of any height: it follows the end until one scrolls away from it. */
export function RecordList<T>({ label, records, show }: RecordListProps<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  const lastTop = useRef(0)
  const [follows, setFollows] = useState(true)
  const virtualizer = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    getItemKey: (i) => records[i]?.number ?? i,
    overscan: 20,
  })
  const size = virtualizer.getTotalSize()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows when the size changes.
  useEffect(() => {
    if (follows) scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [follows, size, records.length])
  return (
    <div className="record-frame">
      <div
        className="records"
        ref={scroller}
        role="log"
        aria-label={label}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys must be able to scroll it.
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          // Rows turn out higher than guessed: only who goes back leaves the end.
          if (scrollHeight - scrollTop - clientHeight < endReach) setFollows(true)
          else if (scrollTop < lastTop.current) setFollows(false)
          lastTop.current = scrollTop
        }}
      >
        <div style={{ position: 'relative', height: `${size}px` }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const record = records[index]
            return record === undefined ? null : (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className="record"
                style={{ transform: `translateY(${start}px)` }}
              >
                {show(record.value)}
              </div>
            )
          })}
        </div>
      </div>
      {follows || records.length === 0 ? null : (
        <div className="to-end">
          <IconButton
            icon="download"
            label="Follow the end"
            isTextShown
            onPress={() => setFollows(true)}
          />
        </div>
      )}
    </div>
  )
}
