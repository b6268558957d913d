// otelcol.processor.memory_limiter: refuses data while the process uses too much memory.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { uint32 } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { base2Bytes, duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const componentArguments = schema(
  {
    check_interval: required(duration, 'Time from one look at the memory to the next.'),
    limit: optional(base2Bytes, '0B', 'Memory that the process may use; 0: see limit_percentage.'),
    spike_limit: optional(
      base2Bytes,
      '0B',
      'How far below the limit data is refused already; 0: a fifth of the limit.',
    ),
    limit_percentage: optional(uint32, 0, 'The limit as a part of all memory, in percent.'),
    spike_limit_percentage: optional(uint32, 0, 'The same for spike_limit, in percent.'),
    output: requiredBlock(consumer, 'Where the data goes to that is not refused.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: (args, fail) => {
      const { check_interval, limit, limit_percentage, spike_limit_percentage } = args
      if (check_interval <= 0) {
        return fail('check_interval must be greater than zero', 'check_interval')
      }
      if (limit > 0 && limit_percentage > 0) {
        return fail(
          'either limit or limit_percentage must be set, but not both',
          'limit_percentage',
        )
      }
      if (limit > 0) {
        if (args.spike_limit >= limit) fail('spike_limit must be less than limit', 'spike_limit')
      } else if (limit_percentage > 0) {
        if (![limit_percentage, spike_limit_percentage].every(isPercentage)) {
          fail(
            'limit_percentage and spike_limit_percentage must be greater than 0 and ' +
              'and less than or equal to 100',
            'limit_percentage',
          )
        }
      } else {
        fail('either limit or limit_percentage must be set to greater than zero')
      }
    },
    amend: ({ limit, spike_limit }) => {
      return limit > 0 && spike_limit === 0
        ? { spike_limit: base2Bytes.encode(Math.trunc(limit / 5)) }
        : {}
    },
  },
)

const isPercentage = (value: number): boolean => value > 0 && value <= 100

export const declaration = declare({
  name: 'otelcol.processor.memory_limiter',
  stability: 'generally-available',
  summary: 'Refuses data while the process uses too much memory.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Senders hear of what is refused and may try again.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to pass on or to refuse.') },
  metrics: {},
})
