import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LabelPool } from '../../src/model/label_pool.ts'
import { type Cursor, RowKind } from '../../src/model/sample_log.ts'
import type { Exemplar, Histogram, SampleBatch } from '../../src/model/samples.ts'
import { MemoryRing } from '../../src/storage/memory_ring.ts'

const chunkRows = 4096
const chunkBytes = 21 * chunkRows

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

function exemplarOf(series: number): Exemplar {
  return { series, labels: [['trace_id', `${series}`]], value: series, time: series }
}

/** Rows of series `from` on; every 7th is a histogram, every 5th stale. */
function batchOf(from: number, length: number, exemplars = 0): SampleBatch {
  const rows = Array.from({ length: length + 3 }, (_, i) => from + i)
  const kindOf = (row: number) =>
    row % 7 === 0 ? RowKind.histogram : row % 5 === 0 ? RowKind.stale : RowKind.float
  return {
    length,
    series: Uint32Array.from(rows),
    kinds: Uint8Array.from(rows, kindOf),
    times: from % 2 === 0 ? from : Float64Array.from(rows, (row) => row + 0.5),
    values: Float64Array.from(rows),
    histograms: new Map(
      rows.flatMap((row, i) =>
        kindOf(row) === RowKind.histogram ? [[i, { ...histogram, sum: row }]] : [],
      ),
    ),
    exemplars: Array.from({ length: exemplars }, (_, i) => exemplarOf(from + i)),
  }
}

interface Row {
  series: number
  kind: number
  time: number
  value: number
  sum?: number
  exemplar?: Exemplar
}

function plainRows(batch: SampleBatch): Row[] {
  const rows: Row[] = []
  for (let i = 0; i < batch.length; i++) {
    const sum = batch.histograms?.get(i)?.sum
    rows.push({
      series: batch.series[i]!,
      kind: batch.kinds[i]!,
      time: typeof batch.times === 'number' ? batch.times : batch.times[i]!,
      value: batch.values[i]!,
      ...(sum === undefined ? {} : { sum }),
    })
  }
  for (const exemplar of batch.exemplars ?? []) {
    const { series, time, value } = exemplar
    rows.push({ series, kind: RowKind.exemplar, time, value, exemplar })
  }
  return rows
}

function read(cursor: Cursor, max: number): { first: number; rows: Row[] } | undefined {
  const read = cursor.read(max)
  if (read === undefined) return undefined
  const rows: Row[] = []
  for (let i = 0; i < read.length; i++) {
    const kind = read.kinds[i]!
    rows.push({
      series: read.series[i]!,
      kind,
      time: read.times[i]!,
      value: read.values[i]!,
      ...(kind === RowKind.histogram ? { sum: read.histogram(i).sum } : {}),
      ...(kind === RowKind.exemplar ? { exemplar: read.exemplar(i) } : {}),
    })
  }
  return { first: read.first, rows }
}

function readAll(cursor: Cursor): Row[] {
  const all: Row[] = []
  for (let part = read(cursor, 1000); part !== undefined; part = read(cursor, 1000)) {
    all.push(...part.rows)
  }
  return all
}

describe('memory ring', () => {
  it('hands every cursor what was appended after it was opened', () => {
    const log = new MemoryRing({ pool: new LabelPool(), bytesMax: 10 * chunkBytes })
    const a = log.cursor()
    expect(log.append(batchOf(0, 5, 2))).toBe(7)
    const b = log.cursor()
    log.append(batchOf(20, 6000))
    expect(readAll(a)).toEqual([...plainRows(batchOf(0, 5, 2)), ...plainRows(batchOf(20, 6000))])
    expect(readAll(b)).toEqual(plainRows(batchOf(20, 6000)))
    expect(a.read(1)).toBeUndefined()
  })

  it('keeps the bits of every value', () => {
    const log = new MemoryRing({ pool: new LabelPool(), bytesMax: chunkBytes })
    const cursor = log.cursor()
    const bits = BigUint64Array.of(0x7ff0000000000002n, 0x7ff8000000000001n, 0x8000000000000000n)
    const values = new Float64Array(bits.buffer)
    const kinds = new Uint8Array(3)
    log.append({ length: 3, series: Uint32Array.of(1, 2, 3), kinds, times: 1, values })
    const { values: kept } = cursor.read(10)!
    expect(new BigUint64Array(kept.slice().buffer)).toEqual(bits)
  })

  it('keeps no rows where nobody reads', () => {
    const log = new MemoryRing({ pool: new LabelPool(), bytesMax: chunkBytes })
    expect(log.append(batchOf(0, 100, 1))).toBe(101)
    expect([log.start, log.oldestUnsent, log.bytes]).toEqual([101, 101, 0])
  })

  it('gives memory back when all cursors have acked', () => {
    const log = new MemoryRing({ pool: new LabelPool(), bytesMax: 10 * chunkBytes })
    const [a, b] = [log.cursor(), log.cursor()]
    log.append(batchOf(0, 3 * chunkRows))
    readAll(a)
    readAll(b)
    a.ack(log.end)
    expect(log.bytes).toBeGreaterThan(3 * chunkBytes)
    expect(log.oldestUnsent).toBe(0)
    b.ack(chunkRows + 1)
    expect([log.start, log.oldestUnsent]).toEqual([chunkRows, chunkRows + 1])
    b.close()
    expect([log.start, log.oldestUnsent, log.bytes]).toEqual([log.end, log.end, 0])
  })

  it('drops the oldest rows at its bound and tells each cursor what it lost', () => {
    const log = new MemoryRing({ pool: new LabelPool(), bytesMax: 3 * chunkBytes })
    const told: number[] = []
    const slow = log.cursor({ dropped: (before) => told.push(before) })
    const quick = log.cursor()
    const empty = { histograms: new Map() }
    for (let i = 0; i < 3; i++) log.append({ ...batchOf(1 + i * chunkRows, chunkRows), ...empty })
    slow.read(1000)
    while (quick.read(1000) !== undefined);
    log.append({ ...batchOf(0, 1), ...empty })
    expect(log.start).toBe(chunkRows)
    const kinds = batchOf(1, chunkRows).kinds.subarray(1000, chunkRows)
    const histograms = kinds.filter((kind) => kind === RowKind.histogram).length
    const samples = chunkRows - 1000 - histograms
    expect(slow.lost).toEqual({ samples, histograms, exemplars: 0 })
    expect(quick.lost).toEqual({ samples: 0, histograms: 0, exemplars: 0 })
    expect(told).toEqual([chunkRows])
    expect([slow.position, slow.acked, log.oldestUnsent]).toEqual([chunkRows, chunkRows, chunkRows])
    expect(log.dropped).toBe(chunkRows - 1000)
    expect(log.bytes).toBeLessThanOrEqual(3 * chunkBytes)
  })

  it('counts histograms towards its bound', () => {
    const log = new MemoryRing({ pool: new LabelPool(), bytesMax: 2 * chunkBytes })
    const cursor = log.cursor()
    const wide = { ...histogram, positiveBuckets: new Array<number>(1000).fill(1) }
    const kinds = new Uint8Array(1).fill(RowKind.histogram)
    const columns = {
      length: 1,
      series: Uint32Array.of(1),
      values: new Float64Array(1),
      kinds,
      times: 1,
    }
    for (let i = 0; i < 2 * chunkRows; i++) {
      log.append({ ...columns, histograms: new Map([[0, wide]]) })
    }
    expect(cursor.lost.histograms).toBe(chunkRows)
  })

  describe('counts label sets that only its rows keep', () => {
    /** Rows of series that nobody retains, `perSet` of each. */
    function churn(log: MemoryRing, pool: LabelPool, from: number, sets: number, perSet = 1) {
      const rows = sets * perSet
      const series = new Uint32Array(rows)
      for (let row = 0; row < rows; row++) {
        series[row] = pool.intern(['__name__', 'm', 'pod', `some-pod-${from + (row % sets)}`])
      }
      const kinds = new Uint8Array(rows)
      log.append({ length: rows, series, kinds, times: 1, values: new Float64Array(rows) })
    }
    const setBytes = 150

    it('and drops the oldest at its bound, while they stay away', () => {
      const pool = new LabelPool()
      const bytesMax = 12 * chunkBytes
      const log = new MemoryRing({ pool, bytesMax })
      const told: number[] = []
      const cursor = log.cursor({ dropped: (before) => told.push(before) })
      let mostSets = 0
      for (let round = 0; round < 100; round++) {
        churn(log, pool, round * 1000, 1000)
        while (pool.sweep(round * 10_000));
        expect(log.bytes + log.labelBytes).toBeLessThanOrEqual(bytesMax)
        mostSets = Math.max(mostSets, pool.size)
      }
      // Four rounds are not counted yet.
      expect(mostSets * setBytes).toBeLessThan(bytesMax + 4000 * setBytes)
      expect(mostSets).toBeGreaterThan(4000)
      expect(told.at(-1)).toBe(log.start)
      expect(cursor.lost.samples).toBe(log.start)
      expect(log.dropped).toBe(log.start)
      log.close()
      while (pool.sweep());
      expect(pool.size).toBe(0)
    })

    it('but drops nothing of what is sent within half a minute', () => {
      const pool = new LabelPool()
      const log = new MemoryRing({ pool, bytesMax: 12 * chunkBytes })
      const cursor = log.cursor()
      for (let round = 0; round < 20; round++) {
        // One of them is ten times as much as the log may hold.
        churn(log, pool, round * 100_000, round === 10 ? 40_000 : 1000)
        for (let second = 0; second < 20; second += 2) {
          while (pool.sweep(round * 20_000 + second * 1000));
        }
        readAll(cursor)
        cursor.ack(log.end)
      }
      expect(log.dropped).toBe(0)
    })

    it('up to all its rows, where it is the label sets of others that wait for it', () => {
      const pool = new LabelPool()
      const bytesMax = 12 * chunkBytes
      const log = new MemoryRing({ pool, bytesMax })
      const other = new MemoryRing({ pool, bytesMax: 1e9 })
      const cursors = [log.cursor(), other.cursor()]
      churn(log, pool, 0, 10)
      churn(other, pool, 100, 50_000)
      while (pool.sweep(0));
      readAll(cursors[1]!)
      cursors[1]!.ack(other.end)
      while (pool.sweep(60_000));
      while (pool.sweep(60_001));
      expect([log.start, log.dropped, other.dropped]).toEqual([10, 10, 0])
      expect(pool.size).toBe(0)
    })
  })

  it('remembers the latest metadata of each family', () => {
    const log = new MemoryRing({ pool: new LabelPool(), bytesMax: chunkBytes })
    const about = (family: string, help: string) => ({
      family,
      type: 'gauge' as const,
      unit: '',
      help,
    })
    log.append({ ...batchOf(0, 0), metadata: [about('a', '1'), about('b', '1')] })
    log.append({ ...batchOf(0, 0), metadata: [about('a', '2')] })
    expect([...log.metadata.values()]).toEqual([about('b', '1'), about('a', '2')])
    expect(log.metadataVersion).toBe(3)
  })

  it('keeps label sets until their rows are acked, dropped or the log is closed', () => {
    const pool = new LabelPool()
    const log = new MemoryRing({ pool, bytesMax: chunkBytes })
    const cursor = log.cursor()
    const push = (text: string) => {
      const series = Uint32Array.of(pool.intern(['text', text]))
      log.append({ ...batchOf(1, 1), series, histograms: new Map() })
    }
    push('acked')
    expect(pool.sweep()).toBe(false)
    cursor.read(1)
    cursor.ack(1)
    expect(pool.sweep()).toBe(true)
    push('dropped')
    expect(pool.sweep()).toBe(false)
    for (let i = 0; i < chunkRows; i++) log.append({ ...batchOf(1, 1), histograms: new Map() })
    expect(pool.sweep()).toBe(true)
    push('closed')
    expect(pool.sweep()).toBe(false)
    log.close()
    expect(pool.sweep()).toBe(true)
    expect(pool.size).toBe(0)
  })

  it('behaves as a list of rows, whatever happens in whatever order', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), runSteps), { numRuns: 150 })
  })
})

type Step =
  | { do: 'append'; rows: number; exemplars: number }
  | { do: 'open'; back: number }
  | { do: 'read' | 'ack'; nth: number; rows: number }
  | { do: 'truncate'; rows: number }
  | { do: 'close'; nth: number }

const nth = fc.nat(2)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      rows: fc.oneof(fc.nat(20), fc.nat(3 * chunkRows)),
      exemplars: fc.nat(2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), back: fc.nat(5000) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('read' as const, 'ack' as const),
      nth,
      rows: fc.nat(2 * chunkRows),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('truncate' as const), rows: fc.nat(2 * chunkRows) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), nth }) },
)

function runSteps(steps: readonly Step[]): void {
  const log = new MemoryRing({ pool: new LabelPool(), bytesMax: 4 * chunkBytes })
  /** Every row ever appended. */
  const all: Row[] = []
  let readers: { cursor: Cursor; expected: number; lost: number }[] = []
  const lostOf = ({ lost }: Cursor) => lost.samples + lost.histograms + lost.exemplars
  for (const step of steps) {
    const reader = 'nth' in step ? readers[step.nth % Math.max(readers.length, 1)] : undefined
    if (step.do === 'append') {
      const batch = batchOf(all.length, step.rows, step.exemplars)
      all.push(...plainRows(batch))
      expect(log.append(batch)).toBe(all.length)
    } else if (step.do === 'open') {
      const from = Math.max(log.start, log.end - step.back)
      readers.push({ cursor: log.cursor({ from }), expected: from, lost: 0 })
    } else if (step.do === 'truncate') {
      log.truncate(log.start + step.rows)
    } else if (reader === undefined) continue
    else if (step.do === 'ack') {
      const { cursor } = reader
      const acked = Math.min(cursor.position, cursor.acked + step.rows)
      cursor.ack(acked)
      expect(cursor.acked).toBe(acked)
    } else if (step.do === 'close') {
      reader.cursor.close()
      readers = readers.filter((other) => other !== reader)
    } else {
      const part = read(reader.cursor, step.rows)
      if (part !== undefined) {
        const { first, rows } = part
        expect(rows).toEqual(all.slice(first, first + rows.length))
        expect(first - reader.expected).toBe(lostOf(reader.cursor) - reader.lost)
        reader.expected = first + rows.length
        reader.lost = lostOf(reader.cursor)
      } else if (step.rows > 0) expect(reader.cursor.position).toBe(all.length)
    }
    expect(log.end).toBe(all.length)
    expect(log.bytes).toBeLessThan(6 * chunkBytes)
    const acked = readers.map(({ cursor }) => cursor.acked)
    expect(log.oldestUnsent).toBe(Math.min(all.length, ...acked))
    expect(log.start).toBeLessThanOrEqual(log.oldestUnsent)
    expect(log.timeAt(log.oldestUnsent)).toBe(all[log.oldestUnsent]?.time)
    expect(log.timeAt(log.start - 1)).toBeUndefined()
  }
  for (const { cursor } of readers) readAll(cursor)
  for (const { cursor } of readers) cursor.ack(log.end)
  expect(log.bytes).toBe(0)
}

describe('metadata', () => {
  it('is bounded in bytes, what changed longest ago goes first', () => {
    const ring = new MemoryRing({ pool: new LabelPool(), bytesMax: 1e6 })
    const help = 'x'.repeat(200_000)
    for (let i = 0; i < 200; i++) {
      const metadata = [{ family: `f${i}`, type: 'gauge', unit: '', help } as const]
      ring.append({ ...batchOf(1, 0), metadata })
    }
    const families = [...ring.metadata.keys()]
    expect(families.at(-1)).toBe('f199')
    expect(families.length).toBe(Math.floor((32 << 20) / (2 * 200_004)))
    ring.close()
  })
})
