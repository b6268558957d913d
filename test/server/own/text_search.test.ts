import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textSearch } from '../../../src/server/own/text_search.ts'

describe('a text that is looked for', () => {
  it('is found wherever it stands, whatever its case', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, wanted, after) => {
        expect(textSearch(wanted)(before + wanted + after)).toBe(true)
        expect(textSearch('Abc')(`${before}aBC${after}`)).toBe(true)
      }),
    )
  })

  it('means itself, not a pattern', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (wanted, text) => {
        const isThere = text.toLowerCase().includes(wanted.toLowerCase())
        expect(textSearch(wanted)(text)).toBe(isThere)
      }),
    )
  })
})
