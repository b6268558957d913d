import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isIdentifier, itemIds } from '../../../src/engine/modules/item_id.ts'
import { Secret } from '../../../src/eval/secret.ts'
import { Capsule, Uint64, type Value } from '../../../src/eval/value.ts'

const plain = { id: '', hash_string_id: false }
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const object = (entries: Record<string, Value>) => new Map(Object.entries(entries))

function idsOf(items: readonly Value[], options = plain) {
  let without = 0
  const ids = itemIds(items, options, () => {
    without++
  })
  return { ids, without }
}

describe('itemIds', () => {
  // Of Alloy 1.18, recorded.
  it.each<[string, readonly Value[], readonly string[]]>([
    [
      'texts, with underscores for what is no letter or digit',
      ['app-1', 'é', ''],
      ['app_1', 'é', ''],
    ],
    [
      'whole numbers',
      [1n, 1_000_000n, new Uint64(2n ** 63n)],
      ['1', '1000000', '9223372036854775808'],
    ],
    ['floats', [2.5, 0.1, 2], ['2_500000', '0_100000', '2_000000']],
    ['booleans', [true], ['true']],
    [
      'null and lists, by a hash of what Go prints',
      [null, [1n]],
      [
        'a9dc16a7a3875d174c1af4f923f261cafc124357f2322493a59ee0d14fcd10db',
        'dddf34d03a11c85d73a2da4a2fbccbab8dae67206e6d821a4db1ab91e375325c',
      ],
    ],
    [
      'objects, keys sorted',
      [object({ n: 1.5, b: true, l: [1n, 'x'], name: 'a b', z: null })],
      [
        sha256(
          'map[string]interface {}{"b":true, "l":[]interface {}{1, "x"}, "n":1.5, "name":"a b", "z":interface {}(nil)}',
        ),
      ],
    ],
    ['secrets, by a hash', [new Secret('x')], [sha256('"x"')]],
  ])('names %s', (_, items, expected) => {
    expect(idsOf(items).ids).toEqual(expected.map((name) => `foreach_${name}_1`))
  })

  it('counts items of one name', () => {
    expect(idsOf(['a-b', 'a_b', 'c', 'a.b']).ids).toEqual([
      'foreach_a_b_1',
      'foreach_a_b_2',
      'foreach_c_1',
      'foreach_a_b_3',
    ])
  })

  it('takes the value of a key, and the whole item where there is none', () => {
    const target = new Capsule('discovery.Target', null, { asObject: () => object({ id: 't' }) })
    const items = [object({ id: 'x-y' }), object({ id: 7n }), object({ no: 1n }), target, 'text']
    expect(idsOf(items, { ...plain, id: 'id' })).toEqual({
      ids: [
        'foreach_x_y_1',
        'foreach_7_1',
        `foreach_${sha256('map[string]interface {}{"no":1}')}_1`,
        'foreach_t_1',
        'foreach_text_1',
      ],
      without: 2,
    })
  })

  it('hashes texts where it is told to', () => {
    const { ids } = idsOf(['a', 1n], { id: '', hash_string_id: true })
    expect(ids).toEqual([`foreach_${sha256('a')}_1`, 'foreach_1_1'])
  })

  it('names the same capsule the same way every time', () => {
    const capsule = () => new Capsule('storage.Appendable', {}, { display: 'a.receiver' })
    expect(idsOf([capsule()]).ids).toEqual(idsOf([capsule()]).ids)
  })
})

it.each([
  ['foreach_é_1', true],
  ['foreach_-1_1', false],
])('%s is an identifier: %s', (id, expected) => {
  expect(isIdentifier(id)).toBe(expected)
})
