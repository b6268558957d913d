// The metrics of prometheus.remote_write. Of those of its log, only what one in memory has too.

import { counter, gauge, histogram } from '../../schema/declaration.ts'

const perQueue = ['remote_name', 'url'] as const
const perReason = ['remote_name', 'url', 'reason'] as const
const durations = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60, 120, 300]

const log = <N extends string>(name: N) => `prometheus_remote_write_wal_${name}` as const
const storage = <N extends string>(name: N) => `prometheus_remote_storage_${name}` as const

export const metrics = {
  samples: counter(storage('samples_total'), 'Samples sent, each attempt counted.', perQueue),
  exemplars: counter(storage('exemplars_total'), 'Exemplars sent, each attempt counted.', perQueue),
  histograms: counter(
    storage('histograms_total'),
    'Histograms sent, each attempt counted.',
    perQueue,
  ),
  metadata: counter(
    storage('metadata_total'),
    'Metadata entries sent, each attempt counted.',
    perQueue,
  ),
  samplesFailed: counter(
    storage('samples_failed_total'),
    'Samples given up on after a refusal that no retry can change.',
    perQueue,
  ),
  exemplarsFailed: counter(
    storage('exemplars_failed_total'),
    'Exemplars given up on after a refusal that no retry can change.',
    perQueue,
  ),
  histogramsFailed: counter(
    storage('histograms_failed_total'),
    'Histograms given up on after a refusal that no retry can change.',
    perQueue,
  ),
  metadataFailed: counter(
    storage('metadata_failed_total'),
    'Metadata entries given up on after a refusal that no retry can change.',
    perQueue,
  ),
  samplesRetried: counter(storage('samples_retried_total'), 'Samples sent again.', perQueue),
  exemplarsRetried: counter(storage('exemplars_retried_total'), 'Exemplars sent again.', perQueue),
  histogramsRetried: counter(
    storage('histograms_retried_total'),
    'Histograms sent again.',
    perQueue,
  ),
  metadataRetried: counter(
    storage('metadata_retried_total'),
    'Metadata entries sent again.',
    perQueue,
  ),
  samplesDropped: counter(
    storage('samples_dropped_total'),
    'Samples dropped before they were sent, by reason.',
    perReason,
  ),
  exemplarsDropped: counter(
    storage('exemplars_dropped_total'),
    'Exemplars dropped before they were sent, by reason.',
    perReason,
  ),
  histogramsDropped: counter(
    storage('histograms_dropped_total'),
    'Histograms dropped before they were sent, by reason.',
    perReason,
  ),
  enqueueRetries: counter(
    storage('enqueue_retries_total'),
    'Times that a full shard made the reader wait.',
    perQueue,
  ),
  bytes: counter(storage('bytes_total'), 'Bytes of compressed requests sent.', perQueue),
  metadataBytes: counter(
    storage('metadata_bytes_total'),
    'Bytes of compressed metadata requests sent.',
    perQueue,
  ),
  sentBatchDuration: histogram(
    storage('sent_batch_duration_seconds'),
    'Seconds that a request took, its answer included.',
    perQueue,
    durations,
  ),
  highestTimestamp: gauge(
    storage('queue_highest_timestamp_seconds'),
    'Newest timestamp that was queued, in Unix seconds.',
    perQueue,
  ),
  highestSentTimestamp: gauge(
    storage('queue_highest_sent_timestamp_seconds'),
    'Newest timestamp that was sent, in Unix seconds.',
    perQueue,
  ),
  samplesPending: gauge(storage('samples_pending'), 'Samples in the shards.', perQueue),
  exemplarsPending: gauge(storage('exemplars_pending'), 'Exemplars in the shards.', perQueue),
  histogramsPending: gauge(storage('histograms_pending'), 'Histograms in the shards.', perQueue),
  shardCapacity: gauge(storage('shard_capacity'), 'Samples that a shard holds.', perQueue),
  shards: gauge(storage('shards'), 'Shards that run.', perQueue),
  shardsMax: gauge(storage('shards_max'), 'Most shards that may run.', perQueue),
  shardsMin: gauge(storage('shards_min'), 'Fewest shards that may run.', perQueue),
  shardsDesired: gauge(
    storage('shards_desired'),
    'Shards that would keep up with what comes in.',
    perQueue,
  ),
  maxSamplesPerSend: gauge(storage('max_samples_per_send'), 'Most samples of a request.', perQueue),
  activeSeries: gauge(
    log('storage_active_series'),
    'Series that the log has rows of, or had lately.',
  ),
  samplesAppended: counter(
    log('samples_appended_total'),
    'Samples and histograms appended to the log.',
  ),
  exemplarsAppended: counter(log('exemplars_appended_total'), 'Exemplars appended to the log.'),
  rowsMemory: gauge('alloyts_remote_write_rows_bytes', 'Memory of samples that are to be sent.'),
  labelsMemory: gauge(
    'alloyts_remote_write_label_sets_bytes',
    'Memory of label sets that only samples to be sent keep, and have kept for half a minute.',
  ),
  memoryLimit: gauge(
    'alloyts_remote_write_memory_limit_bytes',
    'Bound of the two together, at which the oldest samples are dropped.',
  ),
  highestTimestampIn: gauge(
    storage('highest_timestamp_in_seconds'),
    'Newest timestamp that came in, in Unix seconds.',
  ),
}
