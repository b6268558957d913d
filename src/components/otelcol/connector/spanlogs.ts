// otelcol.connector.spanlogs: makes log records of spans.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'

const overrides = schema(
  {
    logs_instance_tag: optional(
      string,
      'traces',
      'Attribute of log records that says what was logged: span, root, process or event.',
    ),
    service_key: optional(string, 'svc', 'Key of the name of the service.'),
    span_name_key: optional(string, 'span', 'Key of the name of the span.'),
    status_key: optional(string, 'status', 'Key of the status of the span.'),
    duration_key: optional(string, 'dur', 'Key of the duration of the span.'),
    trace_id_key: optional(string, 'tid', 'Key of the trace id.'),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema({
  spans: optional(bool, false, 'Whether each span is logged.'),
  roots: optional(bool, false, 'Whether each root span is logged.'),
  processes: optional(bool, false, 'Whether the first span of each process in a trace is logged.'),
  events: optional(bool, false, 'Whether each span event is logged.'),
  span_attributes: optional(list(string), [], 'Attributes of spans to add to the line.'),
  process_attributes: optional(list(string), [], 'Attributes of resources to add to the line.'),
  event_attributes: optional(list(string), [], 'Attributes of span events to add to the line.'),
  overrides: defaultedBlock(overrides, 'Keys to use in the line.'),
  labels: optional(list(string), [], 'Keys of the line that become labels in Loki too.'),
  output: requiredBlock(consumer, 'Where the log records go to.'),
})

export const declaration = declare({
  name: 'otelcol.connector.spanlogs',
  stability: 'generally-available',
  summary: 'Makes log records of spans, root spans, processes and span events.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the spans to log.') },
  metrics: {},
})
