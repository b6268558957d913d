// The queue of exporters between those who hand over data and the requests that carry it.
// Source of the behaviour: alloy/internal/component/otelcol/config_queue.go.

import { extensionHandler } from '../../../model/capsules.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { block, optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

/** What a declaration says of its delivery where it has this queue. */
export const queueDelivery =
  'What waits in memory is lost with the process; with a storage it is sent after the restart.'

const batch = schema(
  {
    flush_timeout: optional(duration, '200ms', 'How long a batch waits to reach min_size.'),
    min_size: optional(int, 2000, 'From which size a batch is sent at once.'),
    max_size: optional(int, 3000, 'Size above which a batch is split; 0 never splits.'),
    sizer: optional(string, 'items', 'What the sizes count: items or bytes.'),
  },
  {
    check: ({ flush_timeout, min_size, max_size, sizer }, fail) => {
      if (sizer !== 'items' && sizer !== 'bytes') {
        return fail('`batch` supports only `items` or `bytes` sizer', 'sizer')
      }
      if (flush_timeout <= 0) return fail('`flush_timeout` must be positive', 'flush_timeout')
      if (min_size < 0) return fail('`min_size` must be non-negative', 'min_size')
      if (max_size < 0) return fail('`max_size` must be non-negative', 'max_size')
      if (max_size > 0 && max_size < min_size) {
        fail('`max_size` must be greater or equal to `min_size`', 'max_size')
      }
    },
  },
)

const queueSizers: ReadonlySet<string> = new Set(['requests', 'items', 'bytes'])

export const queue = schema(
  {
    enabled: optional(bool, true, 'Whether data waits in a queue; else whoever sends it waits.'),
    num_consumers: optional(int, 10, 'How many requests are under way at the same time.'),
    queue_size: optional(int, 1000, 'How much may wait or be under way, as sizer counts.'),
    block_on_overflow: optional(
      bool,
      false,
      'Whether senders wait while the queue is full; else they are refused.',
    ),
    sizer: optional(string, 'requests', 'What queue_size counts: requests, items or bytes.'),
    wait_for_result: optional(bool, false, 'Whether senders wait until their data is delivered.'),
    batch: block(batch, 'Joins what waits to batches; without it each piece is sent as it came.'),
    storage: optional(
      extensionHandler,
      undefined,
      'Where the queue is kept, such as otelcol.storage.file; in memory if not set.',
    ),
  },
  {
    check: ({ enabled, queue_size, sizer, wait_for_result, batch, storage }, fail) => {
      if (!enabled) return
      if (!queueSizers.has(sizer)) return fail(`invalid sizer: ${sizer}`, 'sizer')
      if (queue_size <= 0) return fail('queue_size must be greater than zero', 'queue_size')
      if (storage !== undefined && wait_for_result) {
        return fail('`wait_for_result` is not supported with a `storage`', 'wait_for_result')
      }
      // Sizes of different units cannot be compared.
      if (batch?.sizer === sizer && batch.min_size > queue_size) {
        fail('`min_size` must be less than or equal to `queue_size`', 'queue_size')
      }
    },
  },
)
