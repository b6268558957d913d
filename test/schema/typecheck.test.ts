import { describe, expect, test } from 'vitest'
import { list, map } from '../../src/schema/composites.ts'
import { bool, int, string } from '../../src/schema/scalars.ts'
import { block, blocks, choice, optional, required, schema } from '../../src/schema/schema.ts'
import { duration } from '../../src/schema/texts.ts'
import { typecheckBlock } from '../../src/schema/typecheck.ts'
import { Diagnostics, describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { parsed } from '../support/config_block.ts'

const inner = schema({ on: required(bool, 'On.') })
const all = schema(
  {
    name: required(string, 'Name.'),
    size: optional(int, 1, 'Size.'),
    wait: optional(duration, '1m', 'Wait.'),
    names: optional(list(string), [], 'Names.'),
    labels: optional(map(string), {}, 'Labels.'),
    one: block(inner, 'One.'),
    two: blocks(inner, 'Two.', { exactly: 2 }),
    stage: choice({ json: inner }, 'Stages.'),
  },
  { check: (_, fail) => fail('the static check never runs this') },
)

function problems(body: string): string[] {
  const [statement] = parsed(`b {\n${body}\n}`).body
  if (statement?.kind !== 'block') throw new Error('a block was expected')
  const diagnostics = new Diagnostics()
  typecheckBlock(all, statement, diagnostics)
  return diagnostics.list.map(describeDiagnostic)
}

describe('typecheckBlock', () => {
  test.each<[string, string, string[]]>([
    ['passes over what is not literal', 'name = x.y\nsize = f()\nnames = [x, "a"]', []],
    ['finds a literal of the wrong type', 'name = true', ['2:8: expected string, got bool']],
    [
      'finds all of them, inside lists and objects too',
      'name = "x"\nnames = [x, true]\nlabels = { a = [] }',
      ['3:13: expected string, got bool', '4:16: expected string, got array'],
    ],
    ['computes with literals', 'name = "x"\nsize = 1 + "a"', ['3:8: expected number, got string']],
    ['blames the operand of a sign', 'name = -"a"', ['2:9: expected number, got string']],
    [
      'parses texts',
      'name = "x"\nwait = "5 minutes"',
      ['3:8: time: unknown unit " minutes" in duration "5 minutes"'],
    ],
    [
      'finds unknown names and what is missing',
      'nam = "x"',
      ['2:1: unrecognized attribute name "nam"', '1:1: missing required attribute "name"'],
    ],
    [
      'looks into nested blocks',
      'name = "x"\none { }\nstage.json { on = 1 }\nstage.yaml { }',
      [
        '3:1: missing required attribute "on"',
        '4:19: expected bool, got number',
        '5:1: unrecognized block name "stage.yaml"',
      ],
    ],
    [
      'reports each block that is there too often',
      'name = "x"\none { on = true }\none { on = true }\ntwo { on = true }',
      [
        '3:1: block "one" may only be specified once',
        '4:1: block "one" may only be specified once',
        '5:1: block "two" must be specified exactly 2 times, but was specified 1 times',
      ],
    ],
    [
      'knows blocks from attributes',
      'name { }\none = 1',
      [
        '2:1: "name" must be an attribute, but is used as a block',
        '3:1: "one" must be a block, but is used as an attribute',
      ],
    ],
  ])('%s', (_, body, expected) => {
    expect(problems(body)).toEqual(expected)
  })
})
