import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import snappyjs from 'snappyjs'
import { describe, expect, it } from 'vitest'
import { LabelPool } from '../../../src/model/label_pool.ts'
import { Kind } from '../../../src/model/samples.ts'
import {
  RemoteWriteV1Encoder,
  type SampleColumns,
} from '../../../src/wire/remote_write/v1_encoder.ts'
import { RemoteWriteV1Packer } from '../../../src/wire/remote_write/v1_packer.ts'
import { compressedSizeMax, SnappyCompressor } from '../../../src/wire/snappy.ts'

/** The request in plain, which the block must hold. */
function plain(rows: SampleColumns, from: number, to: number, pool: LabelPool): Buffer {
  const encoder = new RemoteWriteV1Encoder(pool)
  encoder.addSamples(rows, from, to)
  return Buffer.from(encoder.bytes)
}

function columns(series: readonly number[], times: number | Float64Array): SampleColumns {
  return {
    series: Uint32Array.from(series),
    values: Float64Array.from(series, (_, i) => i % 7),
    kinds: new Uint8Array(series.length),
    times,
  }
}

function expectSame(packer: RemoteWriteV1Packer, rows: SampleColumns, pool: LabelPool): number {
  const { length } = rows.series
  const block = packer.pack(rows, 0, length)
  const content = Buffer.from(snappyjs.uncompress(block))
  expect(content.equals(plain(rows, 0, length, pool))).toBe(true)
  return block.length
}

/** Few words, so that pairs and parts of them come again. */
const word = fc.constantFrom('', 'a', 'prod', 'pod', 'kubepods.slice/', '/api/v1/query_range', 'é')
const value = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join('-'))
const labels = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'id', 'job', 'le', 'pod', 'where'), value), {
    selector: ([name]) => name,
    maxLength: 6,
  })
  .map((pairs) => pairs.flat())
const row = fc.record({
  labels,
  bits: fc.oneof(
    fc.constantFrom(0n, 1n << 63n, 0x7ff8000000000000n, 0x7ff0000000000002n, 0x7ff8dead00000001n),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((high) => high << 32n),
  ),
  kind: fc.constantFrom(Kind.float, Kind.float, Kind.stale),
  time: fc.constantFrom(0, 1, 127, 128, 1_700_000_000_000, 1_700_000_000_001, -1),
})
const requests = fc.array(fc.array(row, { maxLength: 40 }), { maxLength: 4 })

describe('a packed request', () => {
  it('holds what the encoder would have written', () => {
    const start = fc.constantFrom(1, 2 ** 31 - 500, 2 ** 31)
    fc.assert(
      fc.property(requests, fc.boolean(), start, (all, isOneTime, position) => {
        const pool = new LabelPool()
        const packer = new RemoteWriteV1Packer(pool, position)
        for (const each of all) {
          const values = new BigUint64Array(each.map(({ bits }) => bits))
          const rows = {
            series: Uint32Array.from(each, (one) => pool.intern(one.labels)),
            values: new Float64Array(values.buffer),
            kinds: Uint8Array.from(each, ({ kind }) => kind),
            times: isOneTime ? 1_700_000_000_000 : Float64Array.from(each, ({ time }) => time),
          }
          expectSame(packer, rows, pool)
        }
      }),
      {
        numRuns: 1000,
        // A row without a value whose sample is as long as that of the next, which has one.
        examples: [
          [
            [
              [
                { labels: [], bits: 0n, kind: Kind.float, time: -1 },
                { labels: [], bits: 1n << 32n, kind: Kind.float, time: 1 },
              ],
            ],
            false,
            1,
          ],
        ],
      },
    )
  })

  it('packs only the rows asked for', () => {
    const pool = new LabelPool()
    const ids = Array.from({ length: 10 }, (_, i) => pool.intern(['a', `value-${i}`]))
    const rows = columns(ids, 1)
    const block = new RemoteWriteV1Packer(pool).pack(rows, 3, 7)
    expect(Buffer.from(snappyjs.uncompress(block)).equals(plain(rows, 3, 7, pool))).toBe(true)
  })

  it.each([0, 1, 50, 60, 61, 256, 257, 40_000, 65_530, 70_000, 300_000])(
    'takes a label of %d bytes, alone and among others',
    (size) => {
      const pool = new LabelPool()
      const text = Array.from({ length: size }, (_, i) => String.fromCharCode(33 + ((i * i) % 90)))
      const long = pool.intern(['a', 'b', 'long', text.join('')])
      const short = pool.intern(['a', 'b'])
      const packer = new RemoteWriteV1Packer(pool)
      for (const ids of [[long], [short, long, short, long], [long, long, long]]) {
        expectSame(packer, columns(ids, 1_700_000_000_000), pool)
      }
    },
  )

  it('takes one sample over and over, which is one run of more than the buffer', () => {
    const pool = new LabelPool()
    const id = pool.intern(['a', 'b', 'long', 'x'.repeat(1000)])
    const rows = columns(new Array(2000).fill(id), 1_700_000_000_000)
    rows.values.fill(1)
    const packer = new RemoteWriteV1Packer(pool)
    expectSame(packer, rows, pool)
    const [short, long] = [pool.intern(['a', 'c']), pool.intern(['long', 'yz'.repeat(30_000)])]
    const ids = [...rows.series.subarray(0, 1000), short, ...rows.series.subarray(0, 1000), long]
    expectSame(packer, columns(ids, 1_700_000_000_000), pool)
    expectSame(
      new RemoteWriteV1Packer(pool),
      { ...columns(ids, 1), values: new Float64Array(ids.length) },
      pool,
    )
  })

  it('is whole after one that failed in the middle of a literal', () => {
    const pool = new LabelPool()
    const rows = columns([pool.intern(['a', 'b']), pool.intern(['a', 'c']), 9999], 1)
    const packer = new RemoteWriteV1Packer(pool)
    expect(() => packer.pack(rows, 0, 3)).toThrow('no such label set')
    expectSame(packer, columns([...rows.series.subarray(0, 2)], 1), pool)
  })

  it('keeps no buffer of a large request for small ones', () => {
    const pool = new LabelPool()
    const long = Array.from({ length: 60 }, (_, i) =>
      pool.intern(['long', `${i}${randomBytes(150_000).toString('base64')}`]),
    )
    const packer = new RemoteWriteV1Packer(pool)
    expectSame(packer, columns(long, 1), pool)
    const small = columns([pool.intern(['a', 'b'])], 1)
    expectSame(packer, small, pool)
    expect(packer.pack(small, 0, 1).buffer.byteLength).toBeLessThan(9 << 20)
  })

  it('is at most a quarter larger than with a search for all matches', () => {
    const pool = new LabelPool()
    const ids = Array.from({ length: 4000 }, (_, i) => {
      const pod = ((i * 2654435761) >>> 0).toString(16)
      return pool.intern([
        ...[
          '__name__',
          `container_memory_${Math.floor(i / 800)}_bytes`,
          'id',
          `/kubepods/pod${pod}/${pod}`,
        ],
        ...['pod', `app-${i % 7}-${pod}`, 'namespace', `prod-${i % 3}`, 'job', 'cadvisor'],
      ])
    })
    const rows = columns(ids, 1_700_000_000_000)
    rows.values.forEach((_, i, values) => {
      values[i] = (i * 2654435761) % 2 ** 33
    })
    const packed = expectSame(new RemoteWriteV1Packer(pool), rows, pool)
    const content = plain(rows, 0, ids.length, pool)
    const out = new Uint8Array(compressedSizeMax(content.length))
    const searched = new SnappyCompressor().compress(content, content.length, out)
    expect(packed).toBeLessThan(searched * 1.25)
  })
})
