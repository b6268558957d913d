import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FloatReader, parseFloatText } from '../../../src/wire/exposition/float.ts'

function read(text: string): { value: number; end: number } {
  const reader = new FloatReader()
  const value = reader.read(Buffer.from(`x${text}\n`), 1)
  return { value, end: reader.end - 1 }
}

describe('numbers in bytes', () => {
  it('are what Number makes of them, to the last bit', () => {
    const digits = fc.stringMatching(/^[0-9]{1,25}$/)
    const number = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        digits,
        fc.option(digits),
        fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), fc.nat({ max: 330 }))),
      )
      .map(([sign, whole, fraction, power]) =>
        [sign, whole, fraction === null ? '' : `.${fraction}`, power?.join('') ?? ''].join(''),
      )
    const printed = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String)
    fc.assert(
      fc.property(fc.oneof(number, printed), (text) => {
        const expected = Number(text)
        const { value, end } = read(text)
        const fits = Number.isFinite(expected)
        expect(end).toBe(fits ? text.length : -2)
        if (fits) expect(Object.is(value, expected)).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  const plain: [text: string, value: number][] = [
    ['0', 0],
    ['-0', -0],
    ['.5', 0.5],
    ['5.', 5],
    ['1e5', 100_000],
    ['1.23E+09', 1.23e9],
    ['9007199254740993', 9007199254740992],
    ['1e-400', 0],
    ['0e999', 0],
    ['0000000000000000000000000000000000001', 1],
  ]
  for (const [text, value] of plain) {
    it(`reads ${text}`, () => {
      expect(read(text)).toEqual({ value, end: text.length })
    })
  }

  for (const text of ['', '.', '-', '+.', 'e5', '1e', '1e+', 'NaN', '+Inf', 'x', '1e999']) {
    it(`leaves ${text === '' ? 'nothing' : text} to the slow way`, () => {
      expect(read(text).end).toBe(-2)
    })
  }
})

describe('numbers in text', () => {
  const odd: [text: string, value: number][] = [
    ['Inf', Number.POSITIVE_INFINITY],
    ['+inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['nAn', Number.NaN],
  ]
  for (const [text, value] of odd)
    it(`reads ${text}`, () => expect(parseFloatText(text)).toBe(value))

  const errors: [text: string, message: string][] = [
    ['', 'strconv.ParseFloat: parsing "": invalid syntax'],
    ['0x10', 'strconv.ParseFloat: parsing "0x10": invalid syntax'],
    ['+NaN', 'strconv.ParseFloat: parsing "+NaN": invalid syntax'],
    ['1e999', 'strconv.ParseFloat: parsing "1e999": value out of range'],
    ['0x1p3', 'unsupported character in float'],
    ['1_000', 'unsupported character in float'],
  ]
  for (const [text, message] of errors) {
    it(`refuses ${text}`, () => expect(() => parseFloatText(text)).toThrow(message))
  }
})
