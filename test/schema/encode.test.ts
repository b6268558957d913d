import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { components, configBlocks } from '../../src/components/all.ts'
import { quote } from '../../src/go/quote.ts'
import { textOf } from '../../src/go/text.ts'
import { emptyBody } from '../../src/schema/body.ts'
import { list, map } from '../../src/schema/composites.ts'
import { bodyText, statementsShown } from '../../src/schema/encode.ts'
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
import { bodyPieces } from '../../src/server/alloy_json.ts'
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
  filter: defaultedBlock(
    schema({ on: optional(bool, true, 'On.'), level: optional(int, 1, 'Level.') }),
    'Filter.',
  ),
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

describe('statementsShown', () => {
  it('shows lists even where they equal the default', () => {
    expect(statementsShown(decoding(everything, 'text = "x"').body)).toEqual([
      { kind: 'attribute', name: 'text', value: 'x' },
      { kind: 'attribute', name: 'names', value: ['a'] },
    ])
  })

  it('shows what is in blocks, with their labels', () => {
    const text = 'text = "x"\nnames = []\nrule "a" { }\nfilter { on = false\nlevel = 2 }'
    expect(statementsShown(decoding(everything, text).body)).toEqual([
      { kind: 'attribute', name: 'text', value: 'x' },
      { kind: 'attribute', name: 'names', value: [] },
      { kind: 'block', name: 'rule', label: 'a', body: [] },
      {
        kind: 'block',
        name: 'filter',
        label: '',
        body: [
          { kind: 'attribute', name: 'on', value: false },
          { kind: 'attribute', name: 'level', value: 2n },
        ],
      },
    ])
  })

  it('shows a block that is zero as empty, as the original does', () => {
    const text = 'text = "x"\nfilter { on = false\nlevel = 0 }'
    const shown = statementsShown(decoding(everything, text).body)
    expect(shown.at(-1)).toEqual({ kind: 'block', name: 'filter', label: '', body: [] })
  })

  it('shows what a block gets from around it, unless it is zero', () => {
    const borrowed = schema(
      { size: optional(int, 5, 'Size.'), count: optional(int, 0, 'Count.') },
      { defaultsFrom: 'parent' },
    )
    const outer = schema({ inner: defaultedBlock(borrowed, 'Inner.') })
    expect(bodyText(decoding(outer, '').body)).toBe('')
    const text = bodyText(decoding(outer, 'inner { count = 1 }').body)
    expect(text).toBe('inner {\n\tsize  = 5\n\tcount = 1\n}')
  })

  it('tells pointers and lists from what Go compares', () => {
    const part = schema({
      names: optional(list(string), [], 'Names.'),
      on: optional(bool, true, 'On.'),
    })
    const outer = schema({
      listed: defaultedBlock(part, 'Holds a list, which Go cannot compare.'),
      plain: defaultedBlock(schema({ on: optional(bool, true, 'On.') }), 'Compared.'),
      pointed: defaultedBlock(schema({ on: optional(bool, true, 'On.') }), 'Not compared.', {
        pointer: true,
      }),
    })
    const shown = statementsShown(decoding(outer, '').body)
    expect(shown.map(({ name }) => name)).toEqual(['listed', 'pointed'])
  })

  it('has the first bodies of a list until one is written', () => {
    const entry = schema({ name: required(string, 'Name.') })
    const outer = schema({ entry: blocks(entry, 'Entries.', { initial: [{ name: 'a' }] }) })
    expect(bodyText(decoding(outer, '').body)).toBe('')
    expect(bodyText(decoding(outer, 'entry { name = "b" }').body)).toBe('entry {\n\tname = "b"\n}')
  })

  it('gives every declared component a body, and never fails on an empty one', async () => {
    for (const load of [...Object.values(components), ...Object.values(configBlocks)]) {
      const { declaration } = await load()
      if (declaration.arguments === undefined) continue
      const empty = emptyBody(declaration.arguments)
      expect(Array.isArray(JSON.parse([...bodyPieces(statementsShown(empty))].join('')))).toBe(true)
      expect(typeof bodyText(empty)).toBe('string')
    }
  })
})
