import { describe, expect, it } from 'vitest'
import { list, map } from '../../src/schema/composites.ts'
import { jsonSchema, jsonSchemas } from '../../src/schema/json_schema.ts'
import { bool, int, secret, string } from '../../src/schema/scalars.ts'
import {
  block,
  blocks,
  choice,
  label,
  optional,
  required,
  type Schema,
  schema,
} from '../../src/schema/schema.ts'
import { duration, oneOf } from '../../src/schema/texts.ts'

function declared(name: string, body: Schema) {
  return { name, summary: 'Does something.', arguments: body }
}

describe('JSON Schema of a declaration', () => {
  it('describes attributes by type, default and meaning', () => {
    const action = oneOf(['keep', 'drop'], { otherwise: (written) => `no ${written}` })
    const body = schema({
      url: required(string, 'Where to.'),
      count: optional(int, 3, 'How many.'),
      wait: optional(duration, '1m', 'How long.'),
      names: optional(list(string), ['a'], 'Which.'),
      labels: optional(map(string), {}, 'Labels.'),
      password: optional(secret, undefined, 'Password.'),
      action: optional(action, 'keep', 'What to do.', { deprecated: 'Use rules.' }),
    })
    expect(jsonSchema(declared('a.b', body))).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'a.b',
      description: 'Does something.',
      type: 'object',
      properties: {
        url: { type: 'string', description: 'Where to.' },
        count: { type: 'number', description: 'How many.', default: 3 },
        wait: { type: 'string', description: 'How long.', default: '1m0s' },
        names: {
          type: 'array',
          items: { type: 'string' },
          description: 'Which.',
          default: ['a'],
        },
        labels: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'Labels.',
          default: {},
        },
        password: { description: 'Password.' },
        action: {
          type: 'string',
          enum: ['keep', 'drop'],
          description: 'What to do.',
          deprecated: true,
          default: 'keep',
        },
      },
      required: ['url'],
      additionalProperties: false,
    })
  })

  it('describes blocks as objects, repeated ones and choices as lists', () => {
    const inner = schema({ name: label('Its name.'), on: optional(bool, false, 'Whether.') })
    const body = schema({
      one: block(inner, 'One.'),
      many: blocks(inner, 'Many.', { required: true }),
      stage: choice({ inner }, 'Stages.'),
    })
    const object = {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'Its name.' },
        on: { type: 'boolean', description: 'Whether.', default: false },
      },
      additionalProperties: false,
    }
    const { properties, required: needed } = jsonSchema(declared('a', body))
    expect(needed).toEqual(['many'])
    expect(properties).toEqual({
      one: { ...object, description: 'One.' },
      many: { type: 'array', items: object, minItems: 1, description: 'Many.' },
      stage: {
        type: 'array',
        description: 'Stages.',
        items: {
          oneOf: [
            {
              type: 'object',
              properties: { inner: object },
              required: ['inner'],
              additionalProperties: false,
            },
          ],
        },
      },
    })
  })

  it('refers to blocks that hold themselves', () => {
    const variants = {
      get match(): Schema {
        return match
      },
    }
    const match = schema({ stage: choice(variants, 'Stages.') })
    const { $defs } = jsonSchemas([declared('a', schema({ stage: choice(variants, 'S.') }))])
    const defs = $defs as Record<string, unknown>
    expect(Object.keys(defs)).toEqual(['a.stage.match', 'a'])
    expect(JSON.stringify(defs['a.stage.match'])).toContain('"$ref":"#/$defs/a.stage.match"')
  })
})
