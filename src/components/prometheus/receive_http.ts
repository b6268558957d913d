// prometheus.receive_http: receives metrics that others send by remote write, and forwards them.

import { metricsReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { declare } from '../../schema/declaration.ts'
import { bool, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { grpcServer, httpServer } from '../common/net_server.ts'

const componentArguments = schema({
  http: defaultedBlock(httpServer, 'The HTTP server that takes the requests.', { pointer: true }),
  grpc: defaultedBlock(grpcServer, 'A gRPC server that is started beside it.', { pointer: true }),
  graceful_shutdown_timeout: optional(
    duration,
    '30s',
    'Time that open requests get when the server stops.',
  ),
  forward_to: required(list(metricsReceiver), 'Receivers of the samples that arrive.'),
  append_metadata: optional(bool, false, 'Whether metadata of remote write 2.0 is passed on.', {
    stability: 'experimental',
  }),
  enable_type_and_unit_labels: optional(
    bool,
    false,
    'Whether type and unit of remote write 2.0 become labels.',
    { stability: 'experimental' },
  ),
  accepted_remote_write_protobuf_messages: optional(
    list(string),
    ['prometheus.WriteRequest'],
    'Protobuf messages to take: prometheus.WriteRequest, io.prometheus.write.v2.Request.',
  ),
})

export const declaration = declare({
  name: 'prometheus.receive_http',
  stability: 'generally-available',
  summary: 'Receives metrics that others send by remote write, and forwards them.',
  accepts: ['prometheus metrics'],
  emits: [],
  wraps: 'Prometheus',
  delivery: 'Holds nothing: a sender is answered once the receivers have its samples.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
