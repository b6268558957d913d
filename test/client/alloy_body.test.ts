import { describe, expect, it } from 'vitest'
import { bodyLines, parseBody } from '../../src/client/alloy_body.ts'
import { ClientError } from '../../src/client/client_error.ts'

const string = (value: string) => ({ type: 'string', value })

describe('a body', () => {
  it('reads as Alloy text', () => {
    const body = parseBody([
      { name: 'url', type: 'attr', value: string('http://x/"y"') },
      { name: 'enabled', type: 'attr', value: { type: 'bool', value: true } },
      { name: 'password', type: 'attr', value: { type: 'capsule', value: '(secret)' } },
      { name: 'none', type: 'attr', value: { type: 'null', value: null } },
      { name: 'empty', type: 'attr', value: { type: 'object', value: null } },
      {
        name: 'targets',
        type: 'attr',
        value: {
          type: 'array',
          value: [
            {
              type: 'object',
              value: [
                { key: '__address__', value: string('127.0.0.1:12345') },
                { key: 'a b', value: string('a rather long value that needs a line of its own') },
              ],
            },
          ],
        },
      },
      { name: 'rule', type: 'block', body: [] },
      {
        name: 'stage.json',
        type: 'block',
        label: 'x',
        body: [{ name: 'n', type: 'attr', value: { type: 'number', value: 1.5 } }],
      },
    ])
    expect(bodyLines(body)).toEqual([
      'url      = "http://x/\\"y\\""',
      'enabled  = true',
      'password = (secret)',
      'none     = null',
      'empty    = {}',
      'targets  = [',
      '  {',
      '    __address__ = "127.0.0.1:12345",',
      '    "a b" = "a rather long value that needs a line of its own",',
      '  },',
      ']',
      'rule { }',
      'stage.json "x" {',
      '  n = 1.5',
      '}',
    ])
  })

  it.each([
    ['text', 'x'],
    ['a statement without a name', [{ type: 'attr' }]],
    ['a value of no type', [{ name: 'x', type: 'attr', value: {} }]],
    ['a number that is text', [{ name: 'x', type: 'attr', value: { type: 'number', value: '1' } }]],
    [
      'a field without a key',
      [{ name: 'x', type: 'attr', value: { type: 'object', value: [{}] } }],
    ],
    ['nesting without end', nested(100)],
  ])('is not %s', (_, json) => {
    expect(() => parseBody(json)).toThrow(ClientError)
  })
})

function nested(depth: number): unknown {
  return depth === 0 ? [] : [{ name: 'b', type: 'block', body: nested(depth - 1) }]
}
