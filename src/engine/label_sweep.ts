// Lets go of label sets that nobody needs any more, and tells how many there are.

import type { Clock } from '../model/clock.ts'
import type { LabelPool } from '../model/label_pool.ts'
import type { RemoteStores } from '../model/remote_stores.ts'
import type { MetricGroup, MetricSpec, MetricStore } from './metrics.ts'
import { nextTurn } from './slice.ts'

const sweepEveryMs = 2000

const idsCount = gauge('alloy_labelstore_global_ids_count', 'Label sets that have an id.')
const lastCheck = gauge(
  'alloy_labelstore_last_stale_check_timestamp',
  'When label sets were last looked through for ones to free, in Unix seconds.',
)
const waiting = gauge(
  'alloyts_labelstore_waiting_ids',
  'Label sets that nobody holds, which rows on their way may still name.',
)
const stuck = gauge(
  'alloyts_labelstore_stuck_pushes',
  'Pushes that a receiver has not answered in time; the label sets of their rows are kept.',
)
const bytes = gauge('alloyts_labelstore_bytes', 'Memory that label sets take.')
const remoteStoreIds = gauge(
  'alloy_labelstore_remote_store_ids_count',
  'Total number of ids per remote write',
  ['remote_name'],
)
const samplesIn = rowsIn('samples', 'Samples')
const histogramsIn = rowsIn('histograms', 'HistogramSamples')
const exemplarsIn = rowsIn('exemplars', 'Exemplars')

/** Frees label sets until the signal fires, at most 1,024 in one turn of the event loop. */
export async function sweepLabels(
  pool: LabelPool,
  clock: Clock,
  store: MetricStore,
  signal: AbortSignal,
): Promise<void> {
  const group = store.group({})
  const gauges = {
    ids: group.gauge(idsCount),
    check: group.gauge(lastCheck),
    waiting: group.gauge(waiting),
    stuck: group.gauge(stuck),
    bytes: group.gauge(bytes),
  }
  showStores(group, pool.stores)
  group.onCollect(() => {
    gauges.ids.set(pool.size)
    gauges.waiting.set(pool.waiting)
    gauges.stuck.set(pool.pushes.stuck)
    gauges.bytes.set(pool.bytes)
  })
  while (!signal.aborted) {
    gauges.check.set(Math.floor(clock.now() / 1000))
    while (pool.sweep(clock.monotonic())) await nextTurn()
    await clock.sleep(sweepEveryMs, signal).catch(() => undefined)
  }
  group.dispose()
}

function showStores(group: MetricGroup, stores: RemoteStores): void {
  const rows = {
    samples: group.counter(samplesIn),
    histograms: group.counter(histogramsIn),
    exemplars: group.counter(exemplarsIn),
  }
  group.onCollect(() => {
    rows.samples.set(stores.taken.samples)
    rows.histograms.set(stores.taken.histograms)
    rows.exemplars.set(stores.taken.exemplars)
  })
  group.computed(remoteStoreIds, () =>
    Array.from(stores.series(), ([name, value]) => ({ labels: { remote_name: name }, value })),
  )
}

/** Of all writers together, as upstream has it, also in its words: dashboards show them. */
function rowsIn(kind: string, what: string): MetricSpec {
  const dropped = `prometheus_remote_storage_${kind}_dropped_total`
  const help =
    `${what} in to remote storage, compare to ${kind} out for queue managers. ` +
    `Deprecated, check prometheus_wal_watcher_records_read_total and ${dropped}`
  return { kind: 'counter', name: `prometheus_remote_storage_${kind}_in_total`, help, labels: [] }
}

function gauge(name: string, help: string, labels: readonly string[] = []): MetricSpec {
  return { kind: 'gauge', name, help, labels }
}
