// Shows what a write-ahead log holds, whether it is damaged, and mends it.

import { basename } from 'node:path'
import { describe } from '../engine/describe.ts'
import type { LabelSelector } from '../model/label_selector.ts'
import { diskFiles } from '../storage/files.ts'
import { repairWal } from '../storage/wal/repair.ts'
import { type SeriesStatistics, targetsOf, type WalStatistics } from '../storage/wal/statistics.ts'
import { CommandLineError } from './failure.ts'
import { goTime, labelsText, table } from './wal_text.ts'
import { ProgressBar, readStatistics, sizeOfWal } from './wal_tools.ts'

export interface InspectOptions {
  /** Of the log itself. */
  readonly folder: string
  readonly selector?: LabelSelector
  readonly verify: boolean
  readonly repair: boolean
  readonly json: boolean
  readonly nowMs: number
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown }
  stdout(text: string): void
}

/** Whether the log is, or is by now, as it should be; only asked with `verify` and `repair`. */
export async function inspectWal(options: InspectOptions): Promise<boolean> {
  const { folder, repair, selector, stdout, verify } = options
  const statistics = await readStatistics(folder, barOf(options))
  const all = [...statistics.series.values()]
  const chosen = selector === undefined ? all : all.filter(({ labels }) => selector(labels))
  const isWhole = statistics.damages.length === 0 && statistics.layout.missing.length === 0
  if (options.json) {
    const listed = selector === undefined ? undefined : chosen
    stdout(`${JSON.stringify(asJson(statistics, listed), undefined, 2)}\n`)
  } else {
    stdout(summary(statistics))
    stdout(selector === undefined ? targetTable(all) : seriesTable(chosen))
    stdout(damageText(statistics, verify || repair))
  }
  if (!repair || isWhole) return isWhole || !verify
  await mend(statistics, options)
  return true
}

function barOf({ folder, stderr }: InspectOptions): ProgressBar {
  return new ProgressBar(stderr.isTTY === true ? sizeOfWal(folder) : 0, stderr)
}

async function mend(statistics: WalStatistics, options: InspectOptions): Promise<void> {
  const { folder, json, nowMs, stderr, stdout } = options
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '')
  const backup = `${folder}.backup-${stamp}`
  const say = json ? (text: string) => stderr.write(text) : stdout
  try {
    diskFiles.copyFolder(folder, backup)
    say(`\ncopied the log to ${backup}\n`)
    const repair = repairWal(diskFiles, folder, new Set(statistics.damages.map(({ path }) => path)))
    for (const path of repair.rewritten) say(`wrote ${path} anew\n`)
    for (const path of repair.created) say(`put an empty ${path} in place\n`)
    for (const path of repair.removed) say(`removed ${path}\n`)
  } catch (error) {
    throw new CommandLineError(`cannot repair the write-ahead log: ${describe(error)}`)
  }
  const after = await readStatistics(folder, barOf(options))
  if (after.damages.length > 0 || after.layout.missing.length > 0) {
    throw new CommandLineError('the write-ahead log is still damaged; is somebody writing to it?')
  }
  say(`kept ${after.samples} samples of ${after.series.size} series\n`)
}

function summary(statistics: WalStatistics): string {
  const { bytes, exemplars, histograms, layout, metadata, records, samples } = statistics
  const { checkpoint, segments } = layout
  const [first] = segments
  const last = segments.at(-1)
  const range = first === undefined ? 'none' : `${first.index} to ${last?.index}`
  const counts = Object.entries(records).map(([name, count]) => `${name} ${count}`)
  const perSample = samples === 0 ? '' : `, ${(bytes / samples).toFixed(1)} a sample`
  const lines: [string, string | number][] = [
    ['folder', layout.folder],
    ['segments', range],
    ['checkpoint', checkpoint === undefined ? 'none' : `up to segment ${checkpoint.index}`],
    ['bytes', `${bytes}${perSample}`],
    ['oldest', goTime(statistics.oldest)],
    ['newest', goTime(statistics.newest)],
    ['series', statistics.series.size],
    ['samples', samples],
    ['histograms', histograms],
    ['exemplars', exemplars],
    ['metadata', metadata],
    ['rows of unknown series', statistics.unknownRefs],
    ['series with two numbers', statistics.renumbered],
    ['records', counts.join(', ') || 'none'],
  ]
  return `${lines.map(([name, value]) => `${`${name}:`.padEnd(25)}${value}\n`).join('')}\n`
}

function targetTable(all: readonly SeriesStatistics[]): string {
  const rows = targetsOf(all).map(({ histograms, instance, job, samples, series }) => [
    job,
    instance,
    series,
    samples,
    histograms,
  ])
  return table(['JOB', 'INSTANCE', 'SERIES', 'SAMPLES', 'HISTOGRAMS'], rows)
}

function seriesTable(chosen: readonly SeriesStatistics[]): string {
  const rows = chosen.map(({ histograms, labels, newest, oldest, samples }) => [
    labelsText(labels),
    goTime(oldest),
    goTime(newest),
    samples,
    histograms,
  ])
  rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  return table(['LABELS', 'OLDEST', 'NEWEST', 'SAMPLES', 'HISTOGRAMS'], rows)
}

function damageText({ damages, layout }: WalStatistics, saysWhole: boolean): string {
  const lines = damages.map(
    ({ from, path, reason, to }) => `${basename(path)}: bytes ${from} to ${to}: ${reason}`,
  )
  for (const index of layout.missing) lines.push(`segment ${index} is missing`)
  if (lines.length === 0) return saysWhole ? '\nno damage\n' : ''
  return `\ndamage:\n${lines.map((line) => `  ${line}\n`).join('')}`
}

function asJson(statistics: WalStatistics, chosen: readonly SeriesStatistics[] | undefined) {
  const { bytes, damages, exemplars, histograms, layout, metadata, records, samples } = statistics
  return {
    folder: layout.folder,
    segments: layout.segments.map(({ index }) => index),
    checkpoint: layout.checkpoint?.index ?? null,
    bytes,
    oldest_ms: statistics.oldest ?? null,
    newest_ms: statistics.newest ?? null,
    series: statistics.series.size,
    samples,
    histograms,
    exemplars,
    metadata,
    unknown_series_rows: statistics.unknownRefs,
    renumbered_series: statistics.renumbered,
    records,
    targets: targetsOf(statistics.series.values()),
    damages: damages.map(({ path, ...damage }) => ({ file: basename(path), ...damage })),
    missing_segments: layout.missing,
    ...(chosen === undefined
      ? {}
      : {
          selected: chosen.map(({ labels, newest, oldest, ...counts }) => ({
            labels: Object.fromEntries(labels),
            oldest_ms: oldest ?? null,
            newest_ms: newest ?? null,
            ...counts,
          })),
        }),
  }
}
