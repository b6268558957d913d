import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Printable, typeName } from '../../src/go/print_value.ts'
import { sprintf } from '../../src/go/printf.ts'
import { bytesOf, textOf } from '../../src/go/text.ts'

type Encoded =
  | null
  | boolean
  | Encoded[]
  | { int?: string; uint?: string; float?: string; b64?: string; map?: Record<string, Encoded> }

/** Answers of Go 1.26: format, values, text; texts in base64. */
const answers: [string, Encoded[], string][] = JSON.parse(
  readFileSync(new URL('testdata/printf.json', import.meta.url), 'utf8'),
)

function decode(value: Encoded): Printable {
  if (value === null || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(decode)
  if (value.int !== undefined) return BigInt(value.int)
  if (value.uint !== undefined) return { value: BigInt(value.uint) }
  if (value.float !== undefined) return Number(value.float.replace('Inf', 'Infinity'))
  if (value.b64 !== undefined) return text(value.b64)
  return new Map(Object.entries(value.map ?? {}).map(([key, item]) => [key, decode(item)]))
}

function text(base64: string): string {
  return textOf(Buffer.from(base64, 'base64'))
}

describe('sprintf', () => {
  it('prints as Go does', () => {
    const wrong = answers.flatMap(([format, values, expected]) => {
      const printed = sprintf(text(format), ...values.map(decode))
      const isRight = Buffer.from(bytesOf(printed)).toString('base64') === expected
      return isRight ? [] : [[text(format), JSON.stringify(values), printed, text(expected)]]
    })
    expect(wrong).toEqual([])
  })

  it.each<[string, Printable[], string]>([
    ['%s', [], '%!s(MISSING)'],
    ['%d', ['x'], '%!d(string=x)'],
    ['%d', [1n, 2n], '1%!(EXTRA int=2)'],
    ['%', [], '%!(NOVERB)'],
    ['%!', [1n], '%!!(int=1)'],
    ['%[2]d %[1]d %%', [1n, 2n], '2 1 %'],
    ['%v', [1e21], '1e+21'],
    ['%s', [[97n]], '[%!s(int=97)]'],
    ['%v', [{ goType: 'func()', text: 'function' }], 'function'],
    ['%d', [{ goType: 'func()', text: 'function' }], '%!d(func()=function)'],
  ])('prints %s of %s as %s', (format, values, expected) => {
    expect(sprintf(format, ...values)).toBe(expected)
  })

  it('names types as Go does', () => {
    expect(typeName(new Map())).toBe('map[string]interface {}')
    expect(typeName({ value: 1n })).toBe('uint64')
    expect(sprintf('%#v', [null, 'a'])).toBe('[]interface {}{interface {}(nil), "a"}')
  })

  it('sorts the keys of maps by bytes', () => {
    const map = new Map([
      ['\u{1f600}', 1n],
      ['\uff5e', 2n],
    ])
    expect(sprintf('%v', map)).toBe('map[\uff5e:2 \u{1f600}:1]')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.bigInt()), (format, values) => {
        expect(typeof sprintf(format, ...values)).toBe('string')
      }),
    )
  })
})
