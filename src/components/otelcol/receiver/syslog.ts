// otelcol.receiver.syslog: receives syslog messages over TCP and UDP.

import { multiErrorText } from '../../../go/multierror.ts'
import { nullable } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { base2Bytes, oneOf } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { encodingProblem, listenAddressProblem } from '../../common/otelcol/log_input.ts'
import { multiline, trimFields } from '../../common/otelcol/multiline.ts'
import { consumerRetry } from '../../common/otelcol/retry.ts'
import { tlsServer } from '../../common/otelcol/tls.ts'

const syslogFormat = oneOf(['rfc3164', 'rfc5424'], {
  otherwise: (written) => `unknown syslog format: ${written}`,
})

const framingTrailer = oneOf(['LF', 'NUL'], {
  otherwise: (written) => `unknown syslog format: ${written}`,
})

const errorModes = ['send', 'send_quiet', 'drop', 'drop_quiet']

const tcp = schema({
  max_log_size: optional(base2Bytes, '0B', 'Bound of a message, at which it is cut; 0B: 1MiB.'),
  listen_address: optional(string, '', 'Address to listen on, as host and port.'),
  tls: block(tlsServer, 'TLS settings; without the block plain connections are taken.'),
  add_attributes: optional(bool, false, 'Whether attributes tell both ends of the connection.'),
  one_log_per_packet: optional(bool, false, 'Whether every packet is one message.'),
  encoding: optional(string, '', 'Character encoding of the messages; empty: UTF-8.'),
  multiline: block(multiline, 'How lines are put together to messages.'),
  ...trimFields,
})

const async = schema({
  readers: optional(int, 0, 'Readers of the socket; 0: one.'),
  processors: optional(int, 0, 'Datagrams that are processed at a time; 0: one.'),
  max_queue_length: optional(int, 0, 'Datagrams that may wait for a processor; 0: 100.'),
})

const udp = schema({
  listen_address: optional(string, '', 'Address to listen on, as host and port.'),
  one_log_per_packet: optional(bool, false, 'Whether every datagram is one message.'),
  add_attributes: optional(bool, false, 'Whether attributes tell both ends of the datagram.'),
  encoding: optional(string, '', 'Character encoding of the messages; empty: UTF-8.'),
  multiline: block(multiline, 'How lines are put together to messages.'),
  ...trimFields,
  async: block(async, 'How datagrams are read and processed apart from each other.'),
})

const syslogArguments = schema(
  {
    protocol: optional(syslogFormat, 'rfc5424', 'Format of the messages: rfc5424 or rfc3164.'),
    location: optional(string, 'UTC', 'Time zone of times without one, in rfc3164.'),
    enable_octet_counting: optional(
      bool,
      false,
      'Whether messages over TCP begin with their length, as in RFC 6587.',
    ),
    max_octets: optional(int, 0, 'Bound of such a length, in bytes; 0: 8192.'),
    allow_skip_pri_header: optional(bool, false, 'Whether messages may lack their priority.'),
    non_transparent_framing_trailer: optional(
      nullable(framingTrailer),
      undefined,
      'What ends messages over TCP, as in RFC 6587: LF or NUL.',
    ),
    retry_on_failure: defaultedBlock(consumerRetry, 'How what receivers refuse is sent again.'),
    tcp: block(tcp, 'The TCP listener; it is off without the block.'),
    udp: block(udp, 'The UDP listener; it is off without the block.'),
    on_error: optional(
      string,
      'send',
      'What becomes of messages that do not parse: send, drop, send_quiet or drop_quiet.',
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: ({ tcp, udp, on_error }, fail) => {
      const problems = [
        ...listenerProblems('tcp', tcp),
        ...listenerProblems('udp', udp),
        errorModes.includes(on_error) ? undefined : `invalid on_error: ${on_error}`,
      ].filter((problem) => problem !== undefined)
      if (problems.length > 0) fail(multiErrorText(problems))
    },
  },
)

interface Listener {
  readonly listen_address: string
  readonly encoding: string
}

function listenerProblems(
  name: string,
  listener: Listener | undefined,
): readonly (string | undefined)[] {
  if (listener === undefined) return []
  return [
    listenAddressProblem(`${name}.listen_address`, listener.listen_address),
    encodingProblem(`${name}.encoding`, listener.encoding),
  ]
}

export const declaration = declare({
  name: 'otelcol.receiver.syslog',
  stability: 'public-preview',
  summary: 'Receives syslog messages over TCP and UDP.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: syslogArguments,
  exports: {},
  metrics: {},
})
