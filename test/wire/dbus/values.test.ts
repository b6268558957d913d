import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DbusReader, type DbusValue, DbusWriter } from '../../../src/wire/dbus/values.ts'

function written(signature: string, values: readonly DbusValue[]): Buffer {
  const writer = new DbusWriter()
  writer.values(signature, values)
  return writer.bytes()
}

function read(signature: string, bytes: Buffer, isLittle = true): readonly DbusValue[] {
  return new DbusReader(bytes, { at: 0, isLittle }).values(signature)
}

it.each<[string, string, DbusValue[], string]>([
  ['numbers at their places', 'yu', [1, 2], '01000000 02000000'],
  ['a text with its length and a zero', 's', ['ab'], '02000000 616200'],
  ['a signature with a short length', 'g', ['as'], '02617300'],
  ['an array without what aligns it', 'at', [[1n]], '08000000 00000000 0100000000000000'],
  ['an empty array of aligned elements', 'a(u)', [[]], '00000000 00000000'],
  ['a variant with its type', 'v', [{ signature: 'b', value: true }], '01620000 01000000'],
  ['a dictionary as structures', 'a{yy}', [[[1, 2]]], '02000000 00000000 0102'],
])('writes %s', (_, signature, values, hex) => {
  const bytes = written(signature, values)
  expect(bytes.toString('hex')).toBe(hex.replaceAll(' ', ''))
  expect(read(signature, bytes)).toEqual(values)
})

it('reads numbers with the highest byte first', () => {
  const bytes = Buffer.from('0102 0304 00000005 0000000000000006'.replaceAll(' ', ''), 'hex')
  expect(read('qqut', bytes, false)).toEqual([0x0102, 0x0304, 5, 6n])
})

/** A signature, and a value of it. */
const typed = fc.letrec<{ any: { signature: string; value: DbusValue } }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.nat(255).map((value) => ({ signature: 'y', value })),
    fc.integer({ min: -32768, max: 32767 }).map((value) => ({ signature: 'n', value })),
    fc.integer().map((value) => ({ signature: 'i', value })),
    fc.nat().map((value) => ({ signature: 'u', value })),
    fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      .map((value) => ({ signature: 'x', value })),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => ({ signature: 't', value })),
    fc.double({ noNaN: true }).map((value) => ({ signature: 'd', value })),
    fc.boolean().map((value) => ({ signature: 'b', value })),
    fc.string({ unit: 'binary' }).map((value) => ({ signature: 's', value })),
    tie('any').map((value) => ({ signature: 'v', value })),
    fc.tuple(tie('any'), fc.nat(3)).map(([{ signature, value }, count]) => ({
      signature: `a${signature}`,
      value: Array.from({ length: count }, () => value),
    })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((fields) => ({
      signature: `(${fields.map(({ signature }) => signature).join('')})`,
      value: fields.map(({ value }) => value),
    })),
  ),
})).any

it('reads back what it writes', () => {
  fc.assert(
    fc.property(fc.nat(7), typed, (shift, { signature, value }) => {
      const text = `${'y'.repeat(shift)}${signature}`
      const values = [...Array.from({ length: shift }, () => 7), value]
      expect(read(text, written(text, values))).toEqual(values)
    }),
  )
})

it('throws an Error at any cut, and never reads on', () => {
  fc.assert(
    fc.property(typed, fc.nat(), ({ signature, value }, at) => {
      const bytes = written(signature, [value])
      const cut = bytes.subarray(0, at % (bytes.length + 1))
      if (cut.length < bytes.length) expect(() => read(signature, cut)).toThrow(Error)
    }),
  )
})

it.each<[string, DbusValue]>([
  ['s', 1],
  ['u', 'x'],
  ['t', 1],
  ['a(uu)', [[1]]],
  ['v', 'x'],
])('refuses to write another type than %s', (signature, value) => {
  expect(() => written(signature, [value])).toThrow('cannot write a D-Bus message')
})

it.each(['z', '(', '()', 'a', '{ss', 'a'.repeat(70)])('refuses the signature %j', (signature) => {
  expect(() => read(signature, Buffer.alloc(64))).toThrow('cannot read the D-Bus signature')
})
