import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LabelPool } from '../../../src/model/label_pool.ts'
import { type Cursor, RowKind } from '../../../src/model/sample_log.ts'
import type { Histogram, SampleBatch } from '../../../src/model/samples.ts'
import { orderedRows } from '../../../src/storage/wal/batch_records.ts'
import { WalLog, type WalLogOptions } from '../../../src/storage/wal/log.ts'
import { WalStatistics } from '../../../src/storage/wal/statistics.ts'
import { SimulatedClock } from '../../support/simulated_clock.ts'
import { SimulatedFiles } from '../../support/simulated_files.ts'

const histogram: Histogram = {
  resetHint: 'unknown',
  schema: 0,
  zeroThreshold: 0,
  zeroCount: 0,
  count: 1,
  sum: 1,
  positiveSpans: [[0, 1]],
  negativeSpans: [],
  positiveBuckets: [1],
  negativeBuckets: [],
  customValues: [],
}

class Rig {
  readonly files: SimulatedFiles
  readonly clock = new SimulatedClock()
  readonly pool = new LabelPool(1)
  readonly problems: string[] = []
  log!: WalLog

  constructor(files = new SimulatedFiles()) {
    this.files = files
  }

  static async open(files?: SimulatedFiles, options: Partial<WalLogOptions> = {}): Promise<Rig> {
    const rig = new Rig(files)
    rig.log = await WalLog.open({
      files: rig.files,
      clock: rig.clock,
      pool: rig.pool,
      folder: 'data',
      memoryMaxBytes: 1 << 20,
      syncIntervalMs: 1000,
      problem: (what) => void rig.problems.push(what),
      ...options,
    })
    return rig
  }

  /** Rows of series `from` on, each a value that names it; every 7th a histogram, every 5th stale. */
  batch(from: number, length: number, exemplars = 0): SampleBatch {
    const rows = Array.from({ length }, (_, i) => from + i)
    const kindOf = (row: number) =>
      row % 7 === 6 ? RowKind.histogram : row % 5 === 4 ? RowKind.stale : RowKind.float
    const idOf = (row: number) =>
      this.pool.intern(['__name__', 'm', 'n', String(row % 50), 'job', 'j'])
    const histograms = new Map(
      rows.flatMap((row, i) =>
        kindOf(row) === RowKind.histogram ? [[i, { ...histogram, sum: row }] as const] : [],
      ),
    )
    return {
      length,
      series: Uint32Array.from(rows, idOf),
      kinds: Uint8Array.from(rows, kindOf),
      times: this.clock.now() + from,
      values: Float64Array.from(rows, (row) => (kindOf(row) === RowKind.float ? row : 0)),
      histograms,
      exemplars: rows.slice(0, exemplars).map((row) => ({
        series: idOf(row),
        labels: [['trace_id', `${row}`]] as const,
        value: row,
        time: row,
      })),
    }
  }

  plain(batch: SampleBatch): string[] {
    const { exemplars = [], kinds, series, times, values } = orderedRows(batch)
    const { histograms } = orderedRows(batch)
    const rows = Array.from({ length: batch.length }, (_, i) => {
      const time = typeof times === 'number' ? times : times[i]!
      const value = histograms?.get(i)?.sum ?? (kinds[i] === RowKind.stale ? 'stale' : values[i])
      return this.#text(series[i]!, kinds[i]!, time, value)
    })
    for (const { series: id, time, value } of exemplars) {
      rows.push(this.#text(id, RowKind.exemplar, time, value))
    }
    return rows
  }

  /** What a cursor gives until it gives no more, all of it acked unless `keeps`. */
  async drain(cursor: Cursor, max = 97, keeps = false): Promise<string[]> {
    const rows: string[] = []
    for (let idle = 0; idle < 30; ) {
      const read = cursor.read(max)
      if (read === undefined) {
        idle++
        await new Promise((resolve) => setImmediate(resolve))
        continue
      }
      idle = 0
      expect(read.first).toBe(cursor.position - read.length)
      for (let i = 0; i < read.length; i++) {
        const kind = read.kinds[i]!
        const value =
          kind === RowKind.histogram
            ? read.histogram(i).sum
            : kind === RowKind.exemplar
              ? read.exemplar(i).value
              : kind === RowKind.stale
                ? 'stale'
                : read.values[i]
        rows.push(this.#text(read.series[i]!, kind, read.times[i]!, value))
      }
      if (!keeps) cursor.ack(cursor.position)
    }
    return rows
  }

  #text(id: number, kind: number, time: number, value: number | string | undefined): string {
    return `${this.pool.labelsOf(id).flat.join()} ${kind} ${time} ${value}`
  }
}

/** Room for one chunk of rows in memory. */
const scant = { memoryMaxBytes: 90_000 }
const always = { minKeepaliveMs: 0, maxKeepaliveMs: 1e12, bytesMax: 1e12 }

describe('write-ahead log', () => {
  it('gives every reader what was appended, whether in memory or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2000), fc.nat(3), fc.nat(5)), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5000 }),
        async (steps, max) => {
          const rig = await Rig.open(undefined, { ...scant, segmentSizeBytes: 65_536 })
          const slow = rig.log.cursor()
          const fast = rig.log.cursor()
          const expected: string[] = []
          const seen: string[] = []
          let from = 0
          for (const [length, exemplars, action] of steps) {
            const batch = rig.batch(from, length, Math.min(length, exemplars))
            from += length
            expected.push(...rig.plain(batch))
            expect(rig.log.append(batch)).toBe(expected.length)
            if (action === 0) seen.push(...(await rig.drain(fast, max)))
          }
          seen.push(...(await rig.drain(fast, max)))
          expect(seen).toEqual(expected)
          expect(await rig.drain(slow, max)).toEqual(expected)
          expect(slow.lost).toEqual({ samples: 0, histograms: 0, exemplars: 0 })
          expect(rig.problems).toEqual([])
          rig.log.close()
        },
      ),
      { numRuns: 15 },
    )
  }, 60_000)

  it('goes on after a kill where the receiver stopped', async () => {
    const before = await Rig.open()
    const cursor = before.log.cursor({ name: 'a/b' })
    const expected: string[] = []
    for (let i = 0; i < 10; i++) {
      const batch = before.batch(i * 100, 100, 2)
      before.log.append(batch)
      expected.push(...before.plain(batch))
    }
    const read = cursor.read(350)
    cursor.ack(read!.length - 50)
    await before.log.sync()
    before.log.append(before.batch(1000, 3))
    expected.push(...before.plain(before.batch(1000, 3)))
    const after = await Rig.open(before.files)
    expect(after.log.replay).toMatchObject({ rows: expected.length, damages: [] })
    const resumed = after.log.cursor({ name: 'a/b' })
    expect(await after.drain(resumed)).toEqual(expected.slice(300))
    const fresh = after.log.cursor({ name: 'new' })
    const more = after.batch(7, 60)
    after.log.append(more)
    expect(await after.drain(fresh)).toEqual(after.plain(more))
    expect(await after.drain(resumed)).toEqual(after.plain(more))
  })

  it('keeps what was synced, and a prefix of the rest, when power goes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.nat(), async (synced, seed) => {
        const before = await Rig.open()
        before.log.cursor({ name: 'a' })
        await before.log.sync()
        const expected: string[] = []
        for (let i = 0; i < 8; i++) {
          before.log.append(before.batch(i * 50, 50))
          expected.push(...before.plain(before.batch(i * 50, 50)))
          if (i === synced - 1) await before.log.sync()
        }
        before.files.losePower((unsynced, path) =>
          path.includes('wal') ? seed % (unsynced + 1) : unsynced,
        )
        const after = await Rig.open(before.files)
        const rows = await after.drain(after.log.cursor({ name: 'a' }))
        expect(rows.length).toBeGreaterThanOrEqual(synced * 50)
        expect(rows).toEqual(expected.slice(0, rows.length))
        const { damages } = await WalStatistics.read(after.files, 'data/wal')
        expect(damages).toEqual([])
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('refuses a batch while the disk is full, counts it, and goes on by itself', async () => {
    const rig = await Rig.open()
    const cursor = rig.log.cursor()
    const expected: string[] = []
    const put = (from: number) => {
      const batch = rig.batch(from, 40)
      rig.log.append(batch)
      expected.push(...rig.plain(batch))
    }
    put(0)
    for (const room of [0, 10, 200]) {
      rig.files.capacityBytes = rig.files.usedBytes + room
      expect(() => rig.log.append(rig.batch(900, 45))).toThrow('cannot append')
      expect(() => rig.log.append(rig.batch(950, 45))).toThrow('cannot append')
      rig.files.capacityBytes = 1e9
      put(room + 100)
    }
    expect(rig.log.refused).toBe(6 * 45)
    expect(await rig.drain(cursor)).toEqual(expected)
    const read = await WalStatistics.read(rig.files, 'data/wal')
    expect(read).toMatchObject({ damages: [], unknownRefs: 0, layout: { missing: [] } })
    expect(read.samples + read.histograms).toBe(expected.length)
  })

  it('removes what all have acked, and keeps the series of the rest', async () => {
    const rig = await Rig.open()
    const cursor = rig.log.cursor({ name: 'a' })
    for (let i = 0; i < 6; i++) {
      rig.log.append(rig.batch(i * 10, 10))
      await rig.log.maintain(always)
    }
    expect(rig.log.start).toBe(0)
    await rig.drain(cursor)
    rig.log.append(rig.batch(0, 10))
    await rig.log.maintain({ ...always, minKeepaliveMs: -1000 })
    expect(rig.log.start).toBe(60)
    const read = await WalStatistics.read(rig.files, 'data/wal')
    expect(read).toMatchObject({ unknownRefs: 0, damages: [], layout: { missing: [] } })
    expect(read.samples + read.histograms).toBe(10)
    rig.log.append(rig.batch(45, 10))
    expect((await WalStatistics.read(rig.files, 'data/wal')).unknownRefs).toBe(0)
    const after = await Rig.open(rig.files)
    expect(await after.drain(after.log.cursor({ name: 'a' }))).toHaveLength(20)
  })

  it('makes room on a full disk once all have acked', async () => {
    const rig = await Rig.open()
    const cursor = rig.log.cursor({ name: 'a' })
    rig.files.capacityBytes = 20_000
    let rows = 0
    const fill = () => {
      for (;;) {
        rig.log.append(rig.batch(rows, 500))
        rows += 500
      }
    }
    expect(fill).toThrow('cannot append')
    const full = rows
    expect(await rig.drain(cursor)).toHaveLength(full)
    await rig.log.maintain({ ...always, minKeepaliveMs: -100_000 })
    expect(fill).toThrow('cannot append')
    expect(rows).toBeGreaterThan(full)
    expect(await rig.drain(cursor)).toHaveLength(rows - full)
    const read = await WalStatistics.read(rig.files, 'data/wal')
    expect(read).toMatchObject({ unknownRefs: 0, damages: [] })
  })

  it('drops the oldest rows at its bound, and counts them', async () => {
    const rig = await Rig.open(undefined, scant)
    const dropped: number[] = []
    const cursor = rig.log.cursor({ dropped: (before) => void dropped.push(before) })
    for (let i = 0; i < 4; i++) {
      rig.log.append(rig.batch(i * 5000, 5000))
      await rig.log.maintain(always)
    }
    rig.log.append(rig.batch(0, 10))
    await rig.log.maintain({ ...always, bytesMax: rig.log.bytes / 2 })
    expect(rig.log.start).toBeGreaterThan(0)
    expect(cursor.lost.samples).toBe(rig.log.start)
    expect(rig.log.dropped).toBe(rig.log.start)
    expect(dropped.length).toBeGreaterThan(0)
    expect(await rig.drain(cursor)).toHaveLength(rig.log.end - rig.log.start)
  })

  it('keeps label sets as long as rows that were handed out need them', async () => {
    const rig = await Rig.open(undefined, scant)
    const cursor = rig.log.cursor()
    rig.log.append(rig.batch(0, 50))
    const rows = cursor.read(50)!
    const ids = rows.series.slice()
    for (let i = 0; i < 5; i++) rig.log.append(rig.batch(0, 5000))
    for (let i = 1; i < 200; i++) rig.pool.sweep(i * 60_000)
    for (const id of ids) expect(rig.pool.labelsOf(id).size).toBe(3)
    expect(await rig.drain(cursor, 1000)).toHaveLength(25_000)
  })

  it('sends a damaged segment again rather than not at all', async () => {
    const before = await Rig.open()
    const cursor = before.log.cursor({ name: 'a' })
    for (let i = 0; i < 5; i++) before.log.append(before.batch(i * 100, 100))
    await before.drain(cursor)
    before.log.append(before.batch(500, 100))
    await before.log.sync()
    const path = 'data/wal/00000000'
    before.files.flip(path, before.files.contents.get(path)!.bytes.length >>> 1)
    const after = await Rig.open(before.files)
    expect(after.log.replay.damages).toHaveLength(1)
    const rows = await after.drain(after.log.cursor({ name: 'a' }))
    expect(rows.slice(-100)).toEqual(after.plain(after.batch(500, 100)))
    expect((await WalStatistics.read(after.files, 'data/wal')).damages).toEqual([])
  })
})
