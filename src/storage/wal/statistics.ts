// What a write-ahead log holds, counted.

import { LabelSet } from '../../model/label_set.ts'
import { checkRecord } from '../../wire/wal/check_record.ts'
import { decodeHistograms } from '../../wire/wal/histograms_record.ts'
import { RecordType, recordTypeName } from '../../wire/wal/record_type.ts'
import { decodeSamples, SampleRows } from '../../wire/wal/samples_record.ts'
import { decodeSeries, labelsOf } from '../../wire/wal/series_record.ts'
import { decodeExemplars, decodeMetadata } from '../../wire/wal/side_records.ts'
import type { Files } from '../files.ts'
import { layoutOf, type WalLayout } from './layout.ts'
import { type FileDamage, readWal } from './reader.ts'

export interface SeriesStatistics {
  readonly labels: LabelSet
  samples: number
  histograms: number
  /** Unix time in ms of the oldest and the newest row; undefined where there is none. */
  oldest: number | undefined
  newest: number | undefined
}

/** All of a log. Series that were numbered twice count once. */
export class WalStatistics {
  readonly layout: WalLayout
  /** By number. */
  readonly byRef = new Map<number, SeriesStatistics>()
  /** By labels. */
  readonly series = new Map<string, SeriesStatistics>()
  samples = 0
  histograms = 0
  exemplars = 0
  metadata = 0
  /** Rows of series that no record describes. */
  unknownRefs = 0
  /** Label sets that have more than one number. */
  renumbered = 0
  /** By type, as named in `RecordType`. */
  readonly records: Record<string, number> = {}
  readonly damages: FileDamage[] = []
  bytes = 0
  readonly #rows = new SampleRows()
  readonly #twice = new Set<string>()

  constructor(layout: WalLayout) {
    this.layout = layout
  }

  /** Rejects where the files cannot be read. `progress` is told how many bytes were read so far. */
  static async read(
    files: Files,
    folder: string,
    progress: (bytes: number) => void = () => {},
  ): Promise<WalStatistics> {
    const statistics = new WalStatistics(layoutOf(files, folder))
    await readWal(files, folder, {
      record: (record) => statistics.#count(record),
      damage: (damage) => void statistics.damages.push(damage),
      progress: (bytes) => {
        statistics.bytes += bytes
        progress(statistics.bytes)
      },
    })
    return statistics
  }

  get oldest(): number | undefined {
    return extreme(this.series.values(), 'oldest', Math.min)
  }

  get newest(): number | undefined {
    return extreme(this.series.values(), 'newest', Math.max)
  }

  #count(record: Uint8Array): void {
    checkRecord(record)
    const type = record[0]
    const name = recordTypeName(type)!
    this.records[name] = (this.records[name] ?? 0) + 1
    if (type === RecordType.series) {
      decodeSeries(record, (ref, labels) => this.#addSeries(ref, labels))
    } else if (type === RecordType.samples || type === RecordType.samplesV2) {
      this.#countSamples(record)
    } else if (type === RecordType.exemplars) {
      decodeExemplars(record, () => {
        this.exemplars++
      })
    } else if (type === RecordType.metadata) {
      decodeMetadata(record, () => {
        this.metadata++
      })
    } else if (type !== RecordType.tombstones && type !== RecordType.mmapMarkers) {
      this.#countHistograms(record)
    }
  }

  #countSamples(record: Uint8Array): void {
    const rows = this.#rows
    decodeSamples(record, rows)
    this.samples += rows.length
    for (let row = 0; row < rows.length; row++) {
      const series = this.#seen(rows.refs[row]!, rows.times[row]!)
      if (series !== undefined) series.samples++
    }
  }

  #countHistograms(record: Uint8Array): void {
    decodeHistograms(record, ({ ref, time }) => {
      this.histograms++
      const series = this.#seen(ref, time)
      if (series !== undefined) series.histograms++
    })
  }

  #addSeries(ref: number, bytes: Uint8Array): void {
    const flat = labelsOf(bytes)
    const key = JSON.stringify(flat)
    const known = this.series.get(key)
    const before = this.byRef.get(ref)
    if (known !== undefined) {
      if (before !== known && !this.#twice.has(key)) {
        this.#twice.add(key)
        this.renumbered++
      }
      this.byRef.set(ref, known)
      return
    }
    const labels = LabelSet.of(flat)
    const series = { labels, samples: 0, histograms: 0, oldest: undefined, newest: undefined }
    this.series.set(key, series)
    this.byRef.set(ref, series)
  }

  #seen(ref: number, time: number): SeriesStatistics | undefined {
    const series = this.byRef.get(ref)
    if (series === undefined) {
      this.unknownRefs++
      return undefined
    }
    if (series.oldest === undefined || time < series.oldest) series.oldest = time
    if (series.newest === undefined || time > series.newest) series.newest = time
    return series
  }
}

function extreme(
  all: Iterable<SeriesStatistics>,
  name: 'oldest' | 'newest',
  choose: (a: number, b: number) => number,
): number | undefined {
  let found: number | undefined
  for (const series of all) {
    const time = series[name]
    if (time !== undefined) found = found === undefined ? time : choose(found, time)
  }
  return found
}

export interface TargetStatistics {
  readonly job: string
  readonly instance: string
  series: number
  samples: number
  histograms: number
}

/** By job and instance, those with most series first. */
export function targetsOf(all: Iterable<SeriesStatistics>): TargetStatistics[] {
  const targets = new Map<string, TargetStatistics>()
  for (const { histograms, labels, samples } of all) {
    const job = labels.get('job')
    const instance = labels.get('instance')
    const key = JSON.stringify([job, instance])
    const target = targets.get(key) ?? { job, instance, series: 0, samples: 0, histograms: 0 }
    target.series++
    target.samples += samples
    target.histograms += histograms
    targets.set(key, target)
  }
  const name = ({ job, instance }: TargetStatistics) => `${job}\0${instance}`
  return [...targets.values()].sort((a, b) => b.series - a.series || (name(a) < name(b) ? -1 : 1))
}
