// otelcol.receiver.awscloudwatch: fetches logs from Amazon CloudWatch.

import { parseRequestUri } from '../../../go/url.ts'
import { extensionHandler } from '../../../model/capsules.ts'
import { list, nullable } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { int, string } from '../../../schema/scalars.ts'
import {
  block,
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const streamFields = {
  prefixes: optional(list(string), [], 'Beginnings of the names of streams to read.'),
  names: optional(list(string), [], 'Names of streams to read.'),
}

const streams = schema(streamFields)

const autodiscover = schema({
  prefix: optional(string, '', 'Beginning of the names of groups to read; empty: all groups.'),
  limit: optional(nullable(int), 50, 'Bound of the groups that are read.'),
  streams: defaultedBlock(streams, 'Which streams of the groups are read; none: all.'),
})

const named = schema({
  group_name: required(string, 'Name of the group.'),
  ...streamFields,
})

const groups = schema({
  autodiscover: block(autodiscover, 'Reads the groups that are found by their names.'),
  named: blocks(named, 'Reads this group.'),
})

const logs = schema({
  poll_interval: optional(duration, '1m', 'Time from one fetch to the next.'),
  max_events_per_request: optional(int, 1000, 'Bound of the events of an answer.'),
  groups: defaultedBlock(groups, 'Which log groups are read; none said: all.'),
  start_from: optional(
    string,
    '',
    'Time, as in RFC 3339, from which events are fetched first; empty: now.',
  ),
  initial_lookback: optional(duration, '0s', 'How far back from now events are fetched first.'),
})

const awscloudwatchArguments = schema(
  {
    region: required(string, 'AWS region to read from.'),
    profile: optional(string, '', 'Profile of the shared configuration of AWS to use.'),
    imds_endpoint: optional(
      string,
      '',
      'URL of the instance metadata service; empty: that of the instance.',
    ),
    logs: defaultedBlock(logs, 'Which logs are read, and how often.'),
    storage: optional(
      extensionHandler,
      undefined,
      'Handler, of an otelcol.storage component, that keeps positions across restarts.',
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was fetched is sent.'),
  },
  {
    check: ({ imds_endpoint }, fail) => {
      if (imds_endpoint === '') return
      try {
        parseRequestUri(imds_endpoint)
      } catch (error) {
        const message = `unable to parse URI for imds_endpoint: ${(error as Error).message}`
        fail(message, 'imds_endpoint')
      }
    },
  },
)

export const declaration = declare({
  name: 'otelcol.receiver.awscloudwatch',
  stability: 'experimental',
  summary: 'Fetches logs from Amazon CloudWatch.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  requires: 'Credentials of AWS that may describe log groups and read their events.',
  arguments: awscloudwatchArguments,
  exports: {},
  metrics: {},
})
