// otelcol.receiver.file_stats: measures the size and the times of files.

import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import {
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration, patternProblem } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const metricOn = schema(
  { enabled: optional(bool, true, 'Whether it is reported.') },
  { defaultsFrom: 'parent' },
)
const metricOff = schema({ enabled: optional(bool, false, 'Whether it is reported.') })

const metrics = schema({
  'file.atime': defaultedBlock(metricOff, 'When the file was last read, in seconds since 1970.'),
  'file.count': defaultedBlock(metricOff, 'How many files the pattern matches.'),
  'file.ctime': defaultedBlock(metricOff, 'When its content or mode last changed.'),
  'file.mtime': defaultedBlock(metricOn, 'When its content last changed.'),
  'file.size': defaultedBlock(metricOn, 'Size of the file in bytes.'),
})

const filter = schema(
  {
    strict: optional(string, '', 'Value that matches.'),
    regexp: optional(string, '', 'Regular expression that matches.'),
  },
  {
    check: ({ regexp }, fail) => {
      const problem = patternProblem(regexp)
      if (problem !== undefined) fail(`parsing regexp: ${problem}`, 'regexp')
    },
  },
)

const filterFields = {
  metrics_include: blocks(filter, 'Values with which metrics are sent; none: all.'),
  metrics_exclude: blocks(filter, 'Values with which metrics are not sent.'),
}

const attributeOn = schema(
  { enabled: optional(bool, true, 'Whether the attribute is set.'), ...filterFields },
  { defaultsFrom: 'parent' },
)
const attributeOff = schema({
  enabled: optional(bool, false, 'Whether the attribute is set.'),
  ...filterFields,
})

const resourceAttributes = schema({
  'file.name': defaultedBlock(attributeOn, 'Name of the file, without its folders.'),
  'file.path': defaultedBlock(attributeOff, 'Path of the file.'),
})

const fileStatsArguments = schema(
  {
    include: required(string, 'Pattern of the files to measure; `**` goes down folders.'),
    collection_interval: optional(duration, '1m', 'Time from one measurement to the next.'),
    initial_delay: optional(duration, '1s', 'Time before the first measurement.'),
    timeout: optional(duration, '0s', 'Time after which a measurement has failed; 0s: none.'),
    metrics: defaultedBlock(metrics, 'Which metrics are reported.'),
    resource_attributes: defaultedBlock(
      resourceAttributes,
      'Which attributes the resource of the metrics has.',
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was measured is sent.'),
  },
  {
    check: ({ include }, fail) => {
      if (include === '') fail('include must not be empty', 'include')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.receiver.file_stats',
  stability: 'generally-available',
  summary: 'Measures the size and the times of files.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  requires: 'Permission to enter the folders of the files.',
  arguments: fileStatsArguments,
  exports: {},
  metrics: {},
})
