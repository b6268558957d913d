// Requests of remote write 1 that carry nothing but metadata.

import { nextTurn } from '../../../engine/slice.ts'
import type { SampleLog } from '../../../model/sample_log.ts'
import type { Metadata } from '../../../model/samples.ts'
import type { QueueCounts } from './queue_counts.ts'
import type { RequestBodies } from './request_bodies.ts'
import type { Sender } from './sender.ts'

export interface MetadataRequestsOptions {
  readonly log: SampleLog
  readonly bodies: RequestBodies
  readonly sender: Sender
  readonly counts: QueueCounts
  /** Families of a request. */
  readonly rowsMax: number
}

export class MetadataRequests {
  readonly #options: MetadataRequestsOptions
  #isSending = false

  constructor(options: MetadataRequestsOptions) {
    this.#options = options
  }

  /** Sends what is known of all families; does nothing while the last call is still at it. */
  async send(signal: AbortSignal): Promise<void> {
    const { log, rowsMax } = this.#options
    if (this.#isSending) return
    this.#isSending = true
    const families = [...log.metadata.values()]
    for (let from = 0; from < families.length && !signal.aborted; from += rowsMax) {
      await this.#send(families.slice(from, from + rowsMax), signal)
    }
    this.#isSending = false
  }

  async #send(families: readonly Metadata[], signal: AbortSignal): Promise<void> {
    const { bodies, sender, counts } = this.#options
    await nextTurn()
    const body = bodies.ofMetadata(families)
    const count = families.length
    const result = await sender.send(
      {
        body: () => {
          counts.sent.metadata += count
          counts.metadataBytes += body.length
          return body
        },
        retried: () => {
          counts.retried.metadata += count
        },
        fields: () => ({ count }),
      },
      signal,
    )
    if (result === 'refused') counts.failed.metadata += count
  }
}
