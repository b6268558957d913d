import { describe, expect, it } from 'vitest'
import { MetricPage } from '../../../src/wire/exposition/metric_page.ts'

const gauge = { name: 'b', help: 'A "b"\\\nof two lines.', type: 'gauge' } as const
const counter = { name: 'a_total', help: 'Counts.', type: 'counter' } as const

describe('MetricPage', () => {
  it('writes families by name and series by their label values', () => {
    const page = new MetricPage()
    page.add(gauge, 1e21, { z: 'x', a: 'two' })
    page.add(gauge, Number.NaN, { a: 'one', z: '"\\\n' })
    page.add(counter, 1_000_000)
    expect(page.text()).toBe(
      [
        '# HELP a_total Counts.',
        '# TYPE a_total counter',
        'a_total 1e+06',
        '# HELP b A "b"\\\\\\nof two lines.',
        '# TYPE b gauge',
        'b{a="one",z="\\"\\\\\\n"} NaN',
        'b{a="two",z="x"} 1e+21',
        '',
      ].join('\n'),
    )
  })

  it('writes histograms and summaries', () => {
    const page = new MetricPage()
    const histogram = { name: 'h', help: 'H.', type: 'histogram' } as const
    const summary = { name: 's', help: 'S.', type: 'summary' } as const
    page.addHistogram(histogram, { count: 3, sum: 0.5, buckets: [[0.25, 2]] }, { l: 'v' })
    page.addSummary(summary, { count: 2, sum: 7, quantiles: new Map([['0.5', 3]]) })
    expect(page.text()).toBe(
      [
        '# HELP h H.',
        '# TYPE h histogram',
        'h_bucket{l="v",le="0.25"} 2',
        'h_bucket{l="v",le="+Inf"} 3',
        'h_sum{l="v"} 0.5',
        'h_count{l="v"} 3',
        '# HELP s S.',
        '# TYPE s summary',
        's{quantile="0.5"} 3',
        's_sum 7',
        's_count 2',
        '',
      ].join('\n'),
    )
  })

  it('refuses a series that is there, and a family of two descriptions', () => {
    const page = new MetricPage()
    page.add(gauge, 1, { a: 'b' })
    expect(() => page.add(gauge, 2, { a: 'b' })).toThrow('b{a="b"} is there twice')
    expect(() => page.add({ ...gauge, help: 'Other.' }, 2)).toThrow('b is described in two ways')
  })

  it('takes the series of another page but those that it cannot have', () => {
    const page = new MetricPage()
    page.add(gauge, 1, { a: 'mine' })
    const other = new MetricPage()
    other.add(gauge, 2, { a: 'mine' })
    other.add(gauge, 3, { a: 'other' })
    other.add(counter, 4)
    const third = new MetricPage()
    third.add({ ...gauge, help: 'Else.' }, 5)
    expect([page.take(other), page.take(third)]).toEqual([
      ['b{a="mine"} is there twice'],
      ['b is described in two ways'],
    ])
    const samples = page
      .text()
      .split('\n')
      .filter((line) => !/^(#|$)/.test(line))
    expect(samples).toEqual(['a_total 4', 'b{a="mine"} 1', 'b{a="other"} 3'])
  })

  it('refuses names that make a page of no use', () => {
    const page = new MetricPage()
    for (const name of ['', 'a b', '1a', 'a-b', 'a{', 'ä']) {
      expect(() => page.add({ ...gauge, name }, 1)).toThrow('is not a name of metrics')
    }
    expect(page.text()).toBe('')
  })

  it('replaces bytes that are no UTF-8, for they would cost the whole page', () => {
    const page = new MetricPage()
    page.add(counter, 1, { path: '/mnt/\udcff"😀' })
    expect(page.text()).toContain('a_total{path="/mnt/\ufffd\\"😀"} 1\n')
  })
})
