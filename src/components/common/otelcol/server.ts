// Settings of the HTTP and gRPC servers that receive OpenTelemetry data and its kin.

import { authHandler } from '../../../model/capsules.ts'
import { list, nullable } from '../../../schema/composites.ts'
import { bool, int, string, uint32 } from '../../../schema/scalars.ts'
import { block, optional, schema } from '../../../schema/schema.ts'
import { base2Bytes, duration } from '../../../schema/texts.ts'
import { tlsServer } from './tls.ts'

export const cors = schema({
  allowed_origins: optional(
    list(string),
    [],
    'Origins whose pages may send; `*` stands for any text; none: CORS is off.',
  ),
  allowed_headers: optional(
    list(string),
    [],
    'Headers that pages may send besides the usual ones; none: X-Requested-With.',
  ),
  exposed_headers: optional(list(string), [], 'Headers of an answer that pages may read.'),
  max_age: optional(int, 0, 'Seconds for which browsers remember the answer; 0: they choose.'),
})

export const keepaliveEnforcementPolicy = schema({
  min_time: optional(duration, '0s', 'Least time between pings of a client; 0s: 5m.'),
  permit_without_stream: optional(
    bool,
    false,
    'Whether clients may ping while they have no request open.',
  ),
})

export const keepaliveServerParameters = schema({
  max_connection_idle: optional(
    duration,
    '0s',
    'Time after which a connection without requests is closed; 0s: never.',
  ),
  max_connection_age: optional(
    duration,
    '0s',
    'Age, give or take a tenth, at which a connection is closed; 0s: never.',
  ),
  max_connection_age_grace: optional(
    duration,
    '0s',
    'Time for open requests once a connection is too old; 0s: no bound.',
  ),
  time: optional(duration, '0s', 'Silence of a client after which the server pings it; 0s: 2h.'),
  timeout: optional(
    duration,
    '0s',
    'Time without an answer to a ping after which the connection is closed; 0s: 20s.',
  ),
})

export const serverParametersDoc = 'How long connections live, and when their clients are pinged.'
export const enforcementPolicyDoc = 'How often clients may ping before they are cut off.'

export const keepaliveServer = schema({
  server_parameters: block(keepaliveServerParameters, serverParametersDoc),
  enforcement_policy: block(keepaliveEnforcementPolicy, enforcementPolicyDoc),
})

/** Without the endpoint, whose default each server has of its own. */
export const httpServerFields = {
  tls: block(tlsServer, 'TLS settings; without the block the server speaks plain HTTP.'),
  cors: block(cors, 'Which web pages of other origins may send.'),
  auth: optional(
    authHandler,
    undefined,
    'Handler, of an otelcol.auth component, that admits requests.',
  ),
  max_request_body_size: optional(
    base2Bytes,
    '0B',
    'Bound of a request body, compressed and not, before it is refused; 0B: 20MiB.',
  ),
  include_metadata: optional(
    bool,
    false,
    'Whether the headers of a request go along with its data.',
  ),
  compression_algorithms: optional(
    list(string),
    ['', 'gzip', 'zstd', 'zlib', 'snappy', 'deflate', 'lz4'],
    'Compressions that requests may use; an empty text is none.',
  ),
  keep_alives_enabled: optional(
    nullable(bool),
    undefined,
    'Whether connections serve several requests; they do unless said.',
  ),
  idle_timeout: optional(
    duration,
    '1m',
    'Time for the next request of a connection; 0s: that of read_timeout.',
  ),
  read_timeout: optional(duration, '0s', 'Time to read a request with its body; 0s: no bound.'),
  write_timeout: optional(
    duration,
    '30s',
    'Time from the headers of a request to the end of its answer; 0s: no bound.',
  ),
  read_header_timeout: optional(
    duration,
    '1m',
    'Time to read the headers of a request; 0s: that of read_timeout.',
  ),
}

/** Without the endpoint, whose default each server has of its own. */
export const grpcServerFields = {
  transport: optional(string, 'tcp', 'Kind of the listener: tcp, unix and the like.'),
  tls: block(tlsServer, 'TLS settings; without the block the server takes plain connections.'),
  max_recv_msg_size: optional(
    base2Bytes,
    '0B',
    'Bound of a message before it is refused, in whole MiB; 0B: 4MiB.',
  ),
  max_concurrent_streams: optional(uint32, 0, 'Bound of open requests per connection; 0: none.'),
  read_buffer_size: optional(base2Bytes, '0B', 'Buffer for reading from a connection; 0B: 32KiB.'),
  write_buffer_size: optional(base2Bytes, '0B', 'Buffer for writing to a connection; 0B: 32KiB.'),
  keepalive: block(keepaliveServer, 'When connections are pinged and closed.'),
  auth: optional(
    authHandler,
    undefined,
    'Handler, of an otelcol.auth component, that admits requests.',
  ),
  include_metadata: optional(
    bool,
    false,
    'Whether the headers of a request go along with its data.',
  ),
}
