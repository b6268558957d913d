// Batches as text, in the formats that the original prints them in.
// Source of the behaviour: prometheus/common/expfmt/{text_create,openmetrics_create}.go.

import { Slice } from '../../../engine/slice.ts'
import { formatFloat, formatOpenMetricsFloat } from '../../../go/float.ts'
import { compareText } from '../../../go/text.ts'
import type { LabelPool } from '../../../model/label_pool.ts'
import { type Histogram, Kind, type SampleBatch } from '../../../model/samples.ts'

export type EchoFormat = 'text' | 'openmetrics'

interface Line {
  /** Labels without the name, as they are printed, and what is between braces before them. */
  readonly labels: string
  readonly value: number
  readonly time: number
  readonly histogram: Histogram | undefined
}

interface Family {
  readonly name: string
  /** By the text of the labels: the last sample of a series counts. */
  readonly lines: Map<string, Line>
}

/** Rows of a batch sorted by name and labels, each family with its type and what is known of it. */
export async function exposition(
  batch: SampleBatch,
  pool: LabelPool,
  format: EchoFormat,
): Promise<string> {
  const slice = new Slice()
  const families = new Map<string, Family>()
  for (let row = 0; row < batch.length; row++) {
    addRow(families, batch, row, pool)
    if (row % 64 === 0 && slice.due()) await slice.pause()
  }
  const helps = new Map((batch.metadata ?? []).map(({ family, help }) => [family, help]))
  let text = ''
  for (const { name, lines } of [...families.values()].sort(byName)) {
    text += familyHead(name, lines, helps.get(name), format)
    for (const line of [...lines.values()].sort(byLabels)) {
      text += printLine(name, line, format)
      if (slice.due()) await slice.pause()
    }
  }
  return text
}

function byName(a: Family, b: Family): number {
  return compareText(a.name, b.name)
}

function byLabels(a: Line, b: Line): number {
  return compareText(a.labels, b.labels)
}

function addRow(
  families: Map<string, Family>,
  batch: SampleBatch,
  row: number,
  pool: LabelPool,
): void {
  let name = ''
  const parts: string[] = []
  for (const [label, value] of pool.labelsOf(batch.series[row]!)) {
    if (label === '__name__') name = value
    else parts.push(`${printName(label)}="${escaped(value)}"`)
  }
  let family = families.get(name)
  if (family === undefined) {
    family = { name, lines: new Map() }
    families.set(name, family)
  }
  const labels = parts.join(',')
  family.lines.set(labels, {
    labels,
    value: batch.kinds[row] === Kind.stale ? Number.NaN : batch.values[row]!,
    time: typeof batch.times === 'number' ? batch.times : batch.times[row]!,
    histogram: batch.histograms?.get(row),
  })
}

function familyHead(
  name: string,
  lines: ReadonlyMap<string, Line>,
  help: string | undefined,
  format: EchoFormat,
): string {
  const [first] = lines.values()
  const untyped = format === 'text' ? 'untyped' : 'unknown'
  const type = first?.histogram === undefined ? untyped : 'histogram'
  const printed = printName(name)
  const text = format === 'text' ? escapedHelp(help ?? '') : escaped(help ?? '')
  const helpLine = help === undefined ? '' : `# HELP ${printed} ${text}\n`
  return `${helpLine}# TYPE ${printed} ${type}\n`
}

function printLine(name: string, line: Line, format: EchoFormat): string {
  const { labels, histogram } = line
  const time = line.time > 0 ? ` ${printTime(line.time, format)}` : ''
  if (histogram === undefined) {
    return `${series(name, labels)} ${printFloat(line.value, format)}${time}\n`
  }
  const count = format === 'text' ? printFloat(histogram.count, format) : String(histogram.count)
  const buckets = series(`${name}_bucket`, [labels, 'le="+Inf"'].filter(Boolean).join(','))
  const sum = printFloat(histogram.sum, format)
  return [
    `${buckets} ${count}${time}\n`,
    `${series(`${name}_sum`, labels)} ${sum}${time}\n`,
    `${series(`${name}_count`, labels)} ${count}${time}\n`,
  ].join('')
}

/** `name{labels}`; a name that needs quotes goes between the braces. */
function series(name: string, labels: string): string {
  if (isPlain(name)) return labels === '' ? name : `${name}{${labels}}`
  return `{${[printName(name), labels].filter(Boolean).join(',')}}`
}

function isPlain(name: string): boolean {
  return /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)
}

function printName(name: string): string {
  return isPlain(name) ? name : `"${escaped(name)}"`
}

function printFloat(value: number, format: EchoFormat): string {
  return format === 'text' ? formatFloat(value, 'g') : formatOpenMetricsFloat(value)
}

function printTime(time: number, format: EchoFormat): string {
  return format === 'text' ? String(time) : formatOpenMetricsFloat(time / 1000)
}

function escaped(text: string): string {
  return escapedHelp(text).replaceAll('"', '\\"')
}

function escapedHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
