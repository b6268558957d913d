// What one endpoint has counted; plain fields, read when metrics are collected.

import { noRows, type RowCounts } from './send_batch.ts'

export type DropReason =
  /** A rule dropped its series. */
  | 'dropped_series'
  | 'too_old'
  /** Custom buckets do not exist in remote write 1. */
  | 'nhcb_in_rw1_not_supported'
  /** The log was full, or the endpoint ended before it was sent. */
  | 'memory_limit'

export class QueueCounts {
  /** Attempts included. */
  readonly sent: RowCounts & { metadata: number } = { ...noRows(), metadata: 0 }
  readonly failed: RowCounts & { metadata: number } = { ...noRows(), metadata: 0 }
  readonly retried: RowCounts & { metadata: number } = { ...noRows(), metadata: 0 }
  readonly dropped: Record<DropReason, RowCounts> = {
    dropped_series: noRows(),
    too_old: noRows(),
    nhcb_in_rw1_not_supported: noRows(),
    memory_limit: noRows(),
  }
  enqueueRetries = 0
  bytes = 0
  metadataBytes = 0
  /** Unix time in ms. */
  highestTime = 0
  highestSentTime = 0
}

export function addRows(sum: RowCounts, counts: RowCounts): void {
  sum.samples += counts.samples
  sum.histograms += counts.histograms
  sum.exemplars += counts.exemplars
}
