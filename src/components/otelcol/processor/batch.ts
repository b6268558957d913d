// otelcol.processor.batch: gathers spans, metrics and log records into batches.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string, uint32 } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const componentArguments = schema(
  {
    timeout: optional(duration, '200ms', 'Time after which a batch is sent, full or not.'),
    send_batch_size: optional(
      uint32,
      2000,
      'Spans, data points or log records at which a batch is sent; 0: each payload at once.',
    ),
    send_batch_max_size: optional(uint32, 3000, 'Items at which a batch is split; 0: never.'),
    metadata_keys: optional(
      list(string),
      [],
      'Keys of request metadata; each combination of their values has its own batches.',
    ),
    metadata_cardinality_limit: optional(
      uint32,
      1000,
      'Combinations of metadata values to keep apart; data beyond it is refused.',
    ),
    output: requiredBlock(consumer, 'Where the batches go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ send_batch_size, send_batch_max_size }, fail) => {
      if (send_batch_max_size > 0 && send_batch_max_size < send_batch_size) {
        fail(
          'send_batch_max_size must be greater or equal to send_batch_size when not 0',
          'send_batch_max_size',
        )
      }
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.batch',
  stability: 'generally-available',
  summary: 'Gathers spans, metrics and log records into batches.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery:
    'Senders hear of success before a batch is sent; what the next component refuses is lost.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to batch.') },
  metrics: {},
})
