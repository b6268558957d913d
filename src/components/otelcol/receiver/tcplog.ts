// otelcol.receiver.tcplog: receives log records as lines of text over TCP.

import { multiErrorText } from '../../../go/multierror.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import {
  block,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { base2Bytes } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { encodingProblem, listenAddressProblem } from '../../common/otelcol/log_input.ts'
import { multilineFields } from '../../common/otelcol/multiline.ts'
import { consumerRetry } from '../../common/otelcol/retry.ts'
import { tlsServer } from '../../common/otelcol/tls.ts'

const maxLogSizeMin = 65_536

/** Unlike the other log receivers this one takes a block without a pattern, or with both. */
const multiline = schema(multilineFields)

const tcplogArguments = schema(
  {
    listen_address: required(string, 'Address to listen on, as host and port.'),
    max_log_size: optional(
      base2Bytes,
      '1MiB',
      'Bound of a record, at which it is cut; at least 64KiB.',
    ),
    tls: block(tlsServer, 'TLS settings; without the block plain connections are taken.'),
    add_attributes: optional(bool, false, 'Whether attributes tell both ends of the connection.'),
    one_log_per_packet: optional(bool, false, 'Whether every packet is one record.'),
    encoding: optional(string, '', 'Character encoding of the text; empty: UTF-8.'),
    multiline: block(multiline, 'How lines are put together to records.'),
    retry_on_failure: defaultedBlock(consumerRetry, 'How what receivers refuse is sent again.'),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: ({ listen_address, max_log_size, encoding }, fail) => {
      const problems = [
        listenAddressProblem('listen_address', listen_address),
        maxLogSizeProblem(max_log_size),
        encodingProblem('encoding', encoding),
      ].filter((problem) => problem !== undefined)
      if (problems.length > 0) fail(multiErrorText(problems))
    },
  },
)

function maxLogSizeProblem(size: number): string | undefined {
  if (size >= maxLogSizeMin) return undefined
  const least = `must be equal to or greater than ${maxLogSizeMin} bytes`
  return `invalid value ${size} for parameter 'max_log_size', ${least}`
}

export const declaration = declare({
  name: 'otelcol.receiver.tcplog',
  stability: 'experimental',
  summary: 'Receives log records as lines of text over TCP.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: tcplogArguments,
  exports: {},
  metrics: {},
})
