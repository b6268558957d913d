// otelcol.processor.probabilistic_sampler: passes on a share of traces and log records.

import { sprintf } from '../../../go/printf.ts'
import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, float32, int, string, uint32 } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

/** The least share that 56 random bits can express. */
const leastShare = 2 ** -56

/** Hexadecimal digits of those bits. */
const mostDigits = 14

const componentArguments = schema(
  {
    sampling_percentage: optional(float32, 0, 'Share to pass on, in percent; 100 and more: all.'),
    hash_seed: optional(
      uint32,
      0,
      'Seed of the hash; 0: none. All collectors of one tier need the same.',
    ),
    mode: optional(
      string,
      '',
      'How to choose: proportional (or empty, unless hash_seed is set), equalizing or hash_seed.',
    ),
    fail_closed: optional(
      bool,
      true,
      'Whether items are dropped whose share cannot be worked out.',
    ),
    sampling_precision: optional(int, 4, 'Hexadecimal digits of the threshold, 1 to 14.'),
    attribute_source: optional(
      string,
      'traceID',
      'What is hashed of a log record: its traceID, or an attribute of the record.',
    ),
    from_attribute: optional(string, '', 'That attribute; only for log records.'),
    sampling_priority: optional(
      string,
      '',
      'Attribute of log records with a share of their own, in percent.',
    ),
    output: requiredBlock(consumer, 'Where the sampled data goes to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ sampling_percentage, attribute_source, sampling_precision }, fail) => {
      const problem = shareProblem(sampling_percentage)
      if (problem !== undefined) return fail(problem, 'sampling_percentage')
      if (!['', 'traceID', 'record'].includes(attribute_source)) {
        return fail(
          `invalid attribute source: ${attribute_source}. Expected: traceID or record`,
          'attribute_source',
        )
      }
      if (sampling_precision === 0) {
        fail(`invalid sampling precision: ${sampling_precision}`, 'sampling_precision')
      } else if (sampling_precision > mostDigits) {
        fail(
          `sampling precision is too great, should be <= ${mostDigits}: ${sampling_precision}`,
          'sampling_precision',
        )
      }
    },
  },
)

function shareProblem(percentage: number): string | undefined {
  if (!Number.isFinite(percentage)) return sprintf('sampling rate is invalid: %f%%', percentage)
  const share = percentage / 100
  if (share < 0) return sprintf('sampling rate is negative: %f%%', percentage)
  if (share > 0 && share < leastShare)
    return sprintf('sampling rate is too small: %g%%', percentage)
}

export const declaration = declare({
  name: 'otelcol.processor.probabilistic_sampler',
  stability: 'generally-available',
  summary: 'Passes on a random share of the traces and log records.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the traces and log records to sample.') },
  metrics: {},
})
