import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { components, configBlocks } from '../../src/components/all.ts'
import { Secret } from '../../src/eval/secret.ts'
import { quote } from '../../src/go/quote.ts'
import { textOf } from '../../src/go/text.ts'
import { emptyBody } from '../../src/schema/body.ts'
import { list, map } from '../../src/schema/composites.ts'
import { exported } from '../../src/schema/declaration.ts'
import { bodyJson, bodyText, exportedValues, exportsJson } from '../../src/schema/encode.ts'
import { bool, float, int, secret, string, uint } from '../../src/schema/scalars.ts'
import {
  blocks,
  defaultedBlock,
  label,
  optional,
  required,
  schema,
} from '../../src/schema/schema.ts'
import { duration } from '../../src/schema/texts.ts'
import { decoding } from '../support/config_block.ts'

const inner = schema({ name: label('Name.'), on: optional(bool, true, 'On.') })
const everything = schema({
  text: required(string, 'Text.'),
  size: optional(int, 5, 'Size.'),
  count: optional(uint, 0, 'Count.'),
  share: optional(float, 0.5, 'Share.'),
  wait: optional(duration, '1m', 'Wait.'),
  names: optional(list(string), ['a'], 'Names.'),
  labels: optional(map(string), {}, 'Labels.'),
  token: optional(secret, undefined, 'Token.'),
  rule: blocks(inner, 'Rules.'),
  filter: defaultedBlock(schema({ on: optional(bool, true, 'On.') }), 'Filter.'),
})

const roundTrip = (text: string) => bodyText(decoding(everything, text).body)

describe('bodyText', () => {
  it('leaves out what equals the default, and keeps the order of the schema', () => {
    expect(roundTrip('wait = "60s"\nsize = 6\nnames = ["a"]\ntext = ""')).toBe(
      'text = ""\nsize = 6',
    )
  })

  it('shows an empty map that was written, secrets hidden, blocks with their labels', () => {
    const text = 'text = "x"\nlabels = {}\ntoken = "s"\nrule "a" { }\nfilter { on = false }'
    expect(roundTrip(text)).toBe(
      [
        'text   = "x"',
        'labels = {}',
        'token  = (secret)',
        '',
        'rule "a" { }',
        '',
        'filter {',
        '\ton = false',
        '}',
      ].join('\n'),
    )
  })

  it('keeps characters beyond the basic plane', () => {
    expect(roundTrip('text = "\u{10000}\u{1f600}"')).toBe('text = "\u{10000}\u{1f600}"')
  })

  it('decodes to the same again', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array().map(textOf))
    const body = fc.record({
      text: text.map(quote),
      size: fc.bigInt(-(2n ** 63n) + 1n, 2n ** 63n - 1n).map(String),
      count: fc.bigInt(0n, 2n ** 64n - 1n).map(String),
      wait: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((ns) => `"${ns}ns"`),
      names: fc.array(text.map(quote)).map((names) => `[${names.join(', ')}]`),
    })
    const byteOrderMark = '\ufeff'
    const example = { size: '0', count: '0', wait: '"0s"', names: '[]' }
    fc.assert(
      fc.property(body, (fields) => {
        const lines = Object.entries(fields).map(([name, value]) => `${name} = ${value}`)
        const first = decoding(everything, lines.join('\n'))
        expect(first.problems).toEqual([])
        expect(roundTrip(bodyText(first.body))).toBe(bodyText(first.body))
        expect(decoding(everything, bodyText(first.body)).args).toEqual(first.args)
      }),
      // No file may hold a byte order mark but at its beginning: it has to be escaped.
      { examples: [[{ ...example, text: quote(byteOrderMark) }]] },
    )
  })
})

describe('bodyJson', () => {
  it('shows lists even where they equal the default', () => {
    expect(bodyJson(decoding(everything, 'text = "x"').body)).toEqual([
      { name: 'text', type: 'attr', value: { type: 'string', value: 'x' } },
      {
        name: 'names',
        type: 'attr',
        value: { type: 'array', value: [{ type: 'string', value: 'a' }] },
      },
    ])
  })

  it('gives every declared component a body, and never fails on an empty one', async () => {
    for (const load of [...Object.values(components), ...Object.values(configBlocks)]) {
      const { declaration } = await load()
      if (declaration.arguments === undefined) continue
      expect(Array.isArray(bodyJson(emptyBody(declaration.arguments)))).toBe(true)
      expect(typeof bodyText(emptyBody(declaration.arguments))).toBe('string')
    }
  })
})

describe('exports', () => {
  it('hide secrets and keep their order', () => {
    const declared = { b: exported(secret, 'B.'), a: exported(int, 'A.') }
    const values = exportedValues(declared, { a: 1, b: new Secret('hidden') })
    expect(exportsJson(values)).toEqual([
      { name: 'b', type: 'attr', value: { type: 'capsule', value: '(secret)' } },
      { name: 'a', type: 'attr', value: { type: 'number', value: 1 } },
    ])
  })
})
