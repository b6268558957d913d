import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { alloyTokens } from '../text/alloy-tokens.ts'

interface CodeViewProps {
  readonly label: string
  readonly lines: readonly string[]
  readonly hasNumbers?: boolean
  /** Counted from 1: it is marked, and in sight. */
  readonly marked?: number | undefined
}

const lineHeight = 18

/** More are made only when they come into sight. */
const wholeLinesMax = 300

/** Alloy text in colours, of any length. */
export function CodeView({ label, lines, hasNumbers = false, marked }: CodeViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const isLong = lines.length > wholeLinesMax
  const virtualizer = useVirtualizer({
    count: isLong ? lines.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  })
  useEffect(() => {
    const element = scroller.current
    if (marked === undefined || element === null) return
    void element.scrollTo({ top: (marked - 1) * lineHeight - element.clientHeight / 2 })
    void element.scrollIntoView({ block: 'nearest' })
  }, [marked])
  const digits = String(lines.length).length
  const line = (i: number, top?: number) => (
    <div
      key={i}
      className={i + 1 === marked ? 'code-line is-marked' : 'code-line'}
      style={top === undefined ? undefined : { position: 'absolute', top: `${top}px` }}
    >
      {hasNumbers ? (
        <span className="code-number" aria-hidden="true">
          {String(i + 1).padStart(digits)}
        </span>
      ) : null}
      <CodeLine text={lines[i] ?? ''} />
    </div>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys must be able to scroll it.
    <div className="code" ref={scroller} role="group" aria-label={label} tabIndex={0}>
      {isLong ? (
        <div style={{ position: 'relative', height: `${virtualizer.getTotalSize()}px` }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => line(index, start))}
        </div>
      ) : (
        lines.map((_, i) => line(i))
      )}
    </div>
  )
}

function CodeLine({ text }: { readonly text: string }) {
  return alloyTokens(text).map((token, i) =>
    token.kind === 'plain' ? (
      token.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: tokens of a line never move.
      <span key={i} className={`token-${token.kind}`}>
        {token.text}
      </span>
    ),
  )
}
