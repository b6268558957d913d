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

/** The record of one row, or of what comes with them: metadata, then exemplars. */
export function sampleRecord(batch: SampleBatch, index: number, printer: SeriesPrinter): string {
  const { length, metadata = [], exemplars = [] } = batch
  if (index < length) return rowRecord(batch, index, printer)
  const family = metadata[index - length]
  if (family !== undefined) return metadataRecord(family)
  return exemplarRecord(exemplars[index - length - metadata.length]!, printer)
}

function rowRecord(batch: SampleBatch, row: number, printer: SeriesPrinter): string {
  const { kinds, times, values, series, histograms } = batch
  const time = typeof times === 'number' ? times : times[row]!
  const head = `ts=${time}, labels=${printer.text(series[row]!)}`
  const histogram = histograms?.get(row)
  if (histogram !== undefined) {
    return kinds[row] === Kind.histogram
      ? `histogram: ${head}, value=${histogramText(histogram, 'integer')}`
      : `float_histogram: ${head}, value=${histogramText(histogram, 'float')}`
  }
  const value = kinds[row] === Kind.stale ? Number.NaN : values[row]!
  return `sample: ${head}, value=${sixPlaces(value)}`
}

/**
 * As `%f`, in a tenth of the time for most values. `toFixed` rounds ties up where Go rounds them to
 * even, but only multiples of 1/128 can be ties at the seventh place.
 */
export function sixPlaces(value: number): string {
  if (Number.isSafeInteger(value) && value !== 0) return `${value}.000000`
  if (Math.abs(value) < 1e21 && !Number.isInteger(value * 128)) return value.toFixed(6)
  return formatFloat(value, 'f', 6)
}

/** The original prints one series of the family; a batch knows the family alone. */
function metadataRecord({ family, type, unit, help }: Metadata): string {
  const labels = labelsText([['__name__', family]])
  return `metadata: labels=${labels}, type=${quote(type)}, unit=${quote(unit)}, help=${quote(help)}`
}

function exemplarRecord({ series, labels, time, value }: Exemplar, printer: SeriesPrinter): string {
  const owner = printer.text(series)
  const own = labelsText(labels)
  const number = sixPlaces(value)
  return `exemplar: ts=${time}, labels=${owner}, exemplar_labels=${own}, value=${number}`
}

/**
 * Prints the series of one batch, while its push lasts. Labels that many of them share are printed
 * once, which takes a third of the time.
 */
export class SeriesPrinter {
  readonly #pool: LabelPool
  readonly #labels = new Map<number, string>()

  constructor(pool: LabelPool) {
    this.#pool = pool
  }

  /** `{__name__="up", job="a"}` */
  text(series: number): string {
    const count = this.#pool.pairsOf(series)
    const pairs = this.#pool.pairsRead
    let text = '{'
    for (let i = 0; i < count; i++) text += (i === 0 ? '' : ', ') + this.#labelText(pairs[i]!)
    return `${text}}`
  }

  #labelText(pair: number): string {
    let text = this.#labels.get(pair)
    if (text === undefined) {
      const { pairs } = this.#pool
      text = labelText(pairs.nameOf(pair), pairs.valueOf(pair))
      this.#labels.set(pair, text)
    }
    return text
  }
}

function labelsText(labels: readonly (readonly [name: string, value: string])[]): string {
  return `{${labels.map(([name, value]) => labelText(name, value)).join(', ')}}`
}

function labelText(name: string, value: string): string {
  return `${isPlainName(name) ? name : quote(name)}=${quote(value)}`
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
