// Figures of Go Alloy itself, made from its metrics, in the form that our own API gives.

import type { Meta, MetaName } from './api.ts'
import type { MetricSample } from './metrics_text.ts'

/** What one figure is made of. The first family that the page has is used. */
interface Source {
  readonly families: readonly string[]
  /** A counter is shown as what it gains per second. */
  readonly kind: 'gauge' | 'counter'
  /** How its series become one. */
  readonly join: 'sum' | 'max'
}

const sources: Readonly<Partial<Record<MetaName, Source>>> = {
  cpu_cores: counter('alloy_resources_process_cpu_seconds_total', 'process_cpu_seconds_total'),
  resident_bytes: gauge(
    'alloy_resources_process_resident_memory_bytes',
    'process_resident_memory_bytes',
  ),
  heap_used_bytes: gauge('go_memstats_heap_inuse_bytes'),
  samples_scraped_per_second: counter('prometheus_forwarded_samples_total'),
  samples_sent_per_second: counter('prometheus_remote_storage_samples_total'),
  samples_failed_per_second: counter('prometheus_remote_storage_samples_failed_total'),
  samples_pending: gauge('prometheus_remote_storage_samples_pending'),
  shards: gauge('prometheus_remote_storage_shards'),
  active_series: gauge('prometheus_remote_write_wal_storage_active_series'),
  evaluation_queue: gauge('alloy_component_evaluation_queue_size'),
}

const highestSeen = 'prometheus_remote_storage_highest_timestamp_in_seconds'
const highestSent = 'prometheus_remote_storage_queue_highest_sent_timestamp_seconds'

/** The families that a page must be read for. */
export const metaFamilies: ReadonlySet<string> = new Set([
  ...Object.values(sources).flatMap(({ families }) => families),
  highestSeen,
  highestSent,
])

function gauge(...families: string[]): Source {
  return { families, kind: 'gauge', join: 'sum' }
}

function counter(...families: string[]): Source {
  return { families, kind: 'counter', join: 'sum' }
}

export interface MetaHistoryOptions {
  readonly intervalSeconds: number
  /** Older points are forgotten. */
  readonly pointsMax?: number
}

export class MetaHistory {
  readonly #intervalSeconds: number
  readonly #pointsMax: number
  readonly #series = new Map<MetaName, (number | null)[]>()
  #points = 0
  #lastMs = 0
  #before: ReadonlyMap<string, number> | undefined

  constructor({ intervalSeconds, pointsMax = 300 }: MetaHistoryOptions) {
    this.#intervalSeconds = intervalSeconds
    this.#pointsMax = pointsMax
  }

  /** Adds the point that a page, read at `atMs`, gives. */
  add(samples: readonly MetricSample[], atMs: number): void {
    const sums = sumsOf(samples)
    const seconds = (atMs - this.#lastMs) / 1000
    for (const [name, source] of Object.entries(sources)) {
      this.#push(name as MetaName, this.#valueOf(source, sums, seconds))
    }
    this.#push('send_lag_seconds', lagOf(samples))
    this.#points = Math.min(this.#points + 1, this.#pointsMax)
    this.#before = sums
    this.#lastMs = atMs
  }

  meta(): Meta {
    const known = [...this.#series].filter(([, points]) => points.some((each) => each !== null))
    const series = Object.fromEntries(known.map(([name, points]) => [name, [...points]]))
    return { intervalSeconds: this.#intervalSeconds, lastMs: this.#lastMs, series }
  }

  #valueOf(source: Source, sums: ReadonlyMap<string, number>, seconds: number): number | null {
    const family = source.families.find((name) => sums.has(name))
    if (family === undefined) return null
    const value = sums.get(family)!
    if (source.kind === 'gauge') return value
    const before = this.#before?.get(family)
    // A counter that fell belongs to a process that was started anew.
    if (before === undefined || before > value || seconds <= 0) return null
    return (value - before) / seconds
  }

  #push(name: MetaName, value: number | null): void {
    const points = this.#series.get(name) ?? new Array<null>(this.#points).fill(null)
    points.push(value)
    if (points.length > this.#pointsMax) points.shift()
    this.#series.set(name, points)
  }
}

function sumsOf(samples: readonly MetricSample[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { name, value } of samples) sums.set(name, (sums.get(name) ?? 0) + value)
  return sums
}

/** By how much the slowest endpoint is behind what its component has seen. */
function lagOf(samples: readonly MetricSample[]): number | null {
  const key = ({ labels }: MetricSample) => `${labels.component_path} ${labels.component_id}`
  const seen = new Map(
    samples.filter(({ name }) => name === highestSeen).map((each) => [key(each), each.value]),
  )
  let lag: number | null = null
  for (const sample of samples) {
    if (sample.name !== highestSent || sample.value === 0) continue
    const newest = seen.get(key(sample))
    if (newest !== undefined) lag = Math.max(lag ?? 0, newest - sample.value)
  }
  return lag
}
