import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Entry, ExpositionReader, type ReaderOptions } from '../../../src/wire/exposition/reader.ts'
import { ScrapeCache, type ScrapeOptions } from '../../../src/wire/exposition/scrape_cache.ts'
import { ScrapeRows } from '../../../src/wire/exposition/scrape_rows.ts'
import type { Dialect } from '../../../src/wire/exposition/tokens.ts'

/** What a scrape came to, in a form that can be compared. */
interface Outcome {
  readonly rows: readonly string[]
  readonly exemplars: readonly string[]
  readonly stale: readonly string[]
  readonly error?: string
}

const options: ScrapeOptions = {
  dialect: 'prometheus',
  time: 1000,
  honorTimestamps: true,
  trackTimestamps: false,
  timeMax: 1e12,
}

function textOfLabels(reader: ExpositionReader): string {
  const { labels } = reader
  const pairs: string[] = []
  for (let i = 0; i < labels.length; i += 2)
    pairs.push(`${labels[i]}=${JSON.stringify(labels[i + 1])}`)
  return pairs.sort().join(' ')
}

/** A cache whose ids are numbers of texts, with the holds counted. */
class Target {
  readonly names: string[] = []
  readonly ids = new Map<string, number>()
  readonly holds = new Map<number, number>()
  readonly rows = new ScrapeRows()
  readonly cache: ScrapeCache

  constructor(readers: ReaderOptions = {}) {
    this.cache = new ScrapeCache(
      {
        resolve: (reader) => {
          const name = textOfLabels(reader)
          if (name.includes('__name__="dropped"')) return -1
          if (name.includes('__name__="refused"')) throw new Error('refused')
          const id = this.ids.get(name) ?? this.names.push(name) - 1
          this.ids.set(name, id)
          this.holds.set(id, (this.holds.get(id) ?? 0) + 1)
          return id
        },
        release: (id) => this.holds.set(id, this.holds.get(id)! - 1),
      },
      readers,
    )
  }

  scrape(page: string | Uint8Array, changed: Partial<ScrapeOptions> = {}, lines = 7): Outcome {
    const { cache, rows, names } = this
    const stale: string[] = []
    const tell = (id: number) => stale.push(names[id]!)
    let error: string | undefined
    try {
      cache.begin(Buffer.from(page), { ...options, ...changed }, rows)
      while (!cache.step(lines));
      while (!cache.commit(lines, tell));
    } catch (thrown) {
      error = (thrown as Error).message
      cache.rollback(tell)
    }
    const shown: string[] = []
    for (let row = 0; row < rows.length; row++) {
      const time = rows.times === undefined ? options.time : rows.times[row]
      shown.push(`${names[rows.series[row]!]} ${rows.values[row]} ${time}`)
    }
    const exemplars = rows.exemplars.map(
      ({ series, labels, value, time }) => `${names[series]} ${labels.join()} ${value} ${time}`,
    )
    return { rows: shown, exemplars, stale: stale.sort(), ...(error !== undefined && { error }) }
  }
}

/** The same without any cache: what the reader says, one line after the other. */
class Plain {
  #exposed = new Set<string>()

  scrape(page: string, dialect: Dialect, readers: ReaderOptions): Outcome {
    const reader = new ExpositionReader(dialect, readers)
    const rows: string[] = []
    const exemplars: string[] = []
    const seen = new Set<string>()
    const tracked = new Map<string, boolean>()
    let error: string | undefined
    try {
      reader.open(Buffer.from(page))
      for (let entry = reader.next(); entry !== Entry.end; entry = reader.next()) {
        if (entry !== Entry.series) continue
        const name = textOfLabels(reader)
        if (name.includes('__name__="refused"')) throw new Error('refused')
        const drop = name.includes('__name__="dropped"')
        const isDuplicate = !reader.hasTime && seen.has(name)
        const late = reader.hasTime && reader.time > options.timeMax
        seen.add(name)
        if (!isDuplicate) tracked.set(name, !reader.hasTime)
        if (drop) continue
        const time = reader.hasTime ? reader.time : options.time
        if (!isDuplicate && !late) rows.push(`${name} ${reader.value} ${time}`)
        if (reader.hasExemplar && !late) {
          const at = reader.exemplarHasTime ? reader.exemplarTime : undefined
          exemplars.push(`${name} ${reader.exemplarLabels.join()} ${reader.exemplarValue} ${at}`)
        }
      }
    } catch (thrown) {
      error = (thrown as Error).message
    }
    const kept = [...tracked].filter(([name, is]) => is && !name.includes('__name__="dropped"'))
    const now = new Set(error === undefined ? kept.map(([name]) => name) : [])
    const stale = [...this.#exposed].filter((name) => !now.has(name)).sort()
    this.#exposed = now
    return { rows, exemplars, stale, ...(error !== undefined && { error }) }
  }
}

const page = `# HELP a Something.
# TYPE a counter
a{x="1"} 1
a{x="2"} 2
# TYPE h histogram
h_bucket{le="1"} 3
h_bucket{le="+Inf"} 4
b 5
`

describe('scrape cache', () => {
  it('gives the same ids again, with new values', () => {
    const target = new Target()
    target.scrape(page)
    const before = target.names.length
    const { rows, stale } = target.scrape(page.replace(/ (\d)\n/g, ' 1$1\n'))
    expect(rows).toEqual([
      '__name__="a" x="1" 11 1000',
      '__name__="a" x="2" 12 1000',
      '__name__="h_bucket" le="1.0" 13 1000',
      '__name__="h_bucket" le="+Inf" 14 1000',
      '__name__="b" 15 1000',
    ])
    expect(target.names.length).toBe(before)
    expect(stale).toEqual([])
    expect(target.cache.counts).toEqual({ samples: 5, added: 0, duplicates: 0, outOfBounds: 0 })
  })

  it('takes the type for what the labels mean, though the line is the same', () => {
    const target = new Target()
    target.scrape(page)
    const { rows, stale } = target.scrape(page.replace('histogram', 'gauge'))
    expect(rows).toContain('__name__="h_bucket" le="1" 3 1000')
    expect(stale).toEqual(['__name__="h_bucket" le="1.0"'])
  })

  it('counts a series that is there twice, in the same words or in others', () => {
    const target = new Target()
    const twice = 'a{x="1",y="2"} 1\na{x="1",y="2"} 2\na{y="2",x="1"} 3\n'
    for (let i = 0; i < 3; i++) {
      expect(target.scrape(twice).rows).toEqual(['__name__="a" x="1" y="2" 1 1000'])
      expect(target.cache.counts.duplicates).toBe(2)
    }
    expect(target.scrape('a{y="2",x="1"} 3\n').stale).toEqual([])
    expect(target.scrape('b 1\n').stale).toEqual(['__name__="a" x="1" y="2"'])
    target.cache.sweep(10)
    expect([...target.holds.values()]).toEqual([0, 1])
  })

  it('takes a bare name followed by labels for another series', () => {
    const target = new Target()
    target.scrape('a 1\n')
    expect(target.scrape('a {x="1"} 2\n').rows).toEqual(['__name__="a" x="1" 2 1000'])
    target.scrape('a 1\n')
    expect(target.scrape('a  {x="1"} 2\n').rows).toEqual(['__name__="a" x="1" 2 1000'])
  })

  it('tells all that was exposed when a scrape fails, once, and knows it afterwards', () => {
    const target = new Target()
    target.scrape('a 1\nb 2\n')
    const failed = target.scrape('a 1\nb true\n')
    expect(failed.error).toBe(
      'strconv.ParseFloat: parsing "true": invalid syntax while parsing: "b true"',
    )
    expect(failed.stale).toEqual(['__name__="a"', '__name__="b"'])
    expect(target.scrape('nonsense\n').stale).toEqual([])
    expect(target.scrape('a 1\nb 2\n').stale).toEqual([])
    expect(target.cache.counts.added).toBe(0)
  })

  it('leaves series with times of their own out of staleness, unless told otherwise', () => {
    const target = new Target()
    expect(target.scrape('a 1 5\nb 2\n').rows).toEqual(['__name__="a" 1 5', '__name__="b" 2 1000'])
    expect(target.scrape('b 2\n').stale).toEqual([])
    target.scrape('a 1 5\nb 2\n', { trackTimestamps: true })
    expect(target.scrape('b 2\n').stale).toEqual(['__name__="a"'])
    target.scrape('a 1\n')
    expect(target.scrape('a 1 5\n').stale).toEqual(['__name__="a"'])
    expect(target.scrape('a 1 5\n', { honorTimestamps: false }).rows).toEqual([
      '__name__="a" 1 1000',
    ])
    expect(target.scrape('a 1 2000000000000\n').rows).toEqual([])
    expect(target.cache.counts.outOfBounds).toBe(1)
  })

  it('forgets what failing pages pile up', () => {
    const target = new Target()
    target.scrape('a 1\n')
    for (let round = 0; round < 5; round++) {
      const lines = Array.from({ length: 700 }, (_, i) => `x{i="${i}",round="${round}"} 1`)
      target.scrape(`${lines.join('\n')}\nbroken\n`)
    }
    expect(target.cache.size).toBeLessThan(2100)
    while (!target.cache.clear(100));
    expect(target.cache.size).toBe(0)
    expect([...target.holds.values()].every((holds) => holds === 0)).toBe(true)
  })

  it('holds what failing pages pile up until it is swept: stale rows name it', () => {
    const target = new Target()
    target.scrape(Array.from({ length: 100 }, (_, i) => `a{i="${i}"} 1\n`).join(''))
    const lines = Array.from({ length: 1300 }, (_, i) => `x{i="${i}"} 1\n`).join('')
    const { stale } = target.scrape(`${lines}broken\n`)
    expect(stale).toHaveLength(100)
    const heldOf = () => stale.filter((name) => target.holds.get(target.ids.get(name)!) === 1)
    expect(heldOf()).toHaveLength(100)
    expect(target.cache.sweep(60)).toBe(false)
    expect(heldOf()).toHaveLength(40)
    expect(target.cache.sweep(60)).toBe(true)
    expect(target.cache.size).toBe(1300)
  })

  it('keeps formats apart that read the same line differently', () => {
    const target = new Target()
    expect(target.scrape('a 1 5\n# EOF\n', { dialect: 'openmetrics' }).rows).toEqual([
      '__name__="a" 1 5000',
    ])
    expect(target.scrape('a 1 5\n').rows).toEqual(['__name__="a" 1 5'])
  })
})

const name = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('a', 'b', 'h_bucket', 's', 'dropped') },
  fc.constantFrom('refused', 'long_name_of_a_metric'),
)
const value = fc.oneof(
  {
    weight: 90,
    arbitrary: fc.constantFrom('1', '2.5', '1e3', '+Inf', 'NaN', '1.7976931348623157e308'),
  },
  fc.constant('0x1'),
)
const label = fc.constantFrom(
  'x="1"',
  'x="2"',
  'le="1"',
  'le="0.50"',
  'quantile="1"',
  'y="a\\"b\\n"',
  'z="ü}"',
  '"q.r"="1"',
  '__type__="gauge"',
)
const labels = fc
  .array(label, { maxLength: 3 })
  .map((list) => (list.length === 0 ? '' : `{${[...new Set(list)].join(',')}}`))
const line = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(name, labels, value).map(([n, l, v]) => `${n}${l} ${v}`) },
  fc.tuple(name, labels, value).map(([n, l, v]) => `${n}${l} ${v} 12`),
  fc.tuple(name, labels).map(([n, l]) => `${n}${l} 1 # {id="1"} 2 3`),
  fc.tuple(name, labels).map(([n, l]) => `{"${n}"${l === '' ? '' : `,${l.slice(1, -1)}`}} 4`),
  fc
    .tuple(name, fc.constantFrom('counter', 'gauge', 'histogram', 'summary'))
    .map(([n, t]) => `# TYPE ${n} ${t}`),
  fc.constantFrom(
    '# HELP a text',
    '# UNIT x_s s',
    '# UNIT x_b b',
    '# a comment',
    '',
    ' a 1',
    'a\t3',
    'a  {x="1"} 1',
  ),
)

/** Pages, each made from the one before by a few edits of lines or bytes. */
const edit = fc.record({
  place: fc.nat(),
  what: fc.constantFrom('insert', 'delete', 'replace', 'swap', 'byte', 'none'),
  line,
  byte: fc.constantFrom('x', ' ', '"', '}', '{', '\n', '\\', '1', '#', '\0', '\t', ','),
})

function edited(
  before: string,
  edits: readonly (typeof edit extends fc.Arbitrary<infer E> ? E : never)[],
) {
  let text = before
  for (const { place, what, line: fresh, byte } of edits) {
    const lines = text.split('\n')
    const at = place % lines.length
    if (what === 'insert') lines.splice(at, 0, fresh)
    else if (what === 'delete') lines.splice(at, 1)
    else if (what === 'replace') lines[at] = fresh
    else if (what === 'swap') lines.push(...lines.splice(at, 1))
    text = lines.join('\n')
    if (what === 'byte') {
      const i = place % (text.length + 1)
      text = text.slice(0, i) + byte + text.slice(i + 1)
    }
  }
  return text
}

describe('a cached scrape', () => {
  for (const dialect of ['prometheus', 'openmetrics'] as const) {
    for (const typeAndUnit of [false, true]) {
      it(`is the same as a plain one: ${dialect}, type labels ${typeAndUnit}`, () => {
        const scrapes = fc.array(fc.array(edit, { maxLength: 3 }), { minLength: 1, maxLength: 8 })
        const first = fc.array(line, { maxLength: 25 })
        fc.assert(
          fc.property(first, scrapes, fc.integer({ min: 1, max: 9 }), (lines, rounds, slice) => {
            const target = new Target({ typeAndUnit })
            const plain = new Plain()
            const end = dialect === 'openmetrics' ? '\n# EOF\n' : '\n'
            let text = lines.join('\n')
            for (const edits of [[], ...rounds]) {
              text = edited(text, edits)
              const cached = target.scrape(text + end, { dialect }, slice)
              expect(cached).toEqual(plain.scrape(text + end, dialect, { typeAndUnit }))
            }
            while (!target.cache.clear(100));
            expect([...target.holds.values()].every((holds) => holds === 0)).toBe(true)
          }),
          { numRuns: 500 },
        )
      })
    }
  }
})

describe('a page of many lines that are gone', () => {
  const lines = (name: string) =>
    Array.from({ length: 5000 }, (_, i) => `a{${name}="${i}"} ${i}\n`).join('')

  it('is forgotten at most so many lines at once, and each line once', () => {
    const target = new Target()
    target.scrape(lines('x'))
    expect(target.scrape(lines('y')).stale).toHaveLength(5000)
    const held = () => [...target.holds.values()].reduce((sum, holds) => sum + holds, 0)
    expect(held()).toBe(10_000)
    expect(target.cache.sweep(1000)).toBe(false)
    expect(held()).toBe(9000)
    // The rest is forgotten by whatever comes next.
    expect(target.cache.rollback(() => {})).toBe(false)
    expect(held()).toBe(5000)
    expect(target.cache.sweep(1000)).toBe(true)
    expect(target.scrape(lines('y')).rows).toHaveLength(5000)
    while (!target.cache.clear(100));
    expect([...target.holds.values()].every((holds) => holds === 0)).toBe(true)
  })
})

describe('a line of more than 256 KiB', () => {
  it.each([
    ['a series', `a{x="${'x'.repeat(262_144)}"} 1\n`],
    ['a help', `# HELP a ${'x'.repeat(262_144)}\n`],
    ['a line without an end', 'x'.repeat(262_145)],
  ])('fails the scrape: %s', (_, line) => {
    const target = new Target()
    expect(target.scrape('a 1\n').rows).toHaveLength(1)
    expect(target.scrape(`a 1\n${line}`).error).toBe('a line is longer than 262144 bytes')
    expect(target.scrape('a 1\n').rows).toHaveLength(1)
  })
})
