// Records that wait for a client of live debugging, within a bound.

import type { Viewer } from '../engine/live_debug.ts'

export interface RecordBufferOptions {
  /** Of all texts that wait, in characters; beyond it records are missed. */
  readonly lengthMax: number
  /** Share of the records that is wanted, 0 to 1. */
  readonly sampleProb: number
  /** 0 to 1. */
  readonly random: () => number
}

export interface TakenRecords {
  readonly records: readonly string[]
  /** How many others there were since the last were taken. */
  readonly missed: number
}

export class RecordBuffer implements Viewer {
  readonly #options: RecordBufferOptions
  #records: string[] = []
  #length = 0
  /** Since the last were taken. */
  #missed = 0
  #missedBefore = 0

  constructor(options: RecordBufferOptions) {
    this.#options = options
  }

  get missedRecords(): number {
    return this.#missedBefore + this.#missed
  }

  /** Hot: once per record that could be made. */
  wants(): boolean {
    const { sampleProb, random, lengthMax } = this.#options
    if (sampleProb < 1 && random() >= sampleProb) return false
    if (this.#length < lengthMax) return true
    this.#missed++
    return false
  }

  record(text: string): void {
    this.#records.push(text)
    this.#length += text.length
  }

  missed(count: number): void {
    this.#missed += Math.round(count * this.#options.sampleProb)
  }

  take(): TakenRecords {
    const taken = { records: this.#records, missed: this.#missed }
    this.#records = []
    this.#length = 0
    this.#missedBefore += this.#missed
    this.#missed = 0
    return taken
  }
}
