import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FloatFormat,
  formatFloat,
  formatOpenMetricsFloat,
  parseFloat64,
} from '../../src/go/float.ts'

/** Answers of Go 1.26. */
const answers: {
  /** The value, then it in each of `formats` with each of `precisions`. */
  format: string[][]
  /** Text, value, error. */
  parse: [string, string, string][]
} = JSON.parse(readFileSync(new URL('testdata/floats.json', import.meta.url), 'utf8'))

const formats: FloatFormat[] = ['e', 'f', 'g', 'G']
const precisions = [-1, 0, 1, 2, 3, 6, 10, 20]

describe('floats in text', () => {
  it.each(answers.format)('prints %s', (text, ...expected) => {
    const value = Number(text)
    const printed = formats.flatMap((format) =>
      precisions.map((precision) => formatFloat(value, format, precision)),
    )
    expect(printed).toEqual(expected)
  })

  it.each(answers.parse)('reads %j', (text, value, message) => {
    if (message !== '') expect(() => parseFloat64(text)).toThrow(new Error(message))
    else expect(formatFloat(parseFloat64(text), 'g', 17)).toBe(value)
  })

  it('reads what it prints', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        for (const format of formats) expect(parseFloat64(formatFloat(value, format))).toBe(value)
      }),
    )
  })

  it.each([
    [1, '1.0'],
    [0, '0.0'],
    [-1, '-1.0'],
    [0.5, '0.5'],
    [999999, '999999.0'],
    [1e6, '1e+06'],
    [1234567, '1.234567e+06'],
    [0.00001, '1e-05'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('prints %d for OpenMetrics as %s', (value, text) => {
    expect(formatOpenMetricsFloat(value)).toBe(text)
  })
})
