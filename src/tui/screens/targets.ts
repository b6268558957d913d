// The targets that are scraped, and how that went.

import type { ScrapedTarget } from '../../client/api.ts'
import { targetKey, targetRows } from '../rows.ts'
import type { State } from '../state.ts'
import { duration, widthOf } from '../text.ts'
import type { Role, Span, Theme } from '../theme.ts'
import { selectedIndex, table } from './table.ts'

export function targetsScreen(state: State, width: number, height: number, theme: Theme): string[] {
  const { data, view } = state
  const rows = targetRows(state)
  const counts = { up: 0, down: 0, unknown: 0 }
  for (const target of data.targets) counts[target.state]++
  const more = data.targetsTotal - data.targets.length
  const head: Span[] = [
    [counts.up > 0 ? 'good' : 'dim', ` ${counts.up} up`],
    [counts.down > 0 ? 'bad' : 'dim', `  ${counts.down} down`],
    ['dim', `  ${counts.unknown} unknown`],
    ['dim', more > 0 ? `  and ${more} more that are not shown` : ''],
  ]
  const failure = data.failures.targets
  if (failure !== undefined) head.push(['bad', `  ${failure}`])
  const lines = table(
    {
      columns: columnsOf(state, rows, theme),
      rows,
      none: data.targets.length === 0 ? 'nothing is scraped' : 'no target matches',
      selected: view.selected.targets,
      keyOf: targetKey,
    },
    width,
    Math.max(2, height - 3),
    theme,
  )
  const chosen = rows[selectedIndex(rows.map(targetKey), view.selected.targets)]
  while (lines.length < height - 3) lines.push('')
  return [theme.line(head, width), ...lines, ...(chosen ? footOf(chosen, width, theme) : [])]
}

function footOf(target: ScrapedTarget, width: number, theme: Theme): string[] {
  const labels = Object.entries(target.labels).map(([name, value]) => `${name}="${value}"`)
  const error = target.lastError === '' ? '' : `  ${target.lastError}`
  return [
    theme.line([['dim', ` {${labels.join(', ')}}`]], width),
    theme.line(
      [
        ['dim', ` ${target.component}`],
        ['bad', error],
      ],
      width,
    ),
  ]
}

const roles: Readonly<Record<ScrapedTarget['state'], Role>> = {
  up: 'good',
  down: 'bad',
  unknown: 'dim',
}

function columnsOf({ data }: State, rows: readonly ScrapedTarget[], { glyphs }: Theme) {
  const longest = (texts: readonly string[]) => Math.max(3, ...texts.map(widthOf))
  const sign = { up: glyphs.healthy, down: glyphs.exited, unknown: glyphs.unknown }
  return [
    {
      title: 'STATE',
      width: 9,
      cell: ({ state }: ScrapedTarget) => [roles[state], `${sign[state]} ${state}`] as const,
    },
    {
      title: 'JOB',
      width: 2,
      isFlexible: true,
      most: longest(rows.map(({ job }) => job)),
      keepsEnd: true,
      cell: ({ job }: ScrapedTarget) => job,
    },
    {
      title: 'URL',
      width: 4,
      isFlexible: true,
      most: longest(rows.map(({ url }) => url)),
      keepsEnd: true,
      cell: ({ url }: ScrapedTarget) => url,
    },
    {
      title: 'AGO',
      width: 6,
      isRight: true,
      cell: ({ lastScrapeMs }: ScrapedTarget) => {
        return lastScrapeMs === 0 ? 'never' : duration(data.nowMs - lastScrapeMs)
      },
    },
    {
      title: 'TOOK',
      width: 6,
      isRight: true,
      cell: ({ lastDurationSeconds, lastScrapeMs }: ScrapedTarget) => {
        return lastScrapeMs === 0 ? '-' : duration(lastDurationSeconds * 1000)
      },
    },
    {
      title: 'OWNER',
      width: 12,
      fromWidth: 120,
      cell: ({ owner }: ScrapedTarget) => ['dim', owner] as const,
    },
    {
      title: 'ERROR',
      width: 3,
      isFlexible: true,
      fromWidth: 100,
      cell: ({ lastError }: ScrapedTarget) => ['bad', lastError] as const,
    },
  ]
}
