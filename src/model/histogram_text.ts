// Native histograms as Prometheus prints them: {count:4, sum:18.4, [-0.001,0.001]:1, (1,2]:3}.
// Source of the format: prometheus/model/histogram/{histogram,float_histogram}.go.

import { formatFloat } from '../go/float.ts'
import type { Histogram } from './samples.ts'

/** The schema of histograms that bring the bounds of their buckets along. */
const customBounds = -53

interface Bucket {
  readonly index: number
  readonly count: number
}

/** Counts of an integer histogram are deltas. Empty buckets are left out. */
export function histogramText(histogram: Histogram, counts: 'integer' | 'float'): string {
  const { schema, zeroCount, zeroThreshold } = histogram
  const negative = bucketsOf(histogram.negativeSpans, histogram.negativeBuckets, counts)
  const positive = bucketsOf(histogram.positiveSpans, histogram.positiveBuckets, counts)
  const parts = [`count:${number(histogram.count)}`, `sum:${number(histogram.sum)}`]
  for (const { index, count } of negative.reverse()) {
    const [low, high] = [-boundOf(schema, index), -boundOf(schema, index - 1)]
    parts.push(`[${number(low)},${number(high)}):${number(count)}`)
  }
  if (zeroCount !== 0) {
    parts.push(`[${number(-zeroThreshold)},${number(zeroThreshold)}]:${number(zeroCount)}`)
  }
  for (const { index, count } of positive) {
    parts.push(`${positiveRange(histogram, index)}:${number(count)}`)
  }
  return `{${parts.join(', ')}}`
}

function positiveRange({ schema, customValues }: Histogram, index: number): string {
  if (schema !== customBounds) {
    return `(${number(boundOf(schema, index - 1))},${number(boundOf(schema, index))}]`
  }
  const high = customValues[index] ?? Number.POSITIVE_INFINITY
  const low = index === 0 ? Number.NEGATIVE_INFINITY : (customValues[index - 1] ?? 0)
  return `${index === 0 ? '[' : '('}${number(low)},${number(high)}]`
}

function bucketsOf(
  spans: Histogram['positiveSpans'],
  values: readonly number[],
  counts: 'integer' | 'float',
): Bucket[] {
  const buckets: Bucket[] = []
  let index = 0
  let at = 0
  let sum = 0
  for (const [offset, length] of spans) {
    index += offset
    for (let i = 0; i < length; i++) {
      const value = values[at++] ?? 0
      sum = counts === 'integer' ? sum + value : value
      if (sum !== 0) buckets.push({ index, count: sum })
      index++
    }
  }
  return buckets
}

/**
 * The upper bound of a bucket whose bounds grow by 2^(2^-schema). Prometheus has a table of them,
 * some of which end in another digit.
 */
function boundOf(schema: number, index: number): number {
  return 2 ** (index * 2 ** -schema)
}

function number(value: number): string {
  return formatFloat(value, 'g')
}
