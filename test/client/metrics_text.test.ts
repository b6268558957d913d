import { describe, expect, it } from 'vitest'
import { metricSample } from '../../src/client/metrics_text.ts'

const wanted = new Set(['up', 'a_total'])

describe('a line of metrics', () => {
  it.each([
    ['without labels', 'up 1', { name: 'up', labels: {}, value: 1 }],
    [
      'with labels',
      'up{a="b",c="d"} 1.5e3',
      { name: 'up', labels: { a: 'b', c: 'd' }, value: 1500 },
    ],
    ['with a time', 'up{a="b"} 2 1700000000', { name: 'up', labels: { a: 'b' }, value: 2 }],
    ['with empty braces', 'a_total{} 3', { name: 'a_total', labels: {}, value: 3 }],
    ['with braces in a label', 'up{a="}{"} 3', { name: 'up', labels: { a: '}{' }, value: 3 }],
    [
      'with escapes',
      'up{a="x\\"y\\\\z\\nw",} 3',
      { name: 'up', labels: { a: 'x"y\\z\nw' }, value: 3 },
    ],
    ['with infinity', 'up +Inf', { name: 'up', labels: {}, value: Number.POSITIVE_INFINITY }],
    ['with NaN', 'up NaN', { name: 'up', labels: {}, value: Number.NaN }],
    ['of another family', 'upper 1', undefined],
    ['that is a comment', '# TYPE up gauge', undefined],
    ['that is empty', '', undefined],
    ['without a value', 'up', undefined],
    ['with no number', 'up x', undefined],
    ['that does not end', 'up{a="b', undefined],
  ])('%s', (_, line, expected) => {
    expect(metricSample(line, wanted)).toEqual(expected)
  })
})
