import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { alloyTokens } from '../text/alloy-tokens.ts'

interface CodeViewProps {
  readonly label: string
  readonly lines: readonly string[]
  readonly hasNumbers?: boolean
}

const lineHeight = 18

/** More are made only when they come into sight. */
const wholeLinesMax = 300

/** Alloy text in colours, of any length. */
export function CodeView({ label, lines, hasNumbers = false }: CodeViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const isLong = lines.length > wholeLinesMax
  const virtualizer = useVirtualizer({
    count: isLong ? lines.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  })
  const digits = String(lines.length).length
  const line = (i: number, top?: number) => (
    <div
      key={i}
      className="code-line"
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
