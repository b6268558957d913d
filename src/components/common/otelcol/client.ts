// Clients of exporters: gRPC and HTTP.
// Source of the behaviour: alloy/internal/component/otelcol/config_grpc.go,
// alloy/internal/component/otelcol/config_http.go.

import { authHandler } from '../../../model/capsules.ts'
import { map } from '../../../schema/composites.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import {
  block,
  defaultedBlock,
  emptyNotNil,
  optional,
  required,
  schema,
} from '../../../schema/schema.ts'
import { base2Bytes, duration } from '../../../schema/texts.ts'
import { compressionType } from './compression.ts'
import { tlsClient } from './tls.ts'

export const compressionParams = schema({
  level: required(int, 'How hard to compress, as the format counts; 0 is its default.'),
})

const cookies = schema({
  enabled: optional(bool, false, 'Whether cookies that the server sets are sent back to it.'),
})

export const keepaliveClient = schema({
  ping_wait: optional(
    duration,
    '0s',
    'How long a connection may be silent before it is pinged; 0s never pings.',
  ),
  ping_response_timeout: optional(
    duration,
    '0s',
    'How long to wait for the answer before the connection is closed; 20s if 0s.',
  ),
  ping_without_stream: optional(
    bool,
    false,
    'Whether a connection is pinged while no call is under way.',
  ),
})

const auth = optional(
  authHandler,
  undefined,
  'How to log in: the handler of an otelcol.auth component.',
)

/** All of a gRPC client but its endpoint, which load balancing finds by itself. */
export const grpcClientFields = {
  compression: optional(compressionType, 'gzip', 'How messages are compressed.'),
  tls: defaultedBlock(tlsClient, 'TLS settings of the connections.'),
  keepalive: block(keepaliveClient, 'Pings connections; without it they never are.'),
  read_buffer_size: optional(base2Bytes, '0B', 'Read buffer of a connection; 32KiB if 0B.'),
  write_buffer_size: optional(base2Bytes, '512KiB', 'Write buffer of a connection; 32KiB if 0B.'),
  wait_for_ready: optional(bool, false, 'Whether calls wait for a connection rather than fail.'),
  headers: emptyNotNil(optional(map(string), {}, 'Headers to send with every call.')),
  balancer_name: optional(
    string,
    'round_robin',
    'How calls are spread over the addresses of a name: round_robin or pick_first.',
  ),
  authority: optional(string, '', 'Name of the server in calls; that of the endpoint if empty.'),
  auth,
}

/** All of an HTTP client but its endpoint. */
export function httpClientFields(pingTimeout: string) {
  return {
    proxy_url: optional(
      string,
      '',
      'Proxy to send requests through; that of HTTP_PROXY and its kin if empty.',
    ),
    compression: optional(compressionType, 'gzip', 'How bodies are compressed.'),
    compression_params: block(compressionParams, 'How hard bodies are compressed.'),
    tls: defaultedBlock(tlsClient, 'TLS settings of the connections.'),
    read_buffer_size: optional(base2Bytes, '0B', 'Read buffer of a connection; 4KiB if 0B.'),
    write_buffer_size: optional(base2Bytes, '512KiB', 'Write buffer of a connection; 4KiB if 0B.'),
    timeout: optional(duration, '30s', 'How long a request may take; 0s has no limit.'),
    headers: emptyNotNil(optional(map(string), {}, 'Headers to send with every request.')),
    max_idle_conns: optional(int, 100, 'Idle connections to keep; 0 has no limit.'),
    max_idle_conns_per_host: optional(int, 0, 'Idle connections to keep per host; 2 if 0.'),
    max_conns_per_host: optional(int, 0, 'Connections per host; 0 has no limit.'),
    idle_conn_timeout: optional(
      duration,
      '1m30s',
      'How long an idle connection is kept; 0s has no limit.',
    ),
    disable_keep_alives: optional(
      bool,
      false,
      'Whether every request gets a connection of its own.',
    ),
    http2_read_idle_timeout: optional(
      duration,
      '0s',
      'How long an HTTP/2 connection may be silent before it is pinged; 0s never pings.',
    ),
    http2_ping_timeout: optional(
      duration,
      pingTimeout,
      'How long to wait for the answer before the connection is closed; 15s if 0s.',
    ),
    force_attempt_http2: optional(bool, true, 'Whether HTTP/2 is tried.'),
    auth,
    cookies: block(cookies, 'What happens to cookies; without it they are dropped.'),
  }
}
