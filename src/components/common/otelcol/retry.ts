// What is sent again when it failed for now: by exporters, and by receivers to what comes next.
// Source of the behaviour: alloy/internal/component/otelcol/config_retry.go,
// alloy/internal/component/otelcol/config_consumer_retry.go.

import { bool, float } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

export const consumerRetry = schema({
  enabled: optional(bool, false, 'Whether data that the next component refuses is offered again.'),
  initial_interval: optional(duration, '1s', 'How long to wait before the second attempt.'),
  max_interval: optional(duration, '30s', 'Longest wait between two attempts.'),
  max_elapsed_time: optional(
    duration,
    '5m0s',
    'When to give up, counted from the first attempt; 0s never does.',
  ),
})

export const retry = schema(
  {
    enabled: optional(bool, true, 'Whether a request that failed for now is sent again.'),
    initial_interval: optional(duration, '5s', 'How long to wait before the second attempt.'),
    randomization_factor: optional(
      float,
      0.5,
      'By which part of itself a wait is made longer or shorter, at random; 0 to 1.',
    ),
    multiplier: optional(float, 1.5, 'By what each wait is longer than the one before; above 1.'),
    max_interval: optional(duration, '30s', 'Longest wait between two attempts.'),
    max_elapsed_time: optional(
      duration,
      '5m0s',
      'When to give up and drop, counted from the first attempt; 0s never does.',
    ),
  },
  {
    // Asked even where `enabled` is false, as in the original.
    check: ({ multiplier }, fail) => {
      if (multiplier <= 1) fail('multiplier must be greater than 1.0', 'multiplier')
    },
  },
)
