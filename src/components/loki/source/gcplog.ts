// loki.source.gcplog: reads log entries of Google Cloud from Pub/Sub.

import { logsReceiver } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { base2Bytes, duration } from '../../../schema/texts.ts'
import { grpcServer, httpServer } from '../../common/net_server.ts'
import { relabelRules } from '../../common/relabel.ts'

const limit = schema({
  max_outstanding_bytes: optional(base2Bytes, '1GiB', 'Most bytes that are under way at once.'),
  max_outstanding_messages: optional(int, 1000, 'Most messages that are under way at once.'),
})

const pull = schema({
  project_id: required(string, 'Project of the subscription.'),
  subscription: required(string, 'Pub/Sub subscription to read.'),
  labels: optional(map(string), {}, 'Labels to add to every entry.'),
  use_incoming_timestamp: optional(
    bool,
    false,
    'Whether entries keep the time they bring; else they get the time of their arrival.',
  ),
  use_full_line: optional(
    bool,
    false,
    'Whether the whole message becomes the line, not its text alone.',
  ),
  limit: defaultedBlock(limit, 'Bounds of what is under way.'),
})

const push = schema(
  {
    http: defaultedBlock(httpServer, 'Receives over HTTP.', { pointer: true }),
    grpc: defaultedBlock(grpcServer, 'Receives over gRPC.', { pointer: true }),
    graceful_shutdown_timeout: optional(
      duration,
      '30s',
      'Time that requests under way have to end when the server stops.',
    ),
    push_timeout: optional(duration, '0s', 'Time that a request may take; 0s: no bound.'),
    labels: optional(map(string), {}, 'Labels to add to every entry.'),
    use_incoming_timestamp: optional(
      bool,
      false,
      'Whether entries keep the time they bring; else they get the time of their arrival.',
    ),
    use_full_line: optional(
      bool,
      false,
      'Whether the whole message becomes the line, not its text alone.',
    ),
  },
  {
    check: ({ push_timeout }, fail) => {
      if (push_timeout < 0) fail('push_timeout must be greater than zero', 'push_timeout')
    },
  },
)

const componentArguments = schema(
  {
    pull: block(pull, 'Reads from a Pub/Sub subscription.'),
    push: block(push, 'Receives what Pub/Sub pushes.'),
    forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
    relabel_rules: optional(
      relabelRules,
      undefined,
      'Rules that rewrite the labels of entries, from a loki.relabel component.',
    ),
  },
  {
    check: ({ pull, push }, fail) => {
      if ((pull === undefined) !== (push === undefined)) return
      fail("exactly one of 'push' or 'pull' must be provided")
    },
  },
)

export const declaration = declare({
  name: 'loki.source.gcplog',
  stability: 'generally-available',
  summary: 'Reads log entries of Google Cloud from Pub/Sub.',
  accepts: ['loki logs'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
