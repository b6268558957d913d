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

export interface RecordPrinterOptions {
  readonly pool: LabelPool
  /** Blots out secrets. It sees values before they are quoted, which may change them. */
  readonly mask: (text: string) => string
}

/**
 * Makes the records of one batch, while its push lasts. Labels that many series share are printed
 * once, which takes a third of the time.
 */
export class RecordPrinter {
  readonly #options: RecordPrinterOptions
  readonly #labels = new Map<number, string>()

  constructor(options: RecordPrinterOptions) {
    this.#options = options
  }

  /** Row `index`, or behind the rows what comes with them: metadata, then exemplars. */
  sample(batch: SampleBatch, index: number): string {
    const { length, metadata = [], exemplars = [] } = batch
    if (index < length) return this.#row(batch, index)
    const family = metadata[index - length]
    if (family !== undefined) return this.#metadata(family)
    return this.#exemplar(exemplars[index - length - metadata.length]!)
  }

  /** `{__name__="up", job="a"}` */
  series(id: number): string {
    const { pool } = this.#options
    const count = pool.pairsOf(id)
    const pairs = pool.pairsRead
    let text = '{'
    for (let i = 0; i < count; i++) text += (i === 0 ? '' : ', ') + this.#pair(pairs[i]!)
    return `${text}}`
  }

  /** `{"__address__"="a:80", "job"="b"}`, names in order. */
  target(target: Target): string {
    const names = [...target.keys()].sort()
    const labels = names.map((name) => `${quote(name)}=${this.#quoted(target.get(name)!)}`)
    return `{${labels.join(', ')}}`
  }

  /** `[{…} {…}]`; what is too long ends in how many are left out. */
  targets(targets: readonly Target[]): string {
    let text = '['
    let shown = 0
    for (const target of targets) {
      if (shown === listedTargetsMax || text.length > listLengthMax) {
        return `${text} and ${targets.length - shown} more]`
      }
      text += `${shown === 0 ? '' : ' '}${this.target(target)}`
      shown++
    }
    return `${text}]`
  }

  #row(batch: SampleBatch, row: number): string {
    const { kinds, times, values, series, histograms } = batch
    const time = typeof times === 'number' ? times : times[row]!
    const head = `ts=${time}, labels=${this.series(series[row]!)}`
    const histogram = histograms?.get(row)
    if (histogram !== undefined) {
      return kinds[row] === Kind.histogram
        ? `histogram: ${head}, value=${histogramText(histogram, 'integer')}`
        : `float_histogram: ${head}, value=${histogramText(histogram, 'float')}`
    }
    const value = kinds[row] === Kind.stale ? Number.NaN : values[row]!
    return `sample: ${head}, value=${sixPlaces(value)}`
  }

  /** The original prints one series of the family; a batch knows the family alone. */
  #metadata({ family, type, unit, help }: Metadata): string {
    const labels = `{${this.#label('__name__', family)}}`
    const said = `unit=${this.#quoted(unit)}, help=${this.#quoted(help)}`
    return `metadata: labels=${labels}, type=${quote(type)}, ${said}`
  }

  #exemplar({ series, labels, time, value }: Exemplar): string {
    const owner = this.series(series)
    const own = labels.map(([name, text]) => this.#label(name, text)).join(', ')
    const number = sixPlaces(value)
    return `exemplar: ts=${time}, labels=${owner}, exemplar_labels={${own}}, value=${number}`
  }

  #pair(id: number): string {
    let text = this.#labels.get(id)
    if (text === undefined) {
      const { pairs } = this.#options.pool
      text = this.#label(pairs.nameOf(id), pairs.valueOf(id))
      this.#labels.set(id, text)
    }
    return text
  }

  #label(name: string, value: string): string {
    return `${isPlainName(name) ? name : quote(name)}=${this.#quoted(value)}`
  }

  #quoted(text: string): string {
    return quote(this.#options.mask(text))
  }
}

/** How many records there are of a batch. */
export function countRecords({ length, metadata, exemplars }: SampleBatch): number {
  return length + (metadata?.length ?? 0) + (exemplars?.length ?? 0)
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

function isPlainName(name: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)
}
