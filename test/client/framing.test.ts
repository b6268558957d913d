import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Splitter } from '../../src/client/framing.ts'

function split(bytes: Uint8Array, cuts: readonly number[], options: { lengthMax?: number } = {}) {
  const splitter = new Splitter({ delimiter: '|;|', ...options })
  const records: string[] = []
  let at = 0
  for (const cut of cuts) {
    records.push(...splitter.push(bytes.subarray(at, at + cut)))
    at += cut
  }
  records.push(...splitter.push(bytes.subarray(at)), ...splitter.end())
  return { records, oversized: splitter.oversized }
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('splitter', () => {
  it.each([
    ['records of one piece', 'a|;|b|;|', ['a', 'b']],
    ['an unfinished one at the end', 'a|;|b', ['a', 'b']],
    ['empty ones', '|;||;|', ['', '']],
    ['what only looks like a delimiter', 'a|;b|;|;|', ['a|;b', ';|']],
    ['nothing', '', []],
  ])('gives %s', (_, text, expected) => {
    for (const size of [1, 2, 3, 100]) {
      const cuts = new Array(Math.ceil(text.length / size)).fill(size)
      expect(split(bytesOf(text), cuts).records).toEqual(expected)
    }
  })

  it('does not care where the bytes are cut', () => {
    const record = fc.string({ unit: 'grapheme', maxLength: 12 })
    const noise = fc.constantFrom('|', ';', '|;', '|;|', 'ä', '😀', 'x')
    const text = fc.array(fc.oneof(record, noise)).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 0, max: 5 })), (whole, cuts) => {
        const expected = whole.split('|;|')
        if (expected.at(-1) === '') expected.pop()
        expect(split(bytesOf(whole), cuts).records).toEqual(expected)
      }),
    )
  })

  it('leaves out what is too long, holds no more of it, and counts it', () => {
    const text = `a|;|${'x'.repeat(100)}|;|b|;|${'y'.repeat(11)}|;|c`
    for (const size of [1, 2, 7, 1000]) {
      const cuts = new Array(Math.ceil(text.length / size)).fill(size)
      expect(split(bytesOf(text), cuts, { lengthMax: 10 })).toEqual({
        records: ['a', 'b', 'c'],
        oversized: 2,
      })
    }
  })

  it('reads broken UTF-8 as replacement characters', () => {
    const bytes = new Uint8Array([0x61, 0xff, 0x7c, 0x3b, 0x7c, 0xc3])
    expect(split(bytes, [2]).records).toEqual(['a\ufffd', '\ufffd'])
  })
})
