import * as zlib from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecordCompressor } from '../../../src/wire/wal/compression.ts'
import { crc32c } from '../../../src/wire/wal/crc32c.ts'
import { type Damage, Frame, FrameReader } from '../../../src/wire/wal/frame_reader.ts'
import { Compression, FrameWriter, pageSizeBytes } from '../../../src/wire/wal/framing.ts'

interface Read {
  readonly records: Uint8Array[]
  readonly damages: Damage[]
}

function readAll(bytes: Uint8Array, chunkSize = bytes.length || 1): Read {
  const reader = new FrameReader()
  const records: Uint8Array[] = []
  const damages: Damage[] = []
  let at = 0
  for (;;) {
    const frame = reader.next()
    if (frame === Frame.end) return { records, damages }
    if (frame === Frame.record) records.push(Uint8Array.from(reader.record))
    else if (frame === Frame.damage) damages.push(reader.damage)
    else if (at >= bytes.length) reader.end()
    else {
      reader.push(bytes.subarray(at, at + chunkSize))
      at += chunkSize
    }
  }
}

function segmentOf(records: readonly Uint8Array[], compressed = false): Uint8Array {
  const writer = new FrameWriter()
  const compressor = new RecordCompressor()
  for (const record of records) {
    if (compressed) {
      compressor.compress(record, record.length)
      writer.add(compressor.bytes, compressor.length, compressor.compression)
    } else writer.add(record, record.length)
  }
  return Uint8Array.from(writer.take())
}

function patterned(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + 3) % 251)
}

/** Sizes around the borders of pages, and small ones. */
const recordSizes = fc.array(
  fc.oneof(
    fc.nat({ max: 300 }),
    fc.integer({ min: pageSizeBytes - 40, max: pageSizeBytes + 40 }),
    fc.nat({ max: 3 * pageSizeBytes }),
  ),
  { maxLength: 12 },
)

describe('records in zstd', () => {
  const content = Buffer.from('some content')
  // That content as one raw block.
  const frame = Buffer.concat([Buffer.from('28b52ffd200c610000', 'hex'), content])
  const segment = new FrameWriter()
  segment.add(frame, frame.length, Compression.zstd)
  const bytes = Uint8Array.from(segment.take())

  it('are read, or said to be unreadable here: that is no damage', () => {
    if ('zstdDecompressSync' in zlib)
      expect(readAll(bytes).records).toEqual([new Uint8Array(content)])
    else expect(() => readAll(bytes)).toThrow('records compressed with zstd need Node.js 22.15')
  })

  it('that are none are damaged', () => {
    const plain = new FrameWriter()
    plain.add(content, content.length, Compression.zstd)
    const { damages, records } = readAll(Uint8Array.from(plain.take()))
    expect(records).toEqual([])
    expect(damages).toMatchObject([{ reason: 'the record is no zstd' }])
  })
})

describe('CRC-32C', () => {
  const cases: [text: string, sum: number][] = [
    ['', 0],
    ['a', 0xc1d04330],
    ['123456789', 0xe3069283],
    ['The quick brown fox jumps over the lazy dog', 0x22620404],
  ]
  it.each(cases)('of %j is %i', (text, sum) => {
    expect(crc32c(Buffer.from(text))).toBe(sum)
  })

  it('sums a part as if it stood alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(50), fc.nat(50), (bytes, a, b) => {
        const from = Math.min(a, bytes.length)
        const to = Math.max(from, bytes.length - b)
        expect(crc32c(bytes, from, to)).toBe(crc32c(bytes.slice(from, to)))
      }),
    )
  })
})

describe('frames', () => {
  it('bring back all records, however the bytes come', () => {
    fc.assert(
      fc.property(recordSizes, fc.boolean(), fc.integer({ min: 1, max: 70_000 }), (sizes, c, n) => {
        const records = sizes.map(patterned)
        const read = readAll(segmentOf(records, c), n)
        expect(read.damages).toEqual([])
        expect(read.records.length).toBe(records.length)
        for (const [i, record] of records.entries()) {
          expect(Buffer.compare(read.records[i]!, record)).toBe(0)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('give a prefix of the records after a cut at any byte', () => {
    fc.assert(
      fc.property(recordSizes, fc.nat(), (sizes, seed) => {
        const records = sizes.map(patterned)
        const bytes = segmentOf(records)
        const cut = seed % (bytes.length + 1)
        const read = readAll(bytes.subarray(0, cut))
        expect(read.damages.every(({ torn }) => torn)).toBe(true)
        expect(read.damages.length).toBeLessThanOrEqual(1)
        for (const [i, record] of read.records.entries()) {
          expect(Buffer.compare(record, records[i]!)).toBe(0)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('lose one record to a flipped byte in its content', () => {
    const records = [10, 20, 30, 40].map(patterned)
    const bytes = segmentOf(records)
    bytes[7 + 10 + 7 + 5]! ^= 1
    const read = readAll(bytes)
    expect(read.records.map(({ length }) => length)).toEqual([10, 30, 40])
    expect(read.damages).toEqual([
      { from: 17, to: 44, reason: 'the checksum of a fragment does not match', torn: false },
    ])
  })

  it('lose at most the page and the records that touch it to any flipped byte', () => {
    fc.assert(
      fc.property(recordSizes, fc.nat(), fc.integer({ min: 1, max: 255 }), (sizes, seed, flip) => {
        const records = sizes.map(patterned)
        const bytes = segmentOf(records)
        if (bytes.length === 0) return
        const at = seed % bytes.length
        bytes[at]! ^= flip
        const read = readAll(bytes)
        const pageStart = at - (at % pageSizeBytes)
        let end = 0
        let isBefore = 0
        const writer = new FrameWriter()
        for (const record of records) {
          writer.add(record, record.length)
          end = writer.position
          if (end <= pageStart) isBefore++
        }
        for (const [i, record] of records.slice(0, isBefore).entries()) {
          expect(Buffer.compare(read.records[i]!, record)).toBe(0)
        }
        for (const record of read.records) {
          expect(records.some((known) => Buffer.compare(known, record) === 0)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('wait for a page that is still being written', () => {
    const bytes = segmentOf([patterned(100), patterned(200)])
    const reader = new FrameReader()
    reader.push(bytes.subarray(0, 110))
    expect(reader.next()).toBe(Frame.record)
    expect(reader.next()).toBe(Frame.more)
    reader.push(bytes.subarray(110))
    expect(reader.next()).toBe(Frame.record)
    expect(reader.record.length).toBe(200)
    reader.push(new Uint8Array(50))
    expect(reader.next()).toBe(Frame.more)
    reader.end()
    expect(reader.next()).toBe(Frame.end)
  })

  it('take pages of zeros for padding', () => {
    const bytes = new Uint8Array(3 * pageSizeBytes + 10)
    bytes.set(segmentOf([patterned(9)]))
    expect(readAll(bytes)).toMatchObject({ records: [{ length: 9 }], damages: [] })
  })

  it('fill a segment and no more', () => {
    const writer = new FrameWriter(0, 2 * pageSizeBytes)
    expect(writer.fits(2 * (pageSizeBytes - 7))).toBe(true)
    expect(writer.fits(2 * (pageSizeBytes - 7) + 1)).toBe(false)
    writer.add(patterned(2 * (pageSizeBytes - 7)), 2 * (pageSizeBytes - 7))
    expect(writer.position).toBe(2 * pageSizeBytes)
    expect(writer.fits(0)).toBe(false)
    expect(writer.take().length).toBe(2 * pageSizeBytes)
  })

  it('keep a record raw that compression does not shorten', () => {
    const compressor = new RecordCompressor()
    compressor.compress(Uint8Array.of(1, 2, 3), 3)
    expect(compressor).toMatchObject({ length: 3, compression: Compression.none })
    compressor.compress(new Uint8Array(100), 100)
    expect(compressor.compression).toBe(Compression.snappy)
  })
})
