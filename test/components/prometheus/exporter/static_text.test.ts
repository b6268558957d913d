import { describe, expect, it } from 'vitest'
import { staticTextProblem } from '../../../../src/components/prometheus/exporter/static_text.ts'

const good = [
  '',
  '\n \t\n',
  'a 1\n',
  '  a\t1 \n',
  'a{} 1\n',
  'a { b = "c" , d="\\"\\n\\\\", } -1e3 1700000000000\n',
  '{"a.b", "c.d"="e"} NaN\n',
  '# just a remark\n#\n# HELP\n# HELP a\n# TYPE a\n',
  '# HELP a tells \\\\ and \\n\n# TYPE a COUNTER\na +Inf\n',
  '# TYPE s summary\ns{quantile="0.5"} 1\ns_sum 1\ns_count 1\n',
  '# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
]

const bad: readonly [string, number, string][] = [
  ['0', 1, 'invalid metric name'],
  ['{} 1\n', 1, 'invalid metric name'],
  ['x', 1, 'unexpected end of input stream'],
  ['x 1', 1, 'unexpected end of input stream'],
  ['# HELP x y', 1, 'unexpected end of input stream'],
  ['a 1\nx{b="c', 2, 'unexpected end of input stream'],
  ['{{ .x', 1, 'invalid label name for metric ""'],
  ['a{0="b"} 1\n', 1, 'invalid label name for metric "a"'],
  ['a{__name__="b"} 1\n', 1, 'label name "__name__" is reserved'],
  ['a{b:"c"} 1\n', 1, "expected '=' after label name, found ':'"],
  ['a{b=c} 1\n', 1, "expected '\"' at start of label value, found 'c'"],
  ['a{b="c"d="e"} 1\n', 1, 'unexpected end of label value "c"'],
  ['a{b="c\n"} 1\n', 1, 'label value "c" contains unescaped new-line'],
  ['a{b="\\x"} 1\n', 1, "invalid escape sequence '\\x'"],
  ['a{b="c",b="d"} 1\n', 1, 'duplicate label names for metric "a"'],
  ['{"a","b"} 1\n', 1, 'multiple metric names for metric "a"'],
  ['a b\n', 1, 'expected float as value, got "b"'],
  ['a 1_0\n', 1, 'expected float as value, got "1_0"'],
  ['a 1 b\n', 1, 'expected integer as timestamp, got "b"'],
  ['a 1 2 b\n', 1, 'spurious string after timestamp: " b"'],
  ['# HELP a-b c\n', 1, 'invalid metric name in comment'],
  ['# HELP a b\n# HELP a c\n', 2, 'second HELP line for metric name "a"'],
  ['# HELP a \\b\n', 1, "invalid escape sequence '\\b'"],
  ['# TYPE a speed\n', 1, 'unknown metric type "speed"'],
  [
    'a 1\n# TYPE a counter\n',
    2,
    'second TYPE line for metric name "a", or TYPE reported after samples',
  ],
  [
    '# TYPE s summary\ns{quantile="x"} 1\n',
    2,
    `expected float as value for 'quantile' label, got "x"`,
  ],
  [
    '# TYPE h histogram\nh_bucket{le="x"} 1\n',
    2,
    `expected float as value for 'le' label, got "x"`,
  ],
]

describe('staticTextProblem', () => {
  it.each(good)('takes %j', (text) => {
    expect(staticTextProblem(text)).toBeUndefined()
  })

  it.each(bad)('refuses %j in line %i: %s', (text, line, problem) => {
    expect(staticTextProblem(text)).toBe(`text format parsing error in line ${line}: ${problem}`)
  })
})
