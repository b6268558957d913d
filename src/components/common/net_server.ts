// HTTP and gRPC servers that components run.
// Source of the behaviour: alloy/internal/component/common/net/config.go.

import { bool, int, int32, secret, string, uint, uint32 } from '../../schema/scalars.ts'
import { block, defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

export const serverTls = schema({
  cert_pem: optional(string, '', 'Certificate of the server, as PEM text.'),
  key_pem: optional(secret, undefined, 'Private key of the server, as PEM text.'),
  cert_file: optional(string, '', 'File with the certificate of the server.'),
  key_file: optional(string, '', 'File with the private key of the server.'),
  client_auth_type: optional(
    string,
    '',
    'Whether clients must show a certificate, as Go names it; empty: NoClientCert.',
  ),
  client_ca_file: optional(
    string,
    '',
    'File with the certificates of the authorities that clients are trusted by.',
  ),
  client_ca: optional(
    string,
    '',
    'Certificates of the authorities that clients are trusted by, as PEM text.',
  ),
  cipher_suites: optional(
    string,
    '',
    'Cipher suites to take, separated by commas; empty: those of Go.',
  ),
  min_version: optional(
    string,
    '',
    'Oldest version of TLS to speak, as VersionTLS12; empty: that.',
  ),
})

export const grpcServer = schema(
  {
    listen_address: optional(string, '', 'Address to listen on; empty: all.'),
    listen_port: optional(int, 0, 'Port to listen on; 0: any that is free.'),
    conn_limit: optional(int, 0, 'Connections at the same time; 0: no bound.'),
    max_connection_age: optional(
      duration,
      '2562047h47m16.854775807s',
      'Age at which a connection is closed.',
    ),
    max_connection_age_grace: optional(
      duration,
      '2562047h47m16.854775807s',
      'Time that its requests get then.',
    ),
    max_connection_idle: optional(
      duration,
      '2562047h47m16.854775807s',
      'Time without requests after which a connection is closed.',
    ),
    server_max_recv_msg_size: optional(
      int,
      4_194_304,
      'Bound of a message that arrives, in bytes.',
    ),
    server_max_send_msg_size: optional(
      int,
      4_194_304,
      'Bound of a message that is sent, in bytes.',
    ),
    server_max_concurrent_streams: optional(
      uint,
      100,
      'Requests at the same time on one connection; 0: no bound.',
    ),
    tls: block(serverTls, 'TLS settings; without them the connection is not encrypted.'),
  },
  { defaultsFrom: 'parent' },
)

export const http2Server = schema(
  {
    enabled: optional(bool, false, 'Whether HTTP/2 is spoken.'),
    max_handlers: optional(int, 0, 'Requests handled at the same time; 0: no bound.'),
    max_concurrent_streams: optional(uint32, 100, 'Requests at the same time on one connection.'),
    max_decoder_header_table_size: optional(
      uint32,
      4096,
      'Bound of the table that headers are decoded with, in bytes.',
    ),
    max_encoder_header_table_size: optional(
      uint32,
      4096,
      'Bound of the table that headers are encoded with, in bytes.',
    ),
    max_read_frame_size: optional(
      uint32,
      0,
      'Bound of a frame that arrives, in bytes; 0: that of Go.',
    ),
    permit_prohibited_ciphers: optional(
      bool,
      false,
      'Whether ciphers are taken that HTTP/2 forbids.',
    ),
    idle_timeout: optional(
      duration,
      '0s',
      'Time without requests after which a connection is closed; 0: never.',
    ),
    read_idle_timeout: optional(
      duration,
      '0s',
      'Time without frames after which the client is pinged; 0: never.',
    ),
    ping_timeout: optional(duration, '15s', 'Time that the client has to answer.'),
    write_byte_timeout: optional(
      duration,
      '0s',
      'Time after which a write that does not get on fails; 0: never.',
    ),
    max_upload_buffer_per_connection: optional(
      int32,
      0,
      'Bytes that a connection may send ahead; 0: that of Go.',
    ),
    max_upload_buffer_per_stream: optional(
      int32,
      0,
      'Bytes that a request may send ahead; 0: that of Go.',
    ),
  },
  { defaultsFrom: 'parent' },
)

export const httpServer = schema(
  {
    listen_address: optional(string, '', 'Address to listen on; empty: all.'),
    listen_port: optional(int, 8080, 'Port to listen on; 0: any that is free.'),
    conn_limit: optional(int, 0, 'Connections at the same time; 0: no bound.'),
    server_read_timeout: optional(duration, '30s', 'Time that reading a request may take.'),
    server_write_timeout: optional(duration, '30s', 'Time that writing an answer may take.'),
    server_idle_timeout: optional(
      duration,
      '2m',
      'Time without requests after which a connection is closed.',
    ),
    tls: block(serverTls, 'TLS settings; without them the connection is not encrypted.'),
    http2: defaultedBlock(http2Server, 'HTTP/2 settings.', { pointer: true }),
  },
  { defaultsFrom: 'parent' },
)
