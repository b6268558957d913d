// otelcol.extension.jaeger_remote_sampling: serves sampling strategies to Jaeger clients.

import { authHandler } from '../../../model/capsules.ts'
import { list, nullable } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string, uint32 } from '../../../schema/scalars.ts'
import {
  block,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { base2Bytes, duration } from '../../../schema/texts.ts'
import { grpcClientFields } from '../../common/otelcol/client.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { cors, keepaliveServer } from '../../common/otelcol/server.ts'
import { tlsServer } from '../../common/otelcol/tls.ts'

const grpc = schema({
  endpoint: optional(string, '0.0.0.0:14250', 'Address to listen on.'),
  transport: optional(string, 'tcp', 'Kind of socket: tcp or unix.'),
  tls: block(tlsServer, 'TLS settings of the server.'),
  max_recv_msg_size: optional(base2Bytes, '0B', 'Longest message to accept; 4MiB if 0B.'),
  max_concurrent_streams: optional(
    uint32,
    0,
    'Calls that one connection may have under way; 0 has no limit.',
  ),
  read_buffer_size: optional(base2Bytes, '0B', 'Read buffer of a connection; 512KiB if 0B.'),
  write_buffer_size: optional(base2Bytes, '0B', 'Write buffer of a connection; 32KiB if 0B.'),
  keepalive: block(keepaliveServer, 'How long connections live, and which pings they may send.'),
  auth: optional(authHandler, undefined, 'Who may call: the handler of an otelcol.auth component.'),
  include_metadata: optional(bool, false, 'Whether headers of requests are passed on as metadata.'),
})

const http = schema({
  endpoint: optional(string, '0.0.0.0:5778', 'Address to listen on.'),
  tls: block(tlsServer, 'TLS settings of the server.'),
  cors: block(cors, 'Which web pages may call.'),
  auth: optional(authHandler, undefined, 'Who may call: the handler of an otelcol.auth component.'),
  max_request_body_size: optional(base2Bytes, '0B', 'Longest body to accept; 20MiB if 0B.'),
  include_metadata: optional(bool, false, 'Whether headers of requests are passed on as metadata.'),
  compression_algorithms: optional(
    list(string),
    ['', 'gzip', 'zstd', 'zlib', 'snappy', 'deflate', 'lz4'],
    'Content encodings to accept; the empty name is none.',
  ),
  keep_alives_enabled: optional(
    nullable(bool),
    undefined,
    'Whether connections serve several requests; true if not set.',
  ),
  idle_timeout: optional(duration, '1m0s', 'How long an idle connection is kept.'),
  read_timeout: optional(duration, '0s', 'How long a request may take to arrive; 0s has no limit.'),
  write_timeout: optional(duration, '30s', 'How long an answer may take; 0s has no limit.'),
  read_header_timeout: optional(
    duration,
    '1m0s',
    'How long the headers of a request may take to arrive.',
  ),
})

const remote = schema({
  endpoint: required(string, 'Address of the server, with its port.'),
  ...grpcClientFields,
})

const source = schema(
  {
    content: optional(string, '', 'Strategies as JSON text.'),
    remote: block(remote, 'A gRPC server that knows the strategies.'),
    file: optional(string, '', 'File with the strategies as JSON.'),
    reload_interval: optional(
      duration,
      '0s',
      'How often file or remote is asked again; 0s asks once.',
    ),
  },
  {
    check: ({ content, remote, file }, fail) => {
      const sources = [content !== '', remote !== undefined, file !== ''].filter(Boolean)
      if (sources.length === 0) fail('one of contents, file or remote must be configured')
      if (sources.length > 1) fail('only one of contents, file or remote can be configured')
    },
  },
)

const componentArguments = schema(
  {
    grpc: block(grpc, 'Serves strategies over gRPC.'),
    http: block(http, 'Serves strategies over HTTP.'),
    source: requiredBlock(source, 'Where the strategies come from.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: ({ grpc, http }, fail) => {
      if (grpc === undefined && http === undefined) {
        fail('http or grpc must be configured to serve the sampling document')
      }
    },
  },
)

export const declaration = declare({
  name: 'otelcol.extension.jaeger_remote_sampling',
  stability: 'generally-available',
  summary: 'Serves sampling strategies to Jaeger clients.',
  accepts: [],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
