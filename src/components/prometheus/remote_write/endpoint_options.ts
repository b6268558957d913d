// What an endpoint is given.

import type { Clock } from '../../../model/clock.ts'
import type { Logger } from '../../../model/logger.ts'
import type { SampleLog } from '../../../model/sample_log.ts'
import type { QueueCounts } from './queue_counts.ts'
import type { RequestBodies } from './request_bodies.ts'
import type { Sender } from './sender.ts'
import type { SeriesRewrite } from './series_rewrite.ts'

export interface EndpointOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly log: SampleLog
  readonly sender: Sender
  readonly bodies: RequestBodies
  readonly counts: QueueCounts
  readonly rewrite: SeriesRewrite | undefined
  readonly queue: QueueSettings
  readonly sendExemplars: boolean
  readonly sendHistograms: boolean
  readonly metadata: MetadataSettings | undefined
  /** Unix time in ms of the newest row that the log was given. */
  readonly newestTime: () => number
}

export interface QueueSettings {
  readonly batchRows: number
  /** Rows that a shard holds. */
  readonly capacity: number
  readonly shardsMin: number
  readonly shardsMax: number
  readonly batchDeadlineMs: number
  readonly backoffMaxMs: number
  /** 0: rows of any age are sent. */
  readonly ageLimitMs: number
}

export interface MetadataSettings {
  readonly everyMs: number
  /** Families of a request. */
  readonly rowsMax: number
}

/** Where a predecessor stopped. */
export interface Place {
  readonly from: number
  /** Tells rows between the two that were sent already. */
  readonly until: number
  readonly isSent: (position: number) => boolean
}
