// otelcol.receiver.cloudflare: receives logs that Cloudflare's Logpush sends over HTTP.

import { splitHostPort } from '../../../go/host_port.ts'
import { map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { tlsServer } from '../../common/otelcol/tls.ts'

const timestampFormats = ['unix', 'unixnano', 'rfc3339']

const cloudflareArguments = schema(
  {
    endpoint: required(string, 'Address to listen on, as host and port.'),
    secret: optional(string, '', 'Value that header X-CF-Secret must have; empty: any.'),
    timestamp_field: optional(
      string,
      '',
      'Field that holds the time of a record; empty: EdgeStartTimestamp.',
    ),
    timestamp_format: optional(
      string,
      '',
      'Format of that time: unix, unixnano or rfc3339; empty: rfc3339.',
    ),
    separator: optional(
      string,
      '',
      'What joins the names of nested fields to one attribute name; empty: a dot.',
    ),
    attributes: optional(
      map(string),
      {},
      'Fields that become attributes, with their names; none: all fields do.',
    ),
    tls: block(tlsServer, 'TLS settings; without the block the server speaks plain HTTP.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: (args, fail) => {
      const problems = problemsOf(args)
      if (problems.length > 0) fail(problems.join('; '))
    },
  },
)

function problemsOf(args: ArgumentsOf<typeof cloudflareArguments>): string[] {
  const { endpoint, timestamp_format: format, tls } = args
  const problems: string[] = []
  try {
    splitHostPort(endpoint)
  } catch (error) {
    problems.push(`failed to split endpoint into 'host:port' pair: ${(error as Error).message}`)
  }
  if (format !== '' && !timestampFormats.includes(format)) {
    const words = timestampFormats.join(', ')
    problems.push(`invalid timestamp_format "${format}", must be one of: ${words}`)
  }
  if (tls?.key_file === '') problems.push('tls was configured, but no key file was specified')
  if (tls?.cert_file === '') problems.push('tls was configured, but no cert file was specified')
  return problems
}

export const declaration = declare({
  name: 'otelcol.receiver.cloudflare',
  stability: 'experimental',
  summary: "Receives logs that Cloudflare's Logpush sends over HTTP.",
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: cloudflareArguments,
  exports: {},
  metrics: {},
})
