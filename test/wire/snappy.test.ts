import fc from 'fast-check'
import snappyjs from 'snappyjs'
import { describe, expect, it } from 'vitest'
import { compressedSizeMax, decompressSnappy, SnappyCompressor } from '../../src/wire/snappy.ts'

const sizeMax = 1 << 20

function compress(content: Uint8Array): Uint8Array {
  const out = new Uint8Array(compressedSizeMax(content.length))
  return out.slice(0, new SnappyCompressor().compress(content, content.length, out))
}

/** Text that repeats itself near and far, as requests do. */
const repetitive = fc
  .array(fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 90 })), { maxLength: 3000 })
  .map((parts) => Buffer.from(parts.map(([n, size]) => `${n}`.repeat(size)).join('')))

const anything = fc.oneof(fc.uint8Array({ maxLength: 5000 }), repetitive)

describe('snappy', () => {
  const cases: [claim: string, content: Uint8Array][] = [
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(7)],
    ['less than a search needs', Buffer.from('aaaaaaaaaaaaaa')],
    ['a literal of 60 bytes', Buffer.from(Array.from({ length: 60 }, (_, i) => i * 37))],
    ['a literal of 61 bytes', Buffer.from(Array.from({ length: 61 }, (_, i) => i * 37))],
    ['a run of one byte', new Uint8Array(100_000).fill(65)],
    ['more than a fragment', Buffer.from('abcdefghijklmnopqrstuvwxyz'.repeat(10_000))],
    ['a match of 64 to 68 bytes', Buffer.from(`${'x1y2z3w4'.repeat(9)}..${'x1y2z3w4'.repeat(8)}q`)],
  ]
  for (const [claim, content] of cases) {
    it(`brings back ${claim}`, () => {
      const block = compress(content)
      expect(Buffer.compare(snappyjs.uncompress(block), content)).toBe(0)
      expect(Buffer.compare(decompressSnappy(block, sizeMax), content)).toBe(0)
    })
  }

  it('makes blocks that the reference reads, within the bound', () => {
    fc.assert(
      fc.property(anything, (content) => {
        const block = compress(content)
        expect(block.length).toBeLessThanOrEqual(compressedSizeMax(content.length))
        expect(Buffer.compare(snappyjs.uncompress(block), content)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  it('reads what the reference makes', () => {
    fc.assert(
      fc.property(anything, (content) => {
        const block = snappyjs.compress(Uint8Array.from(content))
        expect(Buffer.compare(decompressSnappy(block, sizeMax), content)).toBe(0)
      }),
    )
  })

  it('refuses content beyond the limit before it allocates', () => {
    const block = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0)
    expect(() => decompressSnappy(block, sizeMax)).toThrow(
      'snappy: content of 4294967295 bytes exceeds the limit of 1048576 bytes',
    )
    expect(() => decompressSnappy(block, 2 ** 33)).toThrow('snappy: corrupt input')
  })

  const corrupt: [claim: string, block: number[]][] = [
    ['no head', []],
    ['a head that never ends', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80]],
    ['a literal beyond the block', [4, 3 << 2, 1, 2]],
    ['a literal beyond the content', [2, 3 << 2, 1, 2, 3, 4]],
    ['a copy from before the beginning', [8, 0, 1, 1 | (2 << 2), 2]],
    ['a copy with offset 0', [8, 0, 1, 1 | (2 << 2), 0]],
    ['less content than the head says', [9, 0, 1]],
    ['a copy that breaks off', [8, 0, 1, 2 | (3 << 2), 1]],
  ]
  for (const [claim, block] of corrupt) {
    it(`refuses ${claim}`, () => {
      expect(() => decompressSnappy(Uint8Array.from(block), sizeMax)).toThrow('corrupt input')
    })
  }

  it('never returns content of another size for a damaged block', () => {
    fc.assert(
      fc.property(repetitive, fc.nat(), fc.nat({ max: 255 }), (content, place, byte) => {
        const block = compress(content)
        block[place % block.length] = byte
        try {
          decompressSnappy(block, sizeMax)
        } catch (error) {
          expect((error as Error).message).toMatch(/^snappy: /)
        }
      }),
    )
  })
})
