// Takes the program's own figures every few seconds, from the cells of the metrics themselves: the
// page of /metrics is not made for it.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { MetaName } from '../../client/api.ts'
import type { Labels, Reading } from '../../engine/metric_cells.ts'
import type { MetricStore } from '../../engine/metrics.ts'
import type { Clock } from '../../model/clock.ts'
import { type MetaHistory, metaIntervalMs } from './meta_history.ts'

/** What only the process itself knows. */
export interface ProcessFigures {
  /** Processor time used so far. */
  cpuSeconds(): number
  residentBytes(): number
  heapUsedBytes(): number
  /** Since it was asked before. */
  loopDelayP99Seconds(): number
  close(): void
}

/** ms between two looks of Node at the loop, which are not a delay of it. */
const loopResolutionMs = 20

export function processFigures(): ProcessFigures {
  const delay = monitorEventLoopDelay({ resolution: loopResolutionMs })
  delay.enable()
  return {
    cpuSeconds: () => {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1e6
    },
    residentBytes: () => process.memoryUsage.rss(),
    heapUsedBytes: () => getHeapStatistics().used_heap_size,
    loopDelayP99Seconds: () => {
      const seconds = delay.count === 0 ? 0 : delay.percentile(99) / 1e9
      delay.reset()
      return Math.max(0, seconds - loopResolutionMs / 1000)
    },
    close: () => delay.disable(),
  }
}

const forwarded = 'prometheus_forwarded_samples_total'
const sent = 'prometheus_remote_storage_samples_total'
const failed = 'prometheus_remote_storage_samples_failed_total'
const newestIn = 'prometheus_remote_storage_highest_timestamp_in_seconds'
const newestSent = 'prometheus_remote_storage_queue_highest_sent_timestamp_seconds'

/** Shown as the sum of all that they are of. */
const gauges: readonly (readonly [MetaName, readonly string[]])[] = [
  ['samples_pending', ['prometheus_remote_storage_samples_pending']],
  ['shards', ['prometheus_remote_storage_shards']],
  ['active_series', ['prometheus_remote_write_wal_storage_active_series']],
  ['log_bytes', ['alloyts_remote_write_rows_bytes', 'alloyts_remote_write_label_sets_bytes']],
  ['evaluation_queue', ['alloy_component_evaluation_queue_size']],
]

const families: readonly string[] = [
  ...[forwarded, sent, failed, newestIn, newestSent],
  ...gauges.flatMap(([, names]) => names),
]

type Readings = ReadonlyMap<string, readonly Reading[]>

/** Adds a point to the history every few seconds, the first at once, until the signal fires. */
export async function sampleMeta(
  history: MetaHistory,
  store: MetricStore,
  { clock, process, signal }: Sampling,
): Promise<void> {
  let before: Counters | undefined
  try {
    while (!signal.aborted) {
      const readings = store.readings(families)
      const counters = countersOf(readings, process, clock.monotonic())
      const point = {
        ...gaugesOf(readings),
        ...(before && ratesOf(before, counters)),
        resident_bytes: process.residentBytes(),
        heap_used_bytes: process.heapUsedBytes(),
        loop_delay_p99_seconds: process.loopDelayP99Seconds(),
      }
      history.add(point, clock.now())
      before = counters
      await clock.sleep(metaIntervalMs, signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    process.close()
  }
}

export interface Sampling {
  readonly clock: Clock
  readonly process: ProcessFigures
  readonly signal: AbortSignal
}

/** Totals at a time; undefined where nothing counts that. */
interface Counters {
  readonly atMs: number
  readonly cpu: number
  readonly scraped: number | undefined
  readonly sent: number | undefined
  readonly failed: number | undefined
}

function countersOf(readings: Readings, process: ProcessFigures, atMs: number): Counters {
  const isScrape = ({ component_id: id = '' }: Labels) => id.startsWith('prometheus.scrape.')
  return {
    atMs,
    cpu: process.cpuSeconds(),
    scraped: sumOf(readings.get(forwarded)?.filter(({ labels }) => isScrape(labels))),
    sent: sumOf(readings.get(sent)),
    failed: sumOf(readings.get(failed)),
  }
}

function ratesOf(before: Counters, now: Counters): Partial<Record<MetaName, number>> {
  const seconds = (now.atMs - before.atMs) / 1000
  // A component that left takes its total along.
  const rate = (from = 0, to = 0) => Math.max(0, to - from) / seconds
  const { scraped, sent, failed } = now
  return {
    cpu_cores: rate(before.cpu, now.cpu),
    ...(scraped !== undefined && { samples_scraped_per_second: rate(before.scraped, scraped) }),
    ...(sent !== undefined && { samples_sent_per_second: rate(before.sent, sent) }),
    ...(failed !== undefined && { samples_failed_per_second: rate(before.failed, failed) }),
  }
}

function gaugesOf(readings: Readings): Partial<Record<MetaName, number>> {
  const known = gauges.flatMap(([name, of]) => {
    const sum = sumOf(of.flatMap((family) => readings.get(family) ?? []))
    return sum === undefined ? [] : [[name, sum]]
  })
  const lag = lagOf(readings)
  return { ...Object.fromEntries(known), ...(lag !== undefined && { send_lag_seconds: lag }) }
}

/** By how much the slowest endpoint is behind what its component took. */
function lagOf(readings: Readings): number | undefined {
  const key = ({ component_path, component_id }: Labels) => `${component_path} ${component_id}`
  const newest = new Map(readings.get(newestIn)?.map(({ labels, value }) => [key(labels), value]))
  let lag: number | undefined
  for (const { labels, value } of readings.get(newestSent) ?? []) {
    const taken = newest.get(key(labels)) ?? 0
    // Nothing was sent yet: since when that waits is not known here.
    if (value > 0) lag = Math.max(lag ?? 0, taken - value)
  }
  return lag
}

function sumOf(readings: readonly Reading[] = []): number | undefined {
  if (readings.length === 0) return undefined
  return readings.reduce((sum, { value }) => sum + value, 0)
}
