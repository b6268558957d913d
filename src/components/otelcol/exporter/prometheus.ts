// otelcol.exporter.prometheus: converts OpenTelemetry metrics to samples of Prometheus.

import { metricsReceiver, otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema(
  {
    include_target_info: optional(
      bool,
      true,
      'Whether every resource gets a series target_info with its attributes.',
    ),
    include_scope_info: optional(
      bool,
      false,
      'Whether every instrumentation scope gets a series otel_scope_info.',
    ),
    include_scope_labels: optional(
      bool,
      true,
      'Meant to label samples with their instrumentation scope; has no effect.',
    ),
    gc_frequency: optional(
      duration,
      '5m0s',
      'How long a series may get no sample before it is forgotten.',
    ),
    forward_to: required(list(metricsReceiver), 'Receivers of the samples.'),
    add_metric_suffixes: optional(
      bool,
      true,
      'Whether names get suffixes for unit and type, such as _seconds and _total.',
    ),
    resource_to_telemetry_conversion: optional(
      bool,
      false,
      'Whether all resource attributes become labels of every sample.',
    ),
    honor_metadata: optional(bool, false, 'Whether type, unit and help are passed on.', {
      stability: 'experimental',
    }),
    convert_classic_histograms_to_nhcb: optional(
      bool,
      false,
      'Whether histograms become native ones with custom buckets.',
      { stability: 'experimental' },
    ),
    keep_identifying_resource_attributes: optional(
      bool,
      false,
      'Whether target_info also has the attributes that job and instance are made of.',
    ),
    start_timestamp_zero_ingestion: optional(
      bool,
      false,
      'Whether a counter gets a zero at the time it started.',
      { stability: 'experimental' },
    ),
  },
  {
    check: ({ gc_frequency }, fail) => {
      if (gc_frequency <= 0) fail('gc_frequency must be greater than 0', 'gc_frequency')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.prometheus',
  stability: 'generally-available',
  summary: 'Converts OpenTelemetry metrics to samples of Prometheus.',
  accepts: ['prometheus metrics'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  delivery: 'Holds nothing: the answer of the receivers is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the metrics to convert.') },
  metrics: {},
})
