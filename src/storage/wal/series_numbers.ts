// The numbers that series have in a write-ahead log, and until when the log needs to know them.

import { Slice } from '../../engine/slice.ts'
import type { LabelPool } from '../../model/label_pool.ts'
import { PagedUint32 } from '../../model/paged.ts'
import type { SampleBatch } from '../../model/samples.ts'
import { RecordWriter } from '../../wire/wal/record_bytes.ts'
import { addSeries, beginSeries } from '../../wire/wal/series_record.ts'

const seriesPerCheck = 4096

export class SeriesNumbers {
  /** Of the last batch: the number of each row, then of each exemplar. */
  refs = new Float64Array(1024)
  /** The record of the series that were new in it. */
  readonly record = new RecordWriter()
  readonly #pool: LabelPool
  /** By id of a label set: its number; 0 where it has none. */
  readonly #numbers: PagedUint32
  /** By number: 1 + the last segment with rows of it. */
  readonly #lastSegments: PagedUint32
  #next: number
  #fresh: number[] = []

  constructor(pool: LabelPool, lastSegments: PagedUint32, next: number) {
    this.#pool = pool
    this.#numbers = new PagedUint32(pool.pages)
    this.#lastSegments = lastSegments
    this.#next = next
  }

  /** How many series of the last batch are new. */
  get fresh(): number {
    return this.#fresh.length
  }

  /** Gives every series of a batch its number. */
  number(batch: SampleBatch): void {
    const { exemplars = [], length, series } = batch
    if (length + exemplars.length > this.refs.length) {
      this.refs = new Float64Array((length + exemplars.length) * 2)
    }
    this.#fresh = []
    beginSeries(this.record)
    const { refs } = this
    const numbers = this.#numbers
    for (let row = 0; row < length; row++) {
      const ref = numbers.get(series[row]!)
      refs[row] = ref === 0 ? this.#add(series[row]!) : ref
    }
    for (const [i, { series: id }] of exemplars.entries()) {
      const ref = numbers.get(id)
      refs[length + i] = ref === 0 ? this.#add(id) : ref
    }
  }

  /** Takes the new numbers of the last batch back: it is not in the log. */
  undo(): void {
    for (const id of this.#fresh) this.#numbers.set(id, 0)
  }

  /** Notes that the last batch, of so many rows, is in a segment. */
  written(rows: number, segment: number): void {
    const { refs } = this
    const lastSegments = this.#lastSegments
    for (let row = 0; row < rows; row++) {
      if (lastSegments.get(refs[row]!) !== segment + 1) lastSegments.set(refs[row]!, segment + 1)
    }
  }

  /** Of label sets whose ids go to others. */
  clear(ids: Uint32Array): void {
    this.#numbers.clear(ids)
  }

  /** Whether a segment behind `segment` has rows of the series. */
  isNeededBehind(segment: number, ref: number): boolean {
    return this.#lastSegments.get(ref) > segment + 1
  }

  /** Series without rows behind a segment get a new number when they come back. */
  async forgetUpTo(segment: number): Promise<void> {
    const slice = new Slice()
    let seen = 0
    for (const id of this.#numbers.ids()) {
      if (!this.isNeededBehind(segment, this.#numbers.get(id))) this.#numbers.set(id, 0)
      if (seen++ % seriesPerCheck === 0 && slice.due()) await slice.pause()
    }
    for (const ref of this.#lastSegments.ids()) {
      if (!this.isNeededBehind(segment, ref)) this.#lastSegments.set(ref, 0)
      if (seen++ % seriesPerCheck === 0 && slice.due()) await slice.pause()
    }
  }

  #add(id: number): number {
    const ref = this.#next++
    this.#numbers.set(id, ref)
    this.#fresh.push(id)
    addSeries(this.record, ref, this.#pool, id)
    return ref
  }
}
