import { describe, expect, it } from 'vitest'
import { Scope } from '../../src/eval/scope.ts'
import { Unknown } from '../../src/eval/value.ts'
import { list } from '../../src/schema/composites.ts'
import { decodeBlock } from '../../src/schema/decode.ts'
import { int, string } from '../../src/schema/scalars.ts'
import { block, choice, optional, schema } from '../../src/schema/schema.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'

const amended = schema({ size: optional(int, 0, 'Size.') }, { amend: () => ({ size: 1n }) })

const outer = schema(
  {
    low: optional(int, 0, 'Lower bound.'),
    high: optional(int, 10, 'Upper bound.'),
    names: optional(list(string), [], 'Names.'),
    inner: block(schema({ size: optional(int, 0, 'Size.') }), 'Block.'),
    amended: block(amended, 'Block that rewrites itself.'),
    stage: choice({ cut: schema({ at: optional(int, 0, 'Place.') }) }, 'Stages.'),
  },
  {
    check: (args, fail) => {
      if (args.low > args.high) fail('low is above high', 'low')
      for (const stage of args.stage) if (stage.at > 5) fail(`${stage.variant} is too far`)
      if (args.inner !== undefined && args.inner.size > 5) fail('inner is too large')
      if (args.amended?.size === 0) fail('amended is empty')
      if (args.names.length > 1) fail('too many names')
    },
  },
)

function problems(text: string): string[] {
  const file = parseFile(createSource('', Buffer.from(text)), new Diagnostics())
  const scope = Scope.empty.extend(new Map([['unknown', new Unknown('any')]]))
  return decodeBlock(outer, { body: file.body }, scope).problems.map(({ message }) => message)
}

describe('checks of blocks with unknown arguments', () => {
  it.each<[string, string, string[]]>([
    ['run over what is known', 'low = 11\nnames = [unknown]', ['low is above high']],
    ['end where they ask for what is not', 'low = unknown\nnames = ["a", "b"]', []],
    ['say nothing of a list of which one is unknown', 'names = ["a", unknown]', []],
    ['read blocks', 'inner { size = 6 }\nnames = [unknown]', ['inner is too large']],
    ['read blocks up to what is unknown in them', 'inner { size = unknown }', []],
    ['read variants', 'stage.cut { at = 6 }\nnames = [unknown]', ['cut is too far']],
    ['leave blocks alone that would have been amended', 'amended { size = unknown }', []],
    ['read amended blocks that are known', 'amended { size = 0 }\nnames = [unknown]', []],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected)
  })
})
