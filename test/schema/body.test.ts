import { describe, expect, it } from 'vitest'
import { components } from '../../src/components/all.ts'
import { argumentsOf, bodyOf, emptyBody } from '../../src/schema/body.ts'
import { list, map, nullable } from '../../src/schema/composites.ts'
import { bodyText } from '../../src/schema/encode.ts'
import { bool, int, secret, string } from '../../src/schema/scalars.ts'
import {
  attributes,
  block,
  blocks,
  choice,
  defaultedBlock,
  label,
  optional,
  required,
  schema,
} from '../../src/schema/schema.ts'
import { duration } from '../../src/schema/texts.ts'
import { decoding } from '../support/config_block.ts'

const rule = schema({ name: label('Name.'), on: optional(bool, true, 'On.') })
const stages = { keep: schema({ of: required(string, 'Of.') }), all: attributes(string) }
const everything = schema({
  text: required(string, 'Text.'),
  size: optional(int, 5, 'Size.'),
  limit: optional(nullable(int), undefined, 'Limit.'),
  wait: optional(duration, '1m', 'Wait.'),
  names: optional(list(string), ['a'], 'Names.'),
  labels: optional(map(string), {}, 'Labels.'),
  token: optional(secret, undefined, 'Token.'),
  rule: blocks(rule, 'Rules.'),
  login: block(schema({ user: required(string, 'User.') }), 'Login.'),
  filter: defaultedBlock(schema({ on: optional(bool, true, 'On.') }), 'Filter.'),
  extra: block(attributes(string), 'Extra.'),
  stage: choice(stages, 'Stages.'),
})

const bodies: readonly [what: string, body: string][] = [
  ['nothing but what is required', 'text = "x"'],
  ['attributes', 'text = "x"\nsize = -1\nlimit = 0\nwait = "1ms"\nlabels = { k = "v" }'],
  ['an empty list that is not the default', 'text = "x"\nnames = []'],
  ['secrets', 'text = "x"\ntoken = "t0ken"'],
  ['blocks', 'text = "x"\nrule "a" { on = false }\nrule "b" { }\nlogin { user = "u" }'],
  ['a defaulted block', 'text = "x"\nfilter { on = false }'],
  ['attributes of any name', 'text = "x"\nextra { any = "y" }'],
  ['variants', 'text = "x"\nstage.keep { of = "y" }\nstage.all { any = "z" }'],
]

describe('bodyOf', () => {
  it.each(bodies)('gives back %s', (_, text) => {
    const { args, body, problems } = decoding(everything, text)
    if (args === undefined) throw new Error(problems[0]?.message)
    const again = bodyOf(everything, args)
    expect(bodyText(again)).toBe(bodyText(body))
    expect(argumentsOf(everything, again)).toEqual(args)
  })

  it('gives back the defaults of every component', async () => {
    for (const load of Object.values(components)) {
      const { name, arguments: schema } = (await load()).declaration
      const args = argumentsOf(schema, emptyBody(schema))
      expect(argumentsOf(schema, bodyOf(schema, args)), name).toEqual(args)
    }
  })
})
