import { describe, expect, it } from 'vitest'
import { debugRecord, labelChanges, recordFilter } from '../../../ui/src/text/debug-record.ts'

describe('debugRecord', () => {
  it.each([
    [
      'a sample',
      'sample: ts=1795530000000, labels={__name__="up", a="b, value=c"}, value=1.500000',
      {
        kind: 'sample',
        time: '2026-11-24T14:20:00.000Z',
        labels: '{__name__="up", a="b, value=c"}',
        value: '1.500000',
      },
    ],
    [
      'a log entry, whose text may look like anything',
      '[OUT]: timestamp: T, entry: a => b, labels: {app="x"}, structured_metadata: {}',
      { kind: 'entry', direction: 'OUT', time: 'T', entry: 'a => b', labels: '{app="x"}' },
    ],
    ['a change', '{a="1"} => {}', { kind: 'change', before: '{a="1"}', after: '{}' }],
    ['anything else', 'ResourceLog #0\n a => b', { kind: 'text', text: 'ResourceLog #0\n a => b' }],
  ])('knows %s', (_, text, expected) => {
    expect(debugRecord(text)).toEqual(expected)
  })
})

describe('labelChanges', () => {
  it('tells what stays, goes and comes, with names in quotes or without', () => {
    expect(labelChanges('{a="1", "b"="x\\"y", c="3"}', '{a="1", b="2", d="4"}')).toEqual([
      { state: 'same', text: 'a="1"' },
      { state: 'removed', text: 'b="x\\"y"' },
      { state: 'removed', text: 'c="3"' },
      { state: 'added', text: 'b="2"' },
      { state: 'added', text: 'd="4"' },
    ])
  })
})

describe('recordFilter', () => {
  it.each([
    ['', 'anything', true],
    ['ERR', 'an error', true],
    ['a.c', 'abc', false],
    ['/a.c/', 'abc', true],
    ['/A.C/', 'abc', false],
    ['/A.C/i', 'abc', true],
  ])('%j on %j: %j', (written, text, expected) => {
    const filter = recordFilter(written)
    expect('test' in filter && filter.test(text)).toBe(expected)
  })

  it('says why something is no pattern', () => {
    expect(recordFilter('/(/')).toEqual({ problem: expect.stringContaining('Invalid regular') })
  })
})
