// What the tools for write-ahead logs print.

import { quote } from '../go/quote.ts'
import { compareText } from '../go/text.ts'
import type { LabelSet } from '../model/label_set.ts'
import { type SeriesStatistics, targetsOf, type WalStatistics } from '../storage/wal/statistics.ts'

/** A time in ms as Go prints it: 2026-11-24 03:49:02.373 +0000 UTC. */
export function goTime(ms: number | undefined): string {
  if (ms === undefined || Math.abs(ms) > dateMaxMs) return 'none'
  const [date = '', time = ''] = new Date(ms).toISOString().slice(0, -1).split('T')
  const [seconds = '', fraction = ''] = time.split('.')
  const shown = fraction.replace(/0+$/, '')
  return `${date} ${seconds}${shown === '' ? '' : `.${shown}`} +0000 UTC`
}

/** Beyond, a Date is invalid. */
const dateMaxMs = 8.64e15

/** {name="value", …}, sorted by name. */
export function labelsText(labels: LabelSet): string {
  return `{${[...labels].map(([name, value]) => `${name}=${quote(value)}`).join(', ')}}`
}

/** What `wal-stats` prints. */
export function walStatsText(statistics: WalStatistics): string {
  const targets = targetsOf(statistics.series.values())
  const rows = targets.map(({ instance, job, samples, series }) => [job, instance, series, samples])
  return [
    ...summaryLines(statistics),
    '',
    'Per-target stats:',
    table(['JOB', 'INSTANCE', 'SERIES', 'SAMPLES'], rows),
  ].join('\n')
}

export function summaryLines(statistics: WalStatistics): string[] {
  const { checkpoint, segments } = statistics.layout
  return [
    `Oldest Sample:      ${goTime(statistics.oldest)}`,
    `Newest Sample:      ${goTime(statistics.newest)}`,
    `Total Series:       ${statistics.series.size}`,
    `Total Samples:      ${statistics.samples}`,
    `Hash Collisions:    ${statistics.renumbered}`,
    `Invalid Refs:       ${statistics.unknownRefs}`,
    `Checkpoint Segment: ${checkpoint?.index ?? -1}`,
    `First Segment:      ${segments[0]?.index ?? -1}`,
    `Latest Segment:     ${segments.at(-1)?.index ?? -1}`,
  ]
}

/** Series of a target by metric name, those with most first. */
export function cardinalityText(all: Iterable<SeriesStatistics>, job: string, instance: string) {
  const counts = new Map<string, number>()
  for (const { labels } of all) {
    if (labels.get('job') !== job || labels.get('instance') !== instance) continue
    const name = labels.get('__name__')
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b))
  return ['Metric cardinality:', '', ...sorted.map(([name, n]) => `${name}: ${n}`), ''].join('\n')
}

/** What `sample-stats` prints of series, sorted by their labels. */
export function sampleStatsText(all: readonly SeriesStatistics[]): string {
  const named = all.map((series) => ({ series, text: labelsText(series.labels) }))
  named.sort((a, b) => compareText(a.text, b.text))
  return named
    .map(({ series: { newest, oldest, samples }, text }) =>
      [
        text,
        `  Oldest Sample:      ${goTime(oldest)}`,
        `  Newest Sample:      ${goTime(newest)}`,
        `  Total Samples:      ${samples}`,
        '',
      ].join('\n'),
    )
    .join('')
}

/** A table in a frame: texts to the left, numbers to the right, heads in the middle. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => String(row[column]).length)),
  )
  const line = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const centred = heads.map((head, i) => {
    const space = widths[i]! - head.length
    return head.padStart(head.length + Math.floor(space / 2)).padEnd(widths[i]!)
  })
  const aligned = rows.map((cells) =>
    row(
      cells.map((cell, i) =>
        typeof cell === 'number' ? String(cell).padStart(widths[i]!) : cell.padEnd(widths[i]!),
      ),
    ),
  )
  return [line, row(centred), line, ...aligned, line, ''].join('\n')
}
