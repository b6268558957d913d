import { describe, expect, it } from 'vitest'
import { RecordJoiner } from '../../src/client/debug_records.ts'
import { recordingOf } from '../support/replayed_alloy.ts'

function join(pieces: readonly string[]): string[] {
  const joiner = new RecordJoiner()
  return [...pieces.flatMap((piece) => joiner.push(piece)), ...joiner.end()]
}

const entry = (line: string) =>
  `[IN]: timestamp: 2026-11-24T03:46:05Z, entry: ${line}, labels: {a="b"}, structured_metadata: {}`

describe('records of live debugging', () => {
  it.each([
    ['whole ones', ['a', 'b'], ['a', 'b']],
    ['a log line with a delimiter', entry('x|;|y').split('|;|'), [entry('x|;|y')]],
    ['one with several', entry('|;||;|y|;|').split('|;|'), [entry('|;||;|y|;|')]],
    [
      'one that never ends before the next',
      ['[IN]: timestamp: 1', entry('y')],
      ['[IN]: timestamp: 1', entry('y')],
    ],
    [
      'a sample with one in a label',
      ['sample: ts=1, labels={a="', '"}, value=1.5'],
      ['sample: ts=1, labels={a="|;|"}, value=1.5'],
    ],
  ])('are %s', (_, pieces, expected) => {
    expect(join(pieces)).toEqual(expected)
  })

  it('waits for sixteen parts at most', () => {
    const pieces = ['[OUT]: timestamp: 1', ...new Array(40).fill('x')]
    expect(join(pieces)[0]!.split('|;|')).toHaveLength(16)
  })

  it('gives every recorded entry of loki.process whole', () => {
    const recorded = recordingOf('logs').streams['/api/v0/web/debug/loki.process.app']!
    const records = join(recorded.split('|;|'))
    expect(records.length).toBeGreaterThan(10)
    for (const record of records)
      expect(record).toMatch(/^\[(IN|OUT)\]: .*structured_metadata: \{.*\}$/s)
    expect(records.some((record) => record.includes('|;|'))).toBe(true)
  })
})
