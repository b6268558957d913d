// What live debugging costs those who send: while nobody watches, while somebody watches another
// component, and per record that is shown.

import { LiveDebug, type Viewer } from '../../src/engine/live_debug.ts'
import { systemClock } from '../../src/model/clock.ts'
import { Fanout } from '../../src/model/fanout.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { accepted } from '../../src/model/receiver.ts'
import type { MetricsReceiver, SampleBatch } from '../../src/model/samples.ts'
import type { Bench } from './harness.ts'

const rows = 500
const pushes = 1000

const { signal } = new AbortController()

const pool = new LabelPool(1)
const batch: SampleBatch = {
  length: rows,
  series: Uint32Array.from({ length: rows }, (_, row) => {
    const series = pool.intern([
      ...['__name__', `bench_${row % 50}`, 'code', '200', 'container', 'main'],
      ...['handler', `/api/${row}`, 'instance', 'a:1', 'job', 'bench', 'pod', 'workload-abc'],
    ])
    pool.retain(series)
    return series
  }),
  kinds: new Uint8Array(rows),
  times: 1795491933752,
  values: new Float64Array(rows).fill(1.5),
}

function fanoutTo(children: number): Fanout<SampleBatch> {
  const receivers = Array.from({ length: children }, (_, i): MetricsReceiver => {
    return { id: `prometheus.echo.${i}`, push: () => accepted }
  })
  const options = { id: 'prometheus.scrape.s', clock: systemClock, logger: silentLogger }
  return new Fanout({ ...options, rows: ({ length }) => length }, receivers)
}

function watchable(): { live: LiveDebug; fanout: Fanout<SampleBatch> } {
  // Its time stands still, so that no budget ends what is measured.
  const live = new LiveDebug({ clock: { ...systemClock, monotonic: () => 0 }, pool })
  live.isEnabled = true
  const fanout = fanoutTo(2)
  live.open('prometheus.scrape.s').add(fanout)
  return { live, fanout }
}

function pushAll(fanout: Fanout<SampleBatch>): void {
  for (let i = 0; i < pushes; i++) void fanout.push(batch, { signal })
}

function viewer(wants: boolean): Viewer {
  return { wants: () => wants, record: () => undefined, missed: () => undefined, missedRecords: 0 }
}

export function* benches(): Generator<Bench> {
  const plain = fanoutTo(2)
  const unwatched = watchable()
  yield {
    name: 'live debugging, nobody watches',
    unit: 'push',
    count: pushes,
    run: () => pushAll(unwatched.fanout),
    baseline: { name: 'cannot be watched', run: () => pushAll(plain) },
  }
  const other = watchable()
  other.live.watch('prometheus.scrape.other', viewer(true))
  yield {
    name: 'live debugging, another is watched',
    unit: 'push',
    count: pushes,
    run: () => pushAll(other.fanout),
    baseline: { name: 'cannot be watched', run: () => pushAll(plain) },
  }
  const watched = watchable()
  watched.live.watch('prometheus.scrape.s', viewer(true))
  yield {
    name: 'live debugging, records',
    unit: 'record',
    count: rows,
    run: () => void watched.fanout.push(batch, { signal }),
  }
  const full = watchable()
  full.live.watch('prometheus.scrape.s', viewer(false))
  yield {
    name: 'live debugging, records not wanted',
    unit: 'record',
    count: rows,
    run: () => void full.fanout.push(batch, { signal }),
  }
}
