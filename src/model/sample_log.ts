// What a metrics writer sends from: a log of rows, and a cursor in it for each endpoint.

import type { PositionedLog } from './label_release.ts'
import { type Exemplar, type Histogram, Kind, type Metadata, type SampleBatch } from './samples.ts'

/** What a row of the log is: what it is in a batch, or an exemplar. */
export const RowKind = { ...Kind, exemplar: 4 } as const

/**
 * Rows in the order they came, each at a position: the number of rows appended before it. Samples
 * of a batch come before its exemplars. A row stays until all cursors have acked it, or until the
 * log's bound drops it: then `start` passes it, and its label set may be freed.
 */
export interface SampleLog extends PositionedLog {
  /** Of the oldest row that is kept. Equal to `end` when there is none. */
  readonly start: number
  /** The latest of each family, oldest first. */
  readonly metadata: ReadonlyMap<string, Metadata>
  /** How often `metadata` has changed. */
  readonly metadataVersion: number
  /** Takes a copy of the batch and returns where the log ends then. */
  append(batch: SampleBatch): number
  /** A reader of the rows from a position on, which is not before `start`; else from the end. */
  cursor(options?: CursorOptions): Cursor
  /** Unix time in ms of the row at a position; undefined where there is none, or none any more. */
  timeAt(position: number): number | undefined
  /** Drops the rows before a position. Those that a cursor has not read count as lost to it. */
  truncate(before: number): void
  /** Calls back after rows were appended, until the returned function is called. */
  onAppend(listener: () => void): () => void
  /** Drops everything; nothing is appended after that. */
  close(): void
}

export interface CursorOptions {
  readonly from?: number
  /** Of who reads: a log on disk keeps its place, and goes on there after a restart. */
  readonly name?: string
  /**
   * Called when the log drops rows that this cursor has not acked; they count as acked from then
   * on. Copies of rows before `before` that still need their label sets are dropped now: the ids
   * may soon name others.
   */
  readonly dropped?: (before: number) => void
}

/** Rows that were dropped before they were read. */
export interface LostRows {
  samples: number
  histograms: number
  exemplars: number
}

export interface Cursor {
  /** Of the next row to read. */
  readonly position: number
  /** Everything before it is done with: acked or dropped. */
  readonly acked: number
  readonly lost: Readonly<LostRows>
  /** The next rows, at most `max`, good until the next call of the log; none yet: undefined. */
  read(max: number): LogRows | undefined
  /** Says that every row before `position` is done with. Never goes back. */
  ack(position: number): void
  close(): void
}

/** Rows of a log, borrowed from it. */
export interface LogRows {
  readonly length: number
  /** Position of the first; the others follow. */
  readonly first: number
  /** Ids of the `LabelPool`. */
  readonly series: Uint32Array
  /** `RowKind` of each row. */
  readonly kinds: Uint8Array
  /** Unix time in ms. */
  readonly times: Float64Array
  readonly values: Float64Array
  histogram(row: number): Histogram
  exemplar(row: number): Exemplar
}

/** How much memory a histogram takes, roughly. */
export function histogramBytes(histogram: Histogram): number {
  const numbers =
    histogram.positiveBuckets.length +
    histogram.negativeBuckets.length +
    histogram.customValues.length
  const spans = histogram.positiveSpans.length + histogram.negativeSpans.length
  return 240 + 8 * numbers + 40 * spans
}

/** How much memory an exemplar takes, roughly. */
export function exemplarBytes(exemplar: Exemplar): number {
  let bytes = 120
  for (const [name, value] of exemplar.labels) bytes += 72 + name.length + value.length
  return bytes
}
