import { describe, expect, it } from 'vitest'
import { bodyPieces } from '../../src/server/alloy_json.ts'

describe('bodies', () => {
  it('print attributes and blocks, labels only where there are some', () => {
    const pieces = bodyPieces([
      { kind: 'attribute', name: 'a', value: 'b' },
      { kind: 'block', name: 'c.d', label: 'e', body: [] },
      { kind: 'block', name: 'f', body: [{ kind: 'attribute', name: 'g', value: null }] },
    ])
    expect([...pieces].join('')).toBe(
      '[{"name":"a","type":"attr","value":{"type":"string","value":"b"}},' +
        '{"name":"c.d","type":"block","label":"e","body":[]},' +
        '{"name":"f","type":"block","body":[' +
        '{"name":"g","type":"attr","value":{"type":"null","value":null}}]}]',
    )
  })
})
