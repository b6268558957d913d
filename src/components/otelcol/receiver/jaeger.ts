// otelcol.receiver.jaeger: receives traces of Jaeger clients over gRPC and Thrift.

import { declare } from '../../../schema/declaration.ts'
import { int, string } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { base2Bytes } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { grpcServerFields, httpServerFields } from '../../common/otelcol/server.ts'

const grpc = schema({
  endpoint: optional(string, '0.0.0.0:14250', 'Address to listen on, as host and port.'),
  ...grpcServerFields,
})

const thriftHttp = schema({
  endpoint: optional(string, '0.0.0.0:14268', 'Address to listen on, as host and port.'),
  ...httpServerFields,
})

const datagramFields = {
  queue_size: optional(int, 1000, 'Datagrams that may wait; those beyond are dropped.'),
  max_packet_size: optional(base2Bytes, '65KiB', 'Bound of a datagram.'),
  workers: optional(int, 10, 'Datagrams that are decoded at a time.'),
  socket_buffer_size: optional(
    base2Bytes,
    '0B',
    'Receive buffer of the socket; 0B: what the system gives.',
  ),
}

const thriftBinary = schema({
  endpoint: optional(string, '0.0.0.0:6832', 'UDP address to listen on, as host and port.'),
  ...datagramFields,
})

const thriftCompact = schema({
  endpoint: optional(string, '0.0.0.0:6831', 'UDP address to listen on, as host and port.'),
  ...datagramFields,
})

const protocols = schema({
  grpc: block(grpc, 'The gRPC server; it is off without the block.'),
  thrift_http: block(thriftHttp, 'Thrift over HTTP; it is off without the block.'),
  thrift_binary: block(thriftBinary, 'Binary Thrift over UDP; it is off without the block.'),
  thrift_compact: block(thriftCompact, 'Compact Thrift over UDP; it is off without the block.'),
})

const jaegerArguments = schema(
  {
    protocols: requiredBlock(protocols, 'The servers, of which at least one must be on.'),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: ({ protocols }, fail) => {
      const isOn = Object.values(protocols).some((protocol) => protocol !== undefined)
      if (!isOn) fail('at least one protocol must be enabled', 'protocols')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.receiver.jaeger',
  stability: 'generally-available',
  summary: 'Receives traces of Jaeger clients over gRPC and Thrift.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing but datagrams, which are lost where they cannot be passed on.',
  arguments: jaegerArguments,
  exports: {},
  metrics: {},
})
