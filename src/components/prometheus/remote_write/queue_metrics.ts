// Shows what an endpoint counts under its name and URL.

import type { MetricsOf } from '../../../schema/declaration.ts'
import type { declaration } from '../remote_write.ts'
import type { Endpoint } from './endpoint.ts'
import type { DropReason, QueueCounts } from './queue_counts.ts'

type Metrics = MetricsOf<typeof declaration>

export interface QueueLabels {
  readonly remote_name: string
  readonly url: string
}

const reasons: readonly DropReason[] = [
  'dropped_series',
  'too_old',
  'nhcb_in_rw1_not_supported',
  'memory_limit',
]

export class QueueMetrics {
  readonly labels: QueueLabels
  readonly #metrics: Metrics

  constructor(metrics: Metrics, labels: QueueLabels) {
    this.#metrics = metrics
    this.labels = labels
  }

  observeAttempt(seconds: number): void {
    this.#metrics.sentBatchDuration.labels(this.labels).observe(seconds)
  }

  publish(endpoint: Endpoint): void {
    const { labels } = this
    const { counts, queue } = endpoint
    const metrics = this.#metrics
    this.#publishCounts(counts)
    const pending = endpoint.pending()
    metrics.samplesPending.labels(labels).set(pending.samples)
    metrics.exemplarsPending.labels(labels).set(pending.exemplars)
    metrics.histogramsPending.labels(labels).set(pending.histograms)
    metrics.shardCapacity.labels(labels).set(queue.capacity)
    metrics.shards.labels(labels).set(endpoint.shards)
    metrics.shardsMax.labels(labels).set(queue.shardsMax)
    metrics.shardsMin.labels(labels).set(queue.shardsMin)
    metrics.shardsDesired.labels(labels).set(endpoint.shardsDesired)
    metrics.maxSamplesPerSend.labels(labels).set(queue.batchRows)
  }

  remove(): void {
    for (const metric of Object.values(this.#metrics)) {
      if (!('remove' in metric)) continue
      for (const reason of reasons) metric.remove({ ...this.labels, reason })
    }
  }

  #publishCounts(counts: QueueCounts): void {
    const { labels } = this
    const { sent, failed, retried } = counts
    const metrics = this.#metrics
    metrics.samples.labels(labels).set(sent.samples)
    metrics.exemplars.labels(labels).set(sent.exemplars)
    metrics.histograms.labels(labels).set(sent.histograms)
    metrics.metadata.labels(labels).set(sent.metadata)
    metrics.samplesFailed.labels(labels).set(failed.samples)
    metrics.exemplarsFailed.labels(labels).set(failed.exemplars)
    metrics.histogramsFailed.labels(labels).set(failed.histograms)
    metrics.metadataFailed.labels(labels).set(failed.metadata)
    metrics.samplesRetried.labels(labels).set(retried.samples)
    metrics.exemplarsRetried.labels(labels).set(retried.exemplars)
    metrics.histogramsRetried.labels(labels).set(retried.histograms)
    metrics.metadataRetried.labels(labels).set(retried.metadata)
    // What the bound drops is there from the start, so that alerts on it see it rise from 0.
    for (const reason of reasons) {
      const dropped = counts.dropped[reason]
      const all = { ...labels, reason }
      const isKnown = reason === 'memory_limit' || dropped.samples > 0
      if (isKnown) metrics.samplesDropped.labels(all).set(dropped.samples)
      if (dropped.exemplars > 0) metrics.exemplarsDropped.labels(all).set(dropped.exemplars)
      if (dropped.histograms > 0) metrics.histogramsDropped.labels(all).set(dropped.histograms)
    }
    metrics.enqueueRetries.labels(labels).set(counts.enqueueRetries)
    metrics.bytes.labels(labels).set(counts.bytes)
    metrics.metadataBytes.labels(labels).set(counts.metadataBytes)
    metrics.highestTimestamp.labels(labels).set(counts.highestTime / 1000)
    metrics.highestSentTimestamp.labels(labels).set(counts.highestSentTime / 1000)
  }
}
