import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonString } from '../../src/go/json_text.ts'
import { textOf } from '../../src/go/text.ts'

describe('jsonString', () => {
  it.each([
    ['plain', '"plain"'],
    ['<a & b>', '"\\u003ca \\u0026 b\\u003e"'],
    ['\u2028\u2029', '"\\u2028\\u2029"'],
    ['\t\n\b\f\u0001"\\', '"\\t\\n\\b\\f\\u0001\\"\\\\"'],
    [textOf(Uint8Array.of(97, 0xff, 98)), '"a\\ufffdb"'],
    ['\\udcff', '"\\\\udcff"'],
    ['\\\udcff', '"\\\\\\ufffd"'],
  ])('%j', (text, expected) => {
    expect(jsonString(text)).toBe(expected)
  })

  it('is read back as the text that it was made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(JSON.parse(jsonString(text))).toBe(text)
      }),
    )
  })
})
