import { expect, it } from 'vitest'
import {
  addFamily,
  parseTextfile,
} from '../../../../../../src/components/prometheus/exporter/unix/collectors/textfile_families.ts'
import { MetricPage } from '../../../../../../src/wire/exposition/metric_page.ts'

function written(text: string): string {
  const page = new MetricPage()
  for (const family of parseTextfile('a.prom', text)) {
    const problems = addFamily(page, { ...family, help: family.help || 'none' })
    if (problems.length > 0) throw problems[0]
  }
  return page.text()
}

it.each([
  [
    'metrics without a type',
    'b{y="2",x="1"} 1e3\na 1\n',
    '# HELP a none\n# TYPE a untyped\na 1\n# HELP b none\n# TYPE b untyped\nb{x="1",y="2"} 1000\n',
  ],
  [
    'escapes',
    '# HELP a one\\ntwo\n# TYPE a gauge\na{x="\\"\\\\\\n"} NaN\n',
    '# HELP a one\\ntwo\n# TYPE a gauge\na{x="\\"\\\\\\n"} NaN\n',
  ],
  [
    'summaries, by their labels',
    '# TYPE s summary\ns{a="1",quantile="0.50"} 3\ns{a="2",quantile="1"} 4\ns_sum{a="1"} 5\ns_count{a="1"} 6\n',
    '# HELP s none\n# TYPE s summary\ns{a="1",quantile="0.5"} 3\ns_sum{a="1"} 5\ns_count{a="1"} 6\ns{a="2",quantile="1"} 4\ns_sum{a="2"} 0\ns_count{a="2"} 0\n',
  ],
  [
    'histograms, by their bounds',
    '# TYPE h histogram\nh_bucket{le="+Inf"} 3\nh_bucket{le="10"} 2\nh_bucket{le="2.0"} 1\nh_sum 7\nh_count 3\n',
    '# HELP h none\n# TYPE h histogram\nh_bucket{le="2"} 1\nh_bucket{le="10"} 2\nh_bucket{le="+Inf"} 3\nh_sum 7\nh_count 3\n',
  ],
  [
    'names that only look like parts',
    '# TYPE c counter\nc_sum 1\n# TYPE s summary\ns_bucket 2\n',
    '# HELP c_sum none\n# TYPE c_sum untyped\nc_sum 1\n# HELP s_bucket none\n# TYPE s_bucket untyped\ns_bucket 2\n',
  ],
  [
    'labels that only some series have',
    '# TYPE a gauge\na 1\na{x="1"} 2\na{y="1"} 3\n',
    '# HELP a none\n# TYPE a gauge\na{x="",y=""} 1\na{x="",y="1"} 3\na{x="1",y=""} 2\n',
  ],
])('writes %s', (_, text, expected) => {
  expect(written(text)).toBe(expected)
})

it('refuses timestamps', () => {
  expect(() => parseTextfile('a.prom', 'a 1 1441205977284\n')).toThrow(
    'textfile "a.prom" contains unsupported client-side timestamps, skipping entire file',
  )
})

it('refuses what is no page', () => {
  expect(() => parseTextfile('a.prom', 'not a metric line\n')).toThrow()
})

it('adds what it can', () => {
  const page = new MetricPage()
  const [family] = parseTextfile('a.prom', 'a 1\na 2\na{x="1"} 3\n')
  const problems = family === undefined ? [] : addFamily(page, family)
  expect(problems.map(({ message }) => message)).toEqual(['a{x=""} is there twice'])
  expect(page.text()).toContain('a{x="1"} 3')
})
