// How an endpoint of prometheus.remote_write batches what it sends.

import { bool, int } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

export const queueConfig = schema({
  capacity: optional(int, 10000, 'Samples that each shard holds in memory.'),
  max_shards: optional(int, 50, 'Most requests to the endpoint at a time.'),
  min_shards: optional(int, 1, 'Fewest requests to the endpoint at a time.'),
  max_samples_per_send: optional(int, 2000, 'Most samples of a request.'),
  batch_send_deadline: optional(duration, '5s', 'Longest time that a sample waits for others.'),
  min_backoff: optional(duration, '30ms', 'Wait before the first retry; doubles with each.'),
  max_backoff: optional(duration, '5s', 'Longest wait between retries.'),
  retry_on_http_429: optional(bool, true, 'Whether requests answered with 429 are sent again.'),
  sample_age_limit: optional(duration, '0s', 'Age at which samples are dropped unsent; 0s: never.'),
})

export const metadataConfig = schema({
  send: optional(bool, true, 'Whether metadata is sent.'),
  send_interval: optional(duration, '1m', 'Time from one sending of the metadata to the next.'),
  max_samples_per_send: optional(int, 2000, 'Most families of a request.'),
})
