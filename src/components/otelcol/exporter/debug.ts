// otelcol.exporter.debug: writes out telemetry, to see what a pipeline carries.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../../schema/schema.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const componentArguments = schema({
  verbosity: optional(string, 'basic', 'How much is written: basic, normal or detailed.'),
  sampling_initial: optional(int, 2, 'Messages written per second before sampling begins.'),
  sampling_thereafter: optional(int, 1, 'Once it has begun, one in so many messages is written.'),
  use_internal_logger: optional(
    bool,
    true,
    'Whether messages go to the log of the process rather than to output_paths.',
  ),
  output_paths: optional(list(string), [], 'Files, stdout or stderr; stdout if empty.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
})

export const declaration = declare({
  name: 'otelcol.exporter.debug',
  stability: 'experimental',
  summary: 'Writes out telemetry, to see what a pipeline carries.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Owns what it has written.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
