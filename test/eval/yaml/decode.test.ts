import { describe, expect, it } from 'vitest'
import { Capsule, Uint64, type Value } from '../../../src/eval/value.ts'
import { decodeYaml } from '../../../src/eval/yaml/decode.ts'

const map = (entries: Record<string, Value>) => new Map(Object.entries(entries))

const values: readonly [string, string, Value][] = [
  ['nothing', '', null],
  ['null in all its spellings', '[~, null, Null, NULL, ]', [null, null, null, null]],
  ['yes and no are strings', '[yes, no, on, true, FALSE]', ['yes', 'no', 'on', true, false]],
  ['quoted scalars are strings', '["1", \'true\', "~"]', ['1', 'true', '~']],
  ['integers', '[010, 0o17, 0x1F, 0b11, 1_000, -5, +5]', [8n, 15n, 31n, 3n, 1000n, -5n, 5n]],
  ['what is no octal number is a float', '[08, 1.0, .5, 1e3, -.inf]', [8, 1, 0.5, 1000, -Infinity]],
  ['large integers', '[18446744073709551615]', [new Uint64(2n ** 64n - 1n)]],
  ['larger ones are floats', '[18446744073709551616]', [2 ** 64]],
  [
    'timestamps are RFC 3339',
    '[2020-01-01, 2001-12-14 21:59:43.10, 2001-12-14t21:59:43.10-05:00, 2020-13-01]',
    ['2020-01-01T00:00:00Z', '2001-12-14T21:59:43.1Z', '2001-12-14T21:59:43.1-05:00', '2020-13-01'],
  ],
  ['tags', '[!!str 1, !!int "3", !!float 2, !!binary aGk=, !mine x]', ['1', 3n, 2, 'hi', 'x']],
  ['anchors', 'a: &x [1]\nb: *x', map({ a: [1n], b: [1n] })],
  [
    'merge keys, own keys first',
    'base: &b {a: 1, c: 3}\nx:\n  <<: *b\n  a: 2',
    map({ base: map({ a: 1n, c: 3n }), x: map({ a: 2n, c: 3n }) }),
  ],
  ['block scalars', 'a: |\n  x\n  y\nb: >\n  x\n  y\n', map({ a: 'x\ny\n', b: 'x y\n' })],
  ['the first document only', 'a\n---\nb', 'a'],
]

const invalid: readonly [string, string, string][] = [
  [
    'equal keys',
    'a: 1\na: 2',
    'yaml: unmarshal errors:\n  line 2: mapping key "a" already defined at line 1',
  ],
  ['unknown anchors', 'a: *x', "unknown anchor 'x' referenced"],
  ['anchors inside themselves', '&x [*x]', "yaml: anchor 'x' value contains itself"],
  ['values in values', 'a: b: c', 'yaml: line 1: mapping values are not allowed in this context'],
  ['merges of scalars', '<<: 1', 'yaml: map merge requires map or sequence of maps as the value'],
  ['tags that do not fit', '!!int x', 'yaml: cannot decode !!str `x` as a !!int'],
  ['bytes that are no text', 'a: \udcff', 'yaml: invalid leading UTF-8 octet'],
]

describe('decodeYaml', () => {
  it.each(values)('reads %s', (_, yaml, value) => {
    expect(decodeYaml(yaml)).toEqual(value)
  })

  it.each(invalid)('refuses %s', (_, yaml, message) => {
    expect(() => decodeYaml(yaml)).toThrow(message)
  })

  it('makes maps with other keys opaque', () => {
    const value = decodeYaml('{1: a, b: c}')
    expect(value instanceof Capsule && value.type).toBe('map[interface {}]interface {}')
  })

  it('ends where aliases multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 9; i++) {
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      )
    }
    expect(() => decodeYaml(lines.join('\n'))).toThrow('document contains excessive aliasing')
  })
})
