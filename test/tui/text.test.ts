import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import {
  asciiOnly,
  bytes,
  count,
  cut,
  duration,
  harmless,
  shorten,
  sparkline,
  widthOf,
} from '../../src/tui/text.ts'

describe('harmless', () => {
  it.each([
    ['what is harmless', 'aä漢😀 {x="y"}', 'aä漢😀 {x="y"}'],
    ['escapes', '\u001b[31mred', '^[[31mred'],
    ['ends of lines and tabs', 'a\r\n\tb', 'a   b'],
    ['C0, DEL and C1', '\u0000\u0007\u007f\u009b', '^@^G<7f><9b>'],
    ['bidirectional marks', 'a\u202eb\u2066c\u200f', 'a<202e>b<2066>c<200f>'],
    ['what has no width', 'a\u200bb\ufeff\u00ad', 'a<200b>b<feff><ad>'],
    ['half of a pair', 'a\ud800b\udc00', 'a<d800>b<dc00>'],
  ])('shows %s', (_, text, expected) => {
    expect(harmless(text)).toBe(expected)
  })

  it('leaves nothing that a terminal obeys, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = harmless(text)
        expect(clean).not.toMatch(/\p{Cc}|\p{Cs}|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u)
        expect(harmless(clean)).toBe(clean)
        expect(asciiOnly(clean)).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })
})

describe('widthOf', () => {
  it('counts columns as string-width does', () => {
    for (let code = 0x20; code < 0x3000; code++) {
      const text = harmless(String.fromCharCode(code))
      expect([code, widthOf(text)]).toEqual([code, stringWidth(text)])
    }
  })
})

describe('cut and shorten', () => {
  it('never take more columns than there are', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map(harmless)
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 25 }), (whole, width) => {
        expect(stringWidth(cut(whole, width))).toBeLessThanOrEqual(width)
        expect(stringWidth(shorten(whole, width, '…'))).toBeLessThanOrEqual(width)
        expect(whole.startsWith(cut(whole, width))).toBe(true)
        if (stringWidth(whole) <= width) expect(shorten(whole, width, '…')).toBe(whole)
      }),
    )
  })

  it('keep both ends of an id', () => {
    expect(shorten('prometheus.remote_write.mimir', 15, '…')).toBe('prometh…e.mimir')
  })
})

describe('figures', () => {
  it.each([
    [0, '0'],
    [0.001, '0'],
    [0.5, '0.5'],
    [0.525, '0.53'],
    [9.96, '10'],
    [12, '12'],
    [12.34, '12.3'],
    [99.96, '100'],
    [812.4, '812'],
    [999.4, '999'],
    [999.5, '1k'],
    [1000, '1k'],
    [12_100, '12.1k'],
    [123_456, '123k'],
    [1.5e6, '1.5M'],
    [-12_100, '-12.1k'],
    [1e30, '1e+30'],
    [Number.NaN, '-'],
    [null, '-'],
    [Number.POSITIVE_INFINITY, 'inf'],
  ])('count %s is %s', (value, expected) => {
    expect(count(value)).toBe(expected)
  })

  it.each([
    [0, '0B'],
    [512, '512B'],
    [1536, '1.5K'],
    [212 * 2 ** 20, '212M'],
    [2 ** 31, '2G'],
    [null, '-'],
  ])('%s bytes are %s', (value, expected) => {
    expect(bytes(value)).toBe(expected)
  })

  it.each([
    [0, '0s'],
    [12, '12ms'],
    [400, '0.4s'],
    [9949, '9.9s'],
    [12_400, '12s'],
    [59_600, '1m'],
    [184_000, '3m4s'],
    [3_600_000, '1h'],
    [273_840_000, '3d4h'],
    [-5, '0s'],
  ])('%s ms are %s', (value, expected) => {
    expect(duration(value)).toBe(expected)
  })
})

describe('sparkline', () => {
  it.each([
    ['grows to the largest', [0, 1, 2, 4], '_.-+', 4, '_.-+'],
    ['shows the newest points', [9, 0, 4], '_.-+', 2, '_+'],
    ['leaves unknown points free', [null, 4], '_.-+', 4, '   +'],
    ['is flat where nothing happens', [0, 0], '_.-+', 2, '__'],
    ['shows the least that is something', [0.001, 4], '_.-+', 2, '.+'],
  ])('%s', (_, points, levels, width, expected) => {
    expect(sparkline(points, width, levels)).toBe(expected)
  })
})
