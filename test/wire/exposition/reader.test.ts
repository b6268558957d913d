import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StartTimes } from '../../../src/wire/exposition/created.ts'
import { Entry, ExpositionReader, type ReaderOptions } from '../../../src/wire/exposition/reader.ts'
import type { Dialect } from '../../../src/wire/exposition/tokens.ts'

/** Everything the reader says of a page, one line an entry, the error last. */
function entriesOf(
  page: string | Uint8Array,
  dialect: Dialect,
  options: ReaderOptions = {},
): string[] {
  const reader = new ExpositionReader(dialect, options)
  const lines: string[] = []
  try {
    reader.open(Buffer.from(page))
    for (let entry = reader.next(); entry !== Entry.end; entry = reader.next()) {
      lines.push(lineOf(reader, entry))
    }
  } catch (error) {
    lines.push((error as Error).message)
  }
  return lines
}

function lineOf(reader: ExpositionReader, entry: Entry): string {
  if (entry === Entry.help) return `help ${reader.name}: ${reader.help}`
  if (entry === Entry.type) return `type ${reader.name}: ${reader.type}`
  if (entry === Entry.unit) return `unit ${reader.name}: ${reader.unit}`
  if (entry === Entry.comment) return `comment ${reader.comment}`
  const time = reader.hasTime ? ` at ${reader.time}` : ''
  const { exemplarLabels, exemplarValue, exemplarTime, exemplarHasTime } = reader
  const at = exemplarHasTime ? ` at ${exemplarTime}` : ''
  const exemplar = reader.hasExemplar ? ` # ${exemplarLabels.join()} ${exemplarValue}${at}` : ''
  return `${reader.labels.join('|')} = ${reader.value}${time}${exemplar}`
}

const loose: [claim: string, page: string, entries: string[]][] = [
  ['reads a name and a value', 'up 1\n', ['__name__|up = 1']],
  ['does without the last line break', 'up 1', ['__name__|up = 1']],
  ['takes times in ms', 'up 1 1700000000000\n', ['__name__|up = 1 at 1700000000000']],
  [
    'allows blanks and tabs everywhere',
    ' a \t{ x = "1" , }\t 2 \t 3 \n',
    ['__name__|a|x|1 = 2 at 3'],
  ],
  ['takes labels without commas between them', 'a{x="1"y="2"} 3\n', ['__name__|a|x|1|y|2 = 3']],
  ['needs no blank behind labels', 'a{x="1"}2\n', ['__name__|a|x|1 = 2']],
  [
    'resolves \\\\, \\n and \\" only',
    'a{x="\\\\ \\n \\" \\t"} 1\n',
    ['__name__|a|x|\\ \n " \\t = 1'],
  ],
  [
    'allows a line break in a value',
    'a{x="1\n2"} 3\nb 4\n',
    ['__name__|a|x|1\n2 = 3', '__name__|b = 4'],
  ],
  ['takes quoted names', '{"a.b", "c.d"="1"} 2\n', ['__name__|a.b|c.d|1 = 2']],
  ['finds the quoted name behind labels', '{x="1","a.b"} 2\n', ['__name__|a.b|x|1 = 2']],
  [
    'knows help and type',
    '# HELP a b \\\\ \\n c\n# TYPE\ta gauge\n',
    ['help a: b \\ \n c', 'type a: gauge'],
  ],
  [
    'takes everything else behind # for a comment',
    '#\n#HELP a\n# UNIT a b\n',
    ['comment #', 'comment #HELP a', 'comment # UNIT a b'],
  ],
  ['does not know unknown', '# TYPE a unknown\n', ['invalid metric type "unknown"']],
  ['is exact about types', '# TYPE a gauge \n', ['invalid metric type "gauge "']],
  ['needs a name', '{x="1"} 2\n', ['metric name not set while parsing: "{x=\\"1\\"} 2"']],
  ['takes one name only', 'a{"b"} 1\n', ['metric name already set while parsing: "a{\\"b\\"}"']],
  [
    'refuses negative times',
    'a 1 -1\n',
    ['expected timestamp or new record, got "-" ("INVALID") while parsing: "a 1 -"'],
  ],
  [
    'refuses times beyond 64 bits',
    'a 1 9223372036854775808\n',
    [
      'strconv.ParseInt: parsing "9223372036854775808": value out of range while parsing: "a 1 9223372036854775808"',
    ],
  ],
  [
    'refuses carriage returns',
    'a 1\r\n',
    ['strconv.ParseFloat: parsing "1\\r": invalid syntax while parsing: "a 1\\r"'],
  ],
  [
    'refuses a zero byte where a line begins',
    'a 1\n\0b 2\n',
    [
      '__name__|a = 1',
      'expected a valid start token, got "\\x00" ("INVALID") while parsing: "\\x00"',
    ],
  ],
]

const strict: [claim: string, page: string, entries: string[]][] = [
  ['takes times in seconds', 'a 1 1.5\n# EOF\n', ['__name__|a = 1 at 1500']],
  ['cuts times to ms', 'a 1 -0.0019\n# EOF', ['__name__|a = 1 at -1']],
  ['reads exemplars', 'a 1 # {x="1"} 2 3.5\n# EOF\n', ['__name__|a = 1 # x,1 2 at 3500']],
  ['reads exemplars behind a time', 'a 1 2 # {} 3\n# EOF\n', ['__name__|a = 1 at 2000 #  3']],
  ['knows units', '# UNIT a_b b\n# EOF\n', ['unit a_b: b']],
  ['does not know untyped', '# TYPE a untyped\n# EOF\n', ['invalid metric type "untyped"']],
  ['needs an end', 'a 1\n', ['__name__|a = 1', 'data does not end with # EOF']],
  ['ends at the end', '# EOF\n\n', ['unexpected data after # EOF']],
  ['allows a comma behind the last label', 'a{x="1",} 2\n# EOF\n', ['__name__|a|x|1 = 2']],
  [
    'refuses an exemplar of a name alone',
    'a 1 # {"b"} 2\n',
    ['expected label name, got "} " ("BCLOSE") while parsing: "a 1 # {\\"b\\"} "'],
  ],
  [
    'refuses two blanks',
    'a  1\n',
    ['expected value after metric, got "  " ("INVALID") while parsing: "a  "'],
  ],
]

describe('Prometheus text', () => {
  for (const [claim, page, entries] of loose) {
    it(claim, () => expect(entriesOf(page, 'prometheus')).toEqual(entries))
  }
})

describe('OpenMetrics', () => {
  for (const [claim, page, entries] of strict) {
    it(claim, () => expect(entriesOf(page, 'openmetrics')).toEqual(entries))
  }
})

describe('labels', () => {
  const bounds: [type: string, label: string, from: string, to: string][] = [
    ['histogram', 'le', '1', '1.0'],
    ['histogram', 'le', '0', '0.0'],
    ['histogram', 'le', '-0', '0.0'],
    ['histogram', 'le', '1000000', '1e+06'],
    ['histogram', 'le', 'inf', '+Inf'],
    ['histogram', 'le', 'many', 'many'],
    ['histogram', 'quantile', '1', '1'],
    ['summary', 'quantile', '0.50', '0.5'],
    ['gauge', 'le', '1', '1'],
  ]
  for (const [type, label, from, to] of bounds) {
    it(`of a ${type}: ${label} ${from} is ${to}`, () => {
      const page = `# TYPE other ${type}\na{${label}="${from}"} 1\n`
      expect(entriesOf(page, 'prometheus')[1]).toBe(`__name__|a|${label}|${to} = 1`)
    })
  }

  it('have type and unit where asked for, in place of exposed ones', () => {
    const page = '# TYPE a_s gauge\n# UNIT a_s s\na_s{__type__="x",__unit__="y",z="1"} 1\n# EOF\n'
    expect(entriesOf(page, 'openmetrics', { typeAndUnit: true })[2]).toBe(
      '__name__|a_s|__type__|gauge|__unit__|s|z|1 = 1',
    )
  })
})

describe('start times', () => {
  function startsOf(page: string): (number | undefined)[] {
    const reader = new ExpositionReader('openmetrics', { skipCreated: true })
    const times = new StartTimes(new ExpositionReader('openmetrics'))
    const bytes = Buffer.from(page)
    reader.open(bytes)
    times.open(bytes)
    const found: (number | undefined)[] = []
    while (reader.next() !== Entry.end) {
      if (!reader.hasStartTimes || reader.series === '') continue
      found.push(times.of(reader))
    }
    return found
  }

  it('come from the next _created line of the same labels', () => {
    const page =
      '# TYPE a counter\na_total{x="1"} 1\na_created{x="1"} 5\na_total{x="2"} 2\na_created{x="2"} 6.5\n# EOF\n'
    expect(startsOf(page).filter((time) => time !== undefined)).toEqual([5000, 6500])
  })

  it('look at each line once, however many series have none', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `a_total{x="${i}"} 1`)
    const startMs = performance.now()
    startsOf(`# TYPE a counter\n${lines.join('\n')}\n# EOF\n`)
    expect(performance.now() - startMs).toBeLessThan(2000)
  })
})

describe('any page', () => {
  it('is read to its end or refused with a reason', () => {
    const piece = fc.constantFrom(
      'a',
      '{',
      '}',
      '"',
      '=',
      ',',
      ' ',
      '\n',
      '\\',
      '#',
      '1',
      '.',
      'e',
      '# EOF\n',
      '# HELP ',
      '# TYPE ',
      'x="1"',
      '\0',
      'ü',
      '\t',
      ' # {',
    )
    const page = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''))),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    )
    fc.assert(
      fc.property(page, fc.constantFrom<Dialect>('prometheus', 'openmetrics'), (bytes, dialect) => {
        const reader = new ExpositionReader(dialect)
        reader.open(bytes)
        let before = -1
        try {
          for (;;) {
            const entry = reader.next()
            if (entry === Entry.end) break
            lineOf(reader, entry)
            expect(reader.at).toBeGreaterThan(before)
            expect(reader.at).toBeLessThanOrEqual(reader.length)
            before = reader.at
          }
        } catch (error) {
          expect((error as Error).name).toBe('ExpositionError')
        }
      }),
      { numRuns: 5000 },
    )
  })
})
