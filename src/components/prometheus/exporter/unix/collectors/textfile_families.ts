// The families of a page in Prometheus' text format, put together from its lines.

import { formatFloat, parseFloat64 } from '../../../../../go/float.ts'
import { bytesOf } from '../../../../../go/text.ts'
import type {
  FamilySpec,
  MetricPage,
  PageLabels,
} from '../../../../../wire/exposition/metric_page.ts'
import { Entry, ExpositionReader } from '../../../../../wire/exposition/reader.ts'

export interface TextSeries {
  /** The name of the line: of parts of a histogram or summary with their suffix. */
  readonly name: string
  readonly labels: PageLabels
  readonly value: number
}

export interface TextFamily extends FamilySpec {
  readonly series: readonly TextSeries[]
}

interface Growing {
  type: FamilySpec['type']
  help: string
  readonly series: TextSeries[]
}

/**
 * Parses a file. Throws where it is no page in the format, and where it has timestamps: they would
 * be those of the last write, not of the scrape.
 */
export function parseTextfile(path: string, text: string): readonly TextFamily[] {
  const reader = new ExpositionReader('prometheus')
  reader.open(bytesOf(text))
  const families = new Map<string, Growing>()
  const familyOf = (name: string): Growing => {
    const family = families.get(name) ?? { type: 'untyped' as const, help: '', series: [] }
    families.set(name, family)
    return family
  }
  for (;;) {
    const entry = nextEntry(reader, path)
    if (entry === Entry.end) break
    if (entry === Entry.help) familyOf(reader.name).help = reader.help
    else if (entry === Entry.type) {
      familyOf(reader.name).type = reader.type === 'unknown' ? 'untyped' : typeOf(reader.type)
    } else if (entry === Entry.series) {
      if (reader.hasTime) {
        throw new Error(
          `textfile "${path}" contains unsupported client-side timestamps, skipping entire file`,
        )
      }
      const series = seriesOf(reader)
      familyOf(familyName(series.name, families)).series.push(series)
    }
  }
  return [...families]
    .filter(([, { series }]) => series.length > 0)
    .map(([name, { help, series, type }]) => ({ name, help, type, series: sameLabels(series) }))
}

function nextEntry(reader: ExpositionReader, path: string): Entry {
  try {
    return reader.next()
  } catch (cause) {
    const reason = (cause as Error).message
    throw new Error(`failed to parse textfile data from "${path}": ${reason}`, { cause })
  }
}

function typeOf(type: string): FamilySpec['type'] {
  if (type === 'counter' || type === 'gauge' || type === 'summary' || type === 'histogram') {
    return type
  }
  return 'untyped'
}

function seriesOf(reader: ExpositionReader): TextSeries {
  const labels: Record<string, string> = {}
  let name = ''
  const list = reader.labels
  for (let i = 0; i + 1 < list.length; i += 2) {
    if (list[i] === '__name__') name = list[i + 1]!
    else labels[list[i]!] = list[i + 1]!
  }
  return { name, labels, value: reader.value }
}

const partSuffix = /^(.+)_(bucket|sum|count)$/

/** Parts of a histogram or summary belong to it where its TYPE came before. */
function familyName(name: string, families: ReadonlyMap<string, Growing>): string {
  const [, base = '', part] = partSuffix.exec(name) ?? []
  if (part === undefined || families.has(name)) return name
  const type = families.get(base)?.type
  const isPart = type === 'histogram' || (type === 'summary' && part !== 'bucket')
  return isPart ? base : name
}

/** Labels that only some series have are empty in the others: a family has one set of names. */
function sameLabels(series: readonly TextSeries[]): readonly TextSeries[] {
  const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)))
  names.delete('le')
  names.delete('quantile')
  const empty = Object.fromEntries([...names].map((name) => [name, '']))
  return series.map((one) => ({ ...one, labels: { ...empty, ...one.labels } }))
}

/** Adds a family; what was wrong with series that had to be left out. */
export function addFamily(page: MetricPage, family: TextFamily): readonly Error[] {
  const problems: Error[] = []
  const attempt = (add: () => void): void => {
    try {
      add()
    } catch (error) {
      problems.push(error as Error)
    }
  }
  if (family.type === 'summary' || family.type === 'histogram') {
    for (const group of groupsOf(family)) attempt(() => addGroup(page, family, group))
  } else {
    for (const { labels, value } of family.series) attempt(() => page.add(family, value, labels))
  }
  return problems
}

/** The lines of one histogram or summary. */
interface Group {
  readonly labels: PageLabels
  count: number
  sum: number
  /** By their bound or quantile. */
  readonly values: [bound: number, value: number][]
}

function groupsOf({ name, series, type }: TextFamily): Iterable<Group> {
  const bound = type === 'histogram' ? 'le' : 'quantile'
  const groups = new Map<string, Group>()
  for (const one of series) {
    const { [bound]: limit, ...labels } = one.labels
    const key = JSON.stringify(Object.entries(labels).sort())
    const group = groups.get(key) ?? { labels, count: 0, sum: 0, values: [] }
    groups.set(key, group)
    if (one.name === `${name}_sum`) group.sum = one.value
    else if (one.name === `${name}_count`) group.count = one.value
    else if (limit !== undefined) group.values.push([parseFloat64(limit), one.value])
  }
  return groups.values()
}

function addGroup(page: MetricPage, family: TextFamily, group: Group): void {
  const { count, labels, sum, values } = group
  values.sort(([a], [b]) => a - b)
  if (family.type === 'summary') {
    const quantiles = new Map(values.map(([bound, value]) => [formatFloat(bound, 'g'), value]))
    page.addSummary(family, { count, sum, quantiles }, labels)
  } else {
    const buckets = values.filter(([bound]) => bound !== Number.POSITIVE_INFINITY)
    page.addHistogram(family, { count, sum, buckets }, labels)
  }
}
