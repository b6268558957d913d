import { describe, expect, it } from 'vitest'
import { histogramText } from '../../src/model/histogram_text.ts'
import type { Histogram } from '../../src/model/samples.ts'

const empty: Histogram = {
  resetHint: 'unknown',
  schema: 0,
  zeroThreshold: 0.001,
  zeroCount: 0,
  count: 0,
  sum: 0,
  positiveSpans: [],
  negativeSpans: [],
  positiveBuckets: [],
  negativeBuckets: [],
  customValues: [],
}

describe('a native histogram as text', () => {
  it.each<[string, Partial<Histogram>, 'integer' | 'float', string]>([
    ['has no buckets', {}, 'integer', '{count:0, sum:0}'],
    [
      'adds up the deltas of integer buckets',
      {
        count: 7,
        sum: 18.4,
        zeroCount: 2,
        positiveSpans: [
          [0, 2],
          [1, 1],
        ],
        positiveBuckets: [1, 2, -2],
      },
      'integer',
      '{count:7, sum:18.4, [-0.001,0.001]:2, (0.5,1]:1, (1,2]:3, (4,8]:1}',
    ],
    [
      'takes float buckets as they are, and leaves out what is empty',
      { count: 1.5, sum: 1e21, positiveSpans: [[-1, 3]], positiveBuckets: [0.5, 0, 1] },
      'float',
      '{count:1.5, sum:1e+21, (0.25,0.5]:0.5, (1,2]:1}',
    ],
    [
      'goes from the lowest to the highest',
      { count: 3, negativeSpans: [[0, 2]], negativeBuckets: [1, 1] },
      'integer',
      '{count:3, sum:0, [-2,-1):2, [-1,-0.5):1}',
    ],
    [
      'has finer buckets with a higher schema',
      { count: 1, schema: 1, positiveSpans: [[2, 1]], positiveBuckets: [1] },
      'integer',
      '{count:1, sum:0, (1.4142135623730951,2]:1}',
    ],
    [
      'has bounds of its own',
      {
        count: 6,
        schema: -53,
        customValues: [1, 2.5],
        positiveSpans: [[0, 3]],
        positiveBuckets: [1, 2, 3],
      },
      'float',
      '{count:6, sum:0, [-Inf,1]:1, (1,2.5]:2, (2.5,+Inf]:3}',
    ],
  ])('%s', (_, changes, counts, text) => {
    expect(histogramText({ ...empty, ...changes }, counts)).toBe(text)
  })
})
