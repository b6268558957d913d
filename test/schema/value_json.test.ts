import { describe, expect, it } from 'vitest'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { Bytes, Capsule, FunctionValue, Struct, Uint64, type Value } from '../../src/eval/value.ts'
import { textOf } from '../../src/go/text.ts'
import { goStyle, plainStyle, valuePieces } from '../../src/schema/value_json.ts'

function jsonOf(value: Value): string {
  return [...valuePieces(value, goStyle)].join('')
}

describe('values', () => {
  const map = (...entries: [string, Value][]) => new Map(entries)
  it.each<[string, Value, string]>([
    ['null', null, '{"type":"null","value":null}'],
    ['bool', true, '{"type":"bool","value":true}'],
    ['string', 'a<"', '{"type":"string","value":"a\\u003c\\""}'],
    ['bytes that are no UTF-8', textOf(Uint8Array.of(255)), '{"type":"string","value":"\\ufffd"}'],
    ['int', -5n, '{"type":"number","value":-5}'],
    ['big ints as float64', 2n ** 62n + 1n, '{"type":"number","value":4611686018427388000}'],
    ['uint', new Uint64(7n), '{"type":"number","value":7}'],
    ['float', 0.1, '{"type":"number","value":0.1}'],
    ['large float', 1e21, '{"type":"number","value":1e+21}'],
    ['below that', 123456789012345680000, '{"type":"number","value":123456789012345680000}'],
    ['small float', 1e-7, '{"type":"number","value":1e-7}'],
    ['smaller float', 1.5e-10, '{"type":"number","value":1.5e-10}'],
    ['above that', 0.000001, '{"type":"number","value":0.000001}'],
    [
      'array',
      [1n, ['a']],
      '{"type":"array","value":[{"type":"number","value":1},' +
        '{"type":"array","value":[{"type":"string","value":"a"}]}]}',
    ],
    ['empty array', [], '{"type":"array","value":[]}'],
    [
      'bytes',
      new Bytes(Uint8Array.of(1, 2)),
      '{"type":"array","value":[{"type":"number","value":1},{"type":"number","value":2}]}',
    ],
    [
      'map, sorted',
      map(['b', 1n], ['a', null]),
      '{"type":"object","value":[{"key":"a","value":{"type":"null","value":null}},' +
        '{"key":"b","value":{"type":"number","value":1}}]}',
    ],
    [
      'map, sorted by bytes',
      map(['\u{1f600}', null], ['\uff5e', null]),
      '{"type":"object","value":[{"key":"\uff5e","value":{"type":"null","value":null}},' +
        '{"key":"\u{1f600}","value":{"type":"null","value":null}}]}',
    ],
    [
      'struct, in order',
      new Struct([
        ['b', true],
        ['a', false],
      ]),
      '{"type":"object","value":[{"key":"b","value":{"type":"bool","value":true}},' +
        '{"key":"a","value":{"type":"bool","value":false}}]}',
    ],
    ['function', new FunctionValue('f', () => null), '{"type":"function","value":"function"}'],
    ['secret', new Secret('x'), '{"type":"capsule","value":"(secret)"}'],
    [
      'secret within',
      map(['a', [new Secret('x')]]),
      '{"type":"object","value":[{"key":"a","value":{"type":"array","value":' +
        '[{"type":"capsule","value":"(secret)"}]}}]}',
    ],
    ['optional secret', new OptionalSecret('x', true), '{"type":"capsule","value":"(secret)"}'],
    ['the same in clear', new OptionalSecret('x', false), '{"type":"capsule","value":"\\"x\\""}'],
    ['capsule', new Capsule('a.B', 0), '{"type":"capsule","value":"capsule(\\"a.B\\")"}'],
    [
      'capsule with a text',
      new Capsule('a.B', 0, { display: 'x.receiver' }),
      '{"type":"capsule","value":"x.receiver"}',
    ],
    [
      'capsule that is an object',
      new Capsule('a.B', 0, { asObject: () => map(['a', 'b']) }),
      '{"type":"object","value":[{"key":"a","value":{"type":"string","value":"b"}}]}',
    ],
  ])('%s', (_, value, expected) => {
    expect(jsonOf(value)).toBe(expected)
    JSON.parse(expected)
  })

  it('have no text for what JSON cannot say, as upstream', () => {
    expect(() => jsonOf(Number.NaN)).toThrow('json: unsupported value: NaN')
    expect(() => jsonOf(Number.NEGATIVE_INFINITY)).toThrow('json: unsupported value: -Inf')
  })

  it('read as JavaScript writes them, for programs', () => {
    const plain = (value: Value) => [...valuePieces(value, plainStyle)].join('')
    expect(plain(['a<\u{2028}', 1e21, -0, Number.NaN])).toBe(
      '{"type":"array","value":[{"type":"string","value":"a<\u{2028}"},' +
        '{"type":"number","value":1e+21},{"type":"number","value":0},' +
        '{"type":"number","value":null}]}',
    )
  })
})
