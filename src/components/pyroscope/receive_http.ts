// pyroscope.receive_http: receives profiles over HTTP, as Pyroscope does.

import { profilesReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { declare } from '../../schema/declaration.ts'
import { int, string } from '../../schema/scalars.ts'
import { block, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { grpcServer, http2Server, serverTls } from '../common/net_server.ts'

const httpServer = schema(
  {
    listen_address: optional(string, '', 'Address to listen on; empty: all.'),
    listen_port: optional(int, 8080, 'Port to listen on.'),
    conn_limit: optional(int, 16_384, 'Most connections at once; 0: no bound.'),
    server_read_timeout: optional(duration, '30s', 'Time to read a request.'),
    server_write_timeout: optional(duration, '30s', 'Time to write an answer.'),
    server_idle_timeout: optional(
      duration,
      '2m0s',
      'Time after which an idle connection is closed.',
    ),
    tls: block(serverTls, 'TLS of the server.'),
    http2: defaultedBlock(http2Server, 'HTTP/2 of the server.', { pointer: true }),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema({
  http: defaultedBlock(httpServer, 'Receives over HTTP.', { pointer: true }),
  grpc: defaultedBlock(grpcServer, 'Receives over gRPC.', { pointer: true }),
  graceful_shutdown_timeout: optional(
    duration,
    '30s',
    'Time that requests under way have to end when the server stops.',
  ),
  forward_to: required(list(profilesReceiver), 'Receivers of the profiles.'),
  debug_info_upload_timeout: optional(
    duration,
    '2m0s',
    'Time that passing on debug information may take.',
  ),
})

export const declaration = declare({
  name: 'pyroscope.receive_http',
  stability: 'generally-available',
  summary: 'Receives profiles over HTTP, as Pyroscope does.',
  accepts: ['pyroscope profiles'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
