// loki.write: sends log entries to endpoints that speak Loki's push protocol.

import { quote } from '../../go/quote.ts'
import { urlProblem } from '../../go/url.ts'
import { logsReceiver } from '../../model/capsules.ts'
import { map } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { blocks, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { base2Bytes, duration } from '../../schema/texts.ts'
import { headers, urlString } from '../../schema/veiled.ts'
import { amendHttpClient, httpClientFields, httpClientHooks } from '../common/http_client.ts'

const queueConfig = schema({
  capacity: optional(
    base2Bytes,
    '10MiB',
    'Size of the entries that wait before more are refused or dropped.',
  ),
  min_shards: optional(int, 1, 'Shards that send side by side.'),
  drain_timeout: optional(duration, '15s', 'Time to send what waits when the component stops.'),
  block_on_overflow: optional(
    bool,
    true,
    'Whether the sender waits when the queue is full; else entries are dropped.',
  ),
})

const endpoint = schema(
  {
    name: optional(string, '', 'Name in metrics; empty: made from the URL.'),
    url: required(urlString, 'Where entries are sent to.'),
    batch_wait: optional(duration, '1s', 'Longest time that a batch waits for more entries.'),
    batch_size: optional(base2Bytes, '1MiB', 'Size at which a batch is sent.'),
    remote_timeout: optional(duration, '10s', 'Time after which a request has failed.'),
    headers: optional(headers, {}, 'Headers to send with every request.'),
    min_backoff_period: optional(
      duration,
      '500ms',
      'Time before a failed batch is sent again for the first time.',
    ),
    max_backoff_period: optional(duration, '5m0s', 'Longest time between two tries.'),
    max_backoff_retries: optional(int, 10, 'Tries before a batch is dropped; 0: no end.'),
    tenant_id: optional(string, '', 'Tenant to send as.'),
    retry_on_http_429: optional(bool, true, 'Whether batches are sent again after a 429.'),
    ...httpClientFields,
    queue_config: defaultedBlock(queueConfig, 'How many entries wait, and who sends them.', {
      stability: 'experimental',
    }),
  },
  {
    check: (args, fail) => {
      const problem = urlProblem(args.url)
      if (problem !== undefined) {
        return fail(`failed to parse remote url ${quote(args.url)}: ${problem}`, 'url')
      }
      httpClientHooks.check(args, fail)
    },
    amend: amendHttpClient,
  },
)

const wal = schema(
  {
    enabled: optional(bool, false, 'Whether entries are written to a log on disk first.'),
    max_segment_age: optional(duration, '1h0m0s', 'Age at which segments of the log are removed.'),
    min_read_frequency: optional(duration, '250ms', 'Shortest time between two reads of the log.'),
    max_read_frequency: optional(duration, '1s', 'Longest time between two reads of the log.'),
    drain_timeout: optional(
      duration,
      '15s',
      'Time to send what is in the log when the component stops.',
    ),
  },
  {
    check: ({ min_read_frequency, max_read_frequency }, fail) => {
      if (min_read_frequency < max_read_frequency) return
      fail('WAL min read frequency should be lower than max read frequency', 'min_read_frequency')
    },
  },
)

const componentArguments = schema({
  endpoint: blocks(endpoint, 'Where entries are sent to.'),
  external_labels: optional(map(string), {}, 'Labels to add to every entry that is sent.'),
  max_streams: optional(int, 0, 'Most active streams; 0: no bound.'),
  wal: defaultedBlock(wal, 'Log on disk in front of the endpoints.', {
    stability: 'experimental',
    absent: {
      drain_timeout: '0s',
      max_read_frequency: '0s',
      max_segment_age: '0s',
      min_read_frequency: '0s',
    },
  }),
})

export const declaration = declare({
  name: 'loki.write',
  stability: 'generally-available',
  summary: "Sends log entries to endpoints that speak Loki's push protocol.",
  accepts: [],
  emits: ['loki logs'],
  arguments: componentArguments,
  exports: { receiver: exported(logsReceiver, 'Receiver of the entries to send.') },
  metrics: {},
})
