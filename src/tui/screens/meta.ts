// How the collector itself is: figures of the last minutes.

import type { MetaName } from '../../client/api.ts'
import type { State } from '../state.ts'
import { bytes, count, duration, padEnd, padStart, sparkline } from '../text.ts'
import type { Theme } from '../theme.ts'

type Points = readonly (number | null)[]

interface Figure {
  readonly name: MetaName
  readonly title: string
  show(value: number): string
}

const perSecond = (value: number) => `${count(value)}/s`
const seconds = (value: number) => duration(value * 1000)

const groups: readonly (readonly [title: string, figures: readonly Figure[]])[] = [
  [
    'process',
    [
      { name: 'cpu_cores', title: 'CPU', show: (value) => `${count(value * 100)}%` },
      { name: 'resident_bytes', title: 'memory', show: bytes },
      { name: 'heap_used_bytes', title: 'heap', show: bytes },
      { name: 'loop_delay_p99_seconds', title: 'loop delay p99', show: seconds },
      { name: 'evaluation_queue', title: 'evaluation queue', show: count },
    ],
  ],
  [
    'samples',
    [
      { name: 'samples_scraped_per_second', title: 'scraped', show: perSecond },
      { name: 'samples_sent_per_second', title: 'sent', show: perSecond },
      { name: 'samples_failed_per_second', title: 'failed', show: perSecond },
      { name: 'samples_pending', title: 'pending', show: count },
      { name: 'send_lag_seconds', title: 'behind by', show: seconds },
    ],
  ],
  [
    'writers',
    [
      { name: 'shards', title: 'shards', show: count },
      { name: 'active_series', title: 'series', show: count },
      { name: 'log_bytes', title: 'log', show: bytes },
    ],
  ],
]

export function metaScreen(state: State, width: number, height: number, theme: Theme): string[] {
  const { meta } = state.data
  const failure = state.data.failures.meta
  if (meta === undefined) {
    return [theme.line([['dim', ` ${failure ?? 'waiting for an answer'}`]], width)]
  }
  const room = Math.max(8, width - 36)
  const span = Math.round((room * meta.intervalSeconds) / 60)
  const lines = [
    theme.line([['dim', ` a point every ${meta.intervalSeconds} s, ${span} min wide`]], width),
  ]
  for (const [title, figures] of groups) {
    const known = figures.filter(({ name }) => meta.series[name] !== undefined)
    if (known.length === 0) continue
    lines.push('', theme.line([['title', ` ${title}`]], width))
    for (const figure of known)
      lines.push(figureLine(figure, meta.series[figure.name]!, room, width, theme))
  }
  return lines.slice(0, height)
}

function figureLine(
  { show, title }: Figure,
  points: Points,
  room: number,
  width: number,
  theme: Theme,
): string {
  const line = padEnd(sparkline(points, room, theme.glyphs.levels).trimStart(), room)
  return theme.line(
    [
      `   ${padEnd(title, 18)}`,
      ['title', padStart(latest(points, show), 9)],
      '  ',
      ['accent', line],
    ],
    width,
  )
}

/** The newest point that is known. */
function latest(points: Points, show: (value: number) => string): string {
  const value = points.findLast((each) => each !== null)
  return value === undefined || value === null ? '-' : show(value)
}

/** For the head of every screen: the newest figure with its last points. */
export function smallFigure(
  state: State,
  name: MetaName,
  show: (value: number) => string,
  theme: Theme,
): string {
  const points = state.data.meta?.series[name]
  if (points === undefined) return ''
  const trend = sparkline(points, Math.min(6, points.length), theme.glyphs.levels)
  return `${latest(points, show)} ${trend}`
}
