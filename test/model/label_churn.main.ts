// A process that churns through a million label sets while its receiver is down, and prints what it
// saw as JSON. Started by label_churn.test.ts with --expose-gc.

import { systemClock } from '../../src/model/clock.ts'
import { Fanout } from '../../src/model/fanout.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { accepted, type Receiver } from '../../src/model/receiver.ts'
import type { Cursor } from '../../src/model/sample_log.ts'
import type { SampleBatch } from '../../src/model/samples.ts'
import { MemoryRing } from '../../src/storage/memory_ring.ts'

const churned = 1_000_000
const perRound = 10_000

const pool = new LabelPool()
const log = new MemoryRing({ pool, bytesMax: 8 * 1024 * 1024 })
/** Rows that the writer has taken over and not sent: series and value of each. */
let inFlight: { position: number; series: number; value: number }[] = []
const cursor: Cursor = log.cursor({
  dropped: (before) => {
    inFlight = inFlight.filter((row) => row.position >= before)
  },
})
const writer: Receiver<SampleBatch> = {
  id: 'writer',
  push: (batch) => {
    log.append(batch)
    return accepted
  },
}
const fanout = new Fanout<SampleBatch>(
  {
    id: 'source',
    clock: systemClock,
    logger: silentLogger,
    pushes: pool.pushes,
    rows: (batch) => batch.length,
  },
  [writer],
)
const { signal } = new AbortController()
const series = new Uint32Array(perRound)
const values = new Float64Array(perRound)
const kinds = new Uint8Array(perRound)
let held: number[] = []
let delivered = 0
let nowMs = 0
let wrong = 0

/** One scrape of `perRound` series numbered from `first`; the ones before are let go. */
function scrape(first: number): void {
  const before = held
  held = []
  for (let i = 0; i < perRound; i++) {
    const n = first + i
    const labels = ['__name__', `metric_${n % 50}`, 'job', 'churn', 'instance', `i-${n}`]
    const id = pool.intern(labels)
    pool.retain(id)
    held.push(id)
    series[i] = id
    values[i] = n
  }
  for (const id of before) pool.release(id)
  void fanout.push({ length: perRound, series, values, kinds, times: first }, { signal })
}

function send(max: number): void {
  for (let left = max; left > 0; ) {
    const rows = cursor.read(left)
    if (rows === undefined) break
    for (let i = 0; i < rows.length; i++) {
      inFlight.push({ position: rows.first + i, series: rows.series[i]!, value: rows.values[i]! })
    }
    left -= rows.length
  }
}

function deliver(): void {
  for (const row of inFlight) {
    const right = pool.valueOf(row.series, 'instance') === `i-${row.value}`
    delivered++
    if (!right) wrong++
  }
  inFlight = []
  cursor.ack(cursor.position)
}

async function round(first: number, up: boolean): Promise<void> {
  scrape(first)
  if (up) {
    send(Number.POSITIVE_INFINITY)
    deliver()
  } else if (inFlight.length < 2000) send(2000 - inFlight.length)
  // The rounds of a scraper come every ten seconds.
  nowMs += 10_000
  while (pool.sweep(nowMs));
  if (first % (10 * perRound) === 0) await new Promise((resolve) => setImmediate(resolve))
}

async function rssMb(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return process.memoryUsage.rss() / 1e6
}

// Steady: the same series again and again, with a backlog that has been full once.
for (let i = 0; i < 60; i++) await round(0, false)
for (let i = 0; i < 60; i++) await round(0, true)
const steadyMb = await rssMb()
const steadySets = pool.size
let mostSets = 0
for (let n = perRound; n <= churned; n += perRound) {
  await round(n, false)
  mostSets = Math.max(mostSets, pool.size)
}
for (let i = 0; i < 60; i++) await round(0, true)
const afterMb = await rssMb()
const { dropped } = log
console.log(
  JSON.stringify({
    steadyMb,
    afterMb,
    steadySets,
    mostSets,
    sets: pool.size,
    delivered,
    wrong,
    dropped,
  }),
)
