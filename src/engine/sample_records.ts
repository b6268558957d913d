// Batches and targets as live debugging shows them.
// Source of the formats: alloy/internal/component/prometheus and discovery.

import { formatFloat } from '../go/float.ts'
import { quote } from '../go/quote.ts'
import { histogramText } from '../model/histogram_text.ts'
import type { LabelPool } from '../model/label_pool.ts'
import { type Exemplar, Kind, type Metadata, type SampleBatch } from '../model/samples.ts'
import type { Target } from '../model/targets.ts'

/** Longer lists of targets are cut, for a record is made in one go. */
const listedTargetsMax = 1000
const listLengthMax = 65_536

/** How many records `sampleRecord` makes of a batch. */
export function countSampleRecords({ length, metadata, exemplars }: SampleBatch): number {
  return length + (metadata?.length ?? 0) + (exemplars?.length ?? 0)
}

/** Rows first, then metadata, then exemplars. */
export function sampleRecord(batch: SampleBatch, index: number, pool: LabelPool): string {
  const { length, metadata = [], exemplars = [] } = batch
  if (index < length) return rowRecord(batch, index, pool)
  const family = metadata[index - length]
  if (family !== undefined) return metadataRecord(family)
  return exemplarRecord(exemplars[index - length - metadata.length]!, pool)
}

function rowRecord(batch: SampleBatch, row: number, pool: LabelPool): string {
  const { kinds, times, values, series, histograms } = batch
  const time = typeof times === 'number' ? times : times[row]!
  const head = `ts=${time}, labels=${seriesText(series[row]!, pool)}`
  const histogram = histograms?.get(row)
  if (histogram !== undefined) {
    return kinds[row] === Kind.histogram
      ? `histogram: ${head}, value=${histogramText(histogram, 'integer')}`
      : `float_histogram: ${head}, value=${histogramText(histogram, 'float')}`
  }
  const value = kinds[row] === Kind.stale ? Number.NaN : values[row]!
  return `sample: ${head}, value=${formatFloat(value, 'f', 6)}`
}

/** The original prints one series of the family; a batch knows the family alone. */
function metadataRecord({ family, type, unit, help }: Metadata): string {
  const labels = labelsText([['__name__', family]])
  return `metadata: labels=${labels}, type=${quote(type)}, unit=${quote(unit)}, help=${quote(help)}`
}

function exemplarRecord({ series, labels, time, value }: Exemplar, pool: LabelPool): string {
  const owner = seriesText(series, pool)
  const own = labelsText(labels)
  const number = formatFloat(value, 'f', 6)
  return `exemplar: ts=${time}, labels=${owner}, exemplar_labels=${own}, value=${number}`
}

/** `{__name__="up", job="a"}` */
export function seriesText(series: number, pool: LabelPool): string {
  return labelsText(pool.labelsOf(series))
}

function labelsText(labels: Iterable<readonly [name: string, value: string]>): string {
  let text = '{'
  for (const [name, value] of labels) {
    if (text.length > 1) text += ', '
    text += `${isPlainName(name) ? name : quote(name)}=${quote(value)}`
  }
  return `${text}}`
}

function isPlainName(name: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)
}

/** `{"__address__"="a:80", "job"="b"}`, names in order. */
export function targetText(target: Target): string {
  const names = [...target.keys()].sort()
  return `{${names.map((name) => `${quote(name)}=${quote(target.get(name)!)}`).join(', ')}}`
}

/** `[{…} {…}]`; what is too long ends in how many are left out. */
export function targetsText(targets: readonly Target[]): string {
  let text = '['
  let shown = 0
  for (const target of targets) {
    if (shown === listedTargetsMax || text.length > listLengthMax) {
      return `${text} and ${targets.length - shown} more]`
    }
    text += `${shown === 0 ? '' : ' '}${targetText(target)}`
    shown++
  }
  return `${text}]`
}
