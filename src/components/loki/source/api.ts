// loki.source.api: receives log entries over HTTP, as Loki does.

import { logsReceiver } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { base2Bytes, duration } from '../../../schema/texts.ts'
import { grpcServer, httpServer } from '../../common/net_server.ts'
import { relabelRules } from '../../common/relabel.ts'

const componentArguments = schema({
  http: defaultedBlock(httpServer, 'Receives over HTTP.', { pointer: true }),
  grpc: defaultedBlock(grpcServer, 'Receives over gRPC.', { pointer: true }),
  graceful_shutdown_timeout: optional(
    duration,
    '30s',
    'Time that requests under way have to end when the server stops.',
  ),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  labels: optional(map(string), {}, 'Labels to add to every entry.'),
  relabel_rules: optional(
    relabelRules,
    undefined,
    'Rules that rewrite the labels of entries, from a loki.relabel component.',
  ),
  use_incoming_timestamp: optional(
    bool,
    false,
    'Whether entries keep the time they bring; else they get the time of their arrival.',
  ),
  max_send_message_size: optional(base2Bytes, '100MiB', 'Most bytes of a request.'),
})

export const declaration = declare({
  name: 'loki.source.api',
  stability: 'generally-available',
  summary: 'Receives log entries over HTTP, as Loki does.',
  accepts: ['loki logs'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
