// prom-textparse: entries and errors of the exposition formats, and the choice between them.

import { isDeepStrictEqual } from 'node:util'
import { textOf } from '../../src/go/text.ts'
import { chooseFormat, type ScrapeProtocol } from '../../src/wire/exposition/content_type.ts'
import { StartTimes } from '../../src/wire/exposition/created.ts'
import { Entry, ExpositionReader } from '../../src/wire/exposition/reader.ts'
import type { Dialect } from '../../src/wire/exposition/tokens.ts'
import { type Case, readTable } from './harness.ts'

type Input = string | { readonly $base64: string }

interface Options {
  readonly type_and_unit_labels?: boolean
  readonly skip_created_series?: boolean
  readonly convert_classic_to_nhcb?: boolean
}

interface DocumentRow {
  readonly name: string
  readonly parser: string
  readonly options?: Options
  readonly input: Input
  readonly entries: readonly EntryRow[]
}

interface EntryRow {
  readonly entry: string
  readonly labels?: Readonly<Record<string, string>>
  readonly value?: number | string
}

interface ErrorRow {
  readonly name: string
  readonly parser: string
  readonly options?: Options
  readonly input: Input
  readonly error?: string
  readonly ok?: boolean
  readonly no_crash?: boolean
}

interface ContentTypeRow {
  readonly name: string
  readonly content_type: string
  readonly fallback_scrape_protocol?: ScrapeProtocol
  readonly parser: string | null
  readonly error_contains?: string
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const row of readTable<DocumentRow>(dir, 'documents')) {
    yield { id: `prom-textparse/documents/${row.name}`, run: () => runDocument(row) }
  }
  for (const row of readTable<ErrorRow>(dir, 'errors')) {
    yield { id: `prom-textparse/errors/${row.name}`, run: () => runError(row) }
  }
  for (const row of readTable<ContentTypeRow>(dir, 'content-types')) {
    yield { id: `prom-textparse/content-types/${row.name}`, run: () => runContentType(row) }
  }
}

function open({ parser, options, input }: DocumentRow | ErrorRow): ExpositionReader {
  const reader = new ExpositionReader(parser as Dialect, {
    typeAndUnit: options?.type_and_unit_labels ?? false,
    skipCreated: options?.skip_created_series ?? false,
  })
  reader.open(bytesOfInput(input))
  return reader
}

function bytesOfInput(input: Input): Uint8Array {
  return typeof input === 'string' ? Buffer.from(input) : Buffer.from(input.$base64, 'base64')
}

function runDocument(row: DocumentRow): string | undefined {
  if (row.options?.convert_classic_to_nhcb) return 'classic histograms are not converted yet'
  const reader = open(row)
  const startTimes = new StartTimes(new ExpositionReader('openmetrics'))
  startTimes.open(bytesOfInput(row.input))
  for (const [i, expected] of row.entries.entries()) {
    const entry = reader.next()
    const actual = describe(reader, entry, 'labels' in expected ? startTimes : undefined)
    const wanted = normalize(expected)
    if (!isDeepStrictEqual(actual, wanted)) {
      return `entry ${i}\n  expected ${JSON.stringify(wanted)}\n  actual   ${JSON.stringify(actual)}`
    }
  }
  return reader.next() === Entry.end ? undefined : 'more entries than expected'
}

function normalize(entry: EntryRow): Record<string, unknown> {
  const { labels, value } = entry
  return {
    ...entry,
    ...(labels && { labels: pairs(Object.entries(labels).flat()) }),
    ...(typeof value === 'string' && { value: Number(value) }),
  }
}

function pairs(flat: readonly string[]): [string, string][] {
  const labels: [string, string][] = []
  for (let i = 0; i < flat.length; i += 2) labels.push([flat[i]!, flat[i + 1]!])
  return labels.sort(([a], [b]) => (a < b ? -1 : 1))
}

function describe(reader: ExpositionReader, entry: Entry, startTimes?: StartTimes): unknown {
  switch (entry) {
    case Entry.help:
      return { entry: 'help', metric: reader.name, help: reader.help }
    case Entry.type:
      return { entry: 'type', metric: reader.name, type: reader.type }
    case Entry.unit:
      return { entry: 'unit', metric: reader.name, unit: reader.unit }
    case Entry.comment:
      return { entry: 'comment', text: reader.comment }
    case Entry.end:
      return { entry: 'end' }
    default:
      return describeSeries(reader, startTimes)
  }
}

function describeSeries(reader: ExpositionReader, startTimes?: StartTimes): unknown {
  if (startTimes === undefined) return { entry: 'series', series: reader.series }
  const startTime = startTimes.of(reader)
  return {
    entry: 'series',
    series: reader.series,
    labels: pairs(reader.labels),
    value: reader.value,
    ...(reader.hasTime && { timestamp_ms: reader.time }),
    ...(startTime !== undefined && { start_timestamp_ms: startTime }),
    ...(reader.hasExemplar && { exemplars: [describeExemplar(reader)] }),
  }
}

function describeExemplar(reader: ExpositionReader): unknown {
  return {
    labels: Object.fromEntries(pairs(reader.exemplarLabels)),
    value: reader.exemplarValue,
    ...(reader.exemplarHasTime && { timestamp_ms: reader.exemplarTime }),
  }
}

function runError(row: ErrorRow): string | undefined {
  let message: string | undefined
  try {
    const reader = open(row)
    while (reader.next() !== Entry.end);
  } catch (error) {
    message = (error as Error).message
  }
  if (row.no_crash || message === row.error) return undefined
  return `\n  expected ${row.error}\n  actual   ${message}`
}

function runContentType(row: ContentTypeRow): string | undefined {
  const { format, problem } = chooseFormat(row.content_type, row.fallback_scrape_protocol ?? '')
  if ((format ?? null) !== row.parser) return `expected ${row.parser}, got ${format}`
  const part = row.error_contains
  if (part === undefined ? problem === undefined : problem?.includes(part)) return undefined
  return `expected ${part}, got ${textOf(Buffer.from(problem ?? 'nothing'))}`
}
