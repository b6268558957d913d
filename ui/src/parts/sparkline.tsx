import { useId, useMemo, useState } from 'react'

interface SparklineProps {
  readonly title: string
  readonly points: readonly (number | null)[]
  readonly intervalSeconds: number
  readonly lastMs: number
  /** How a value is written. */
  format(value: number): string
  /** Values above 0 are bad news. */
  readonly isProblem?: boolean
}

const width = 240
const height = 44

/** The last value, and how it came to it. */
export function Sparkline(props: SparklineProps) {
  const { title, points, intervalSeconds, lastMs, format, isProblem = false } = props
  const [at, setAt] = useState<number | undefined>()
  const id = useId()
  const { line, area, top } = useMemo(() => shape(points), [points])
  const shown = at ?? lastKnown(points)
  const value = points[shown] ?? undefined
  const isBad = isProblem && (points.at(-1) ?? 0) > 0
  const when = new Date(lastMs - (points.length - 1 - shown) * intervalSeconds * 1000)
  return (
    <div className={isBad ? 'spark is-bad' : 'spark'}>
      <span className="spark-title" id={id}>
        {title}
      </span>
      <span className="spark-value">{value === undefined ? '–' : format(value)}</span>
      <span className="spark-when">
        {at === undefined ? (top > 0 ? `max ${format(top)}` : '') : when.toLocaleTimeString()}
      </span>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={id}
        onPointerLeave={() => setAt(undefined)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const share = (event.clientX - box.left) / box.width
          setAt(Math.max(0, Math.min(points.length - 1, Math.round(share * (points.length - 1)))))
        }}
      >
        <path className="spark-area" d={area} />
        <path className="spark-line" d={line} />
        {at === undefined ? null : (
          <path className="spark-cursor" d={`M${x(at, points.length)} 0V${height}`} />
        )}
      </svg>
    </div>
  )
}

function lastKnown(points: readonly (number | null)[]): number {
  for (let i = points.length - 1; i >= 0; i--) if (points[i] !== null) return i
  return 0
}

function x(i: number, length: number): number {
  return length < 2 ? width : (i / (length - 1)) * width
}

/** From 0 up to the greatest value; gaps where nothing was known. */
function shape(points: readonly (number | null)[]) {
  let top = 0
  for (const point of points) if (point !== null && point > top) top = point
  const scale = top === 0 ? 0 : (height - 4) / top
  let line = ''
  let area = ''
  let from: number | undefined
  points.forEach((point, i) => {
    if (point === null) {
      if (from !== undefined) area += `L${x(i - 1, points.length).toFixed(1)} ${height}Z`
      from = undefined
      return
    }
    const place = `${x(i, points.length).toFixed(1)} ${(height - 1 - point * scale).toFixed(1)}`
    line += `${from === undefined ? 'M' : 'L'}${place}`
    area +=
      from === undefined ? `M${x(i, points.length).toFixed(1)} ${height}L${place}` : `L${place}`
    from ??= i
  })
  if (from !== undefined) area += `L${width} ${height}Z`
  return { line, area, top }
}
