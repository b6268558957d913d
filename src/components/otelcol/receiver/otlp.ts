// otelcol.receiver.otlp: receives metrics, logs and traces over OTLP, by gRPC and HTTP.

import { parseUrl } from '../../../go/url.ts'
import { declare } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { base2Bytes } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import {
  cors,
  enforcementPolicyDoc,
  grpcServerFields,
  httpServerFields,
  keepaliveEnforcementPolicy,
  keepaliveServerParameters,
  serverParametersDoc,
} from '../../common/otelcol/server.ts'

const keepalive = schema(
  {
    server_parameters: defaultedBlock(keepaliveServerParameters, serverParametersDoc, {
      pointer: true,
    }),
    enforcement_policy: defaultedBlock(keepaliveEnforcementPolicy, enforcementPolicyDoc, {
      pointer: true,
    }),
  },
  { defaultsFrom: 'parent' },
)

const grpc = schema({
  endpoint: optional(string, '0.0.0.0:4317', 'Address to listen on, as host and port.'),
  ...grpcServerFields,
  read_buffer_size: optional(
    base2Bytes,
    '512KiB',
    'Buffer for reading from a connection; 0B: 32KiB.',
  ),
  keepalive: defaultedBlock(keepalive, grpcServerFields.keepalive.doc, { pointer: true }),
})

const http = schema({
  endpoint: optional(string, '0.0.0.0:4318', 'Address to listen on, as host and port.'),
  ...httpServerFields,
  cors: defaultedBlock(cors, httpServerFields.cors.doc, { pointer: true }),
  traces_url_path: optional(string, '/v1/traces', 'Path that takes traces, with its slash.'),
  metrics_url_path: optional(string, '/v1/metrics', 'Path that takes metrics, with its slash.'),
  logs_url_path: optional(string, '/v1/logs', 'Path that takes logs, with its slash.'),
})

const paths = ['traces_url_path', 'metrics_url_path', 'logs_url_path'] as const

const otlpArguments = schema(
  {
    grpc: block(grpc, 'The gRPC server; it is off without the block.'),
    http: block(http, 'The HTTP server; it is off without the block.'),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: ({ http }, fail) => {
      if (http === undefined) return
      for (const path of paths) {
        const problem = pathProblem(path, http[path])
        if (problem !== undefined) return fail(problem, 'http')
      }
    },
  },
)

function pathProblem(name: string, path: string): string | undefined {
  if (path === '') return `${name} cannot be empty`
  try {
    parseUrl(path)
    return undefined
  } catch (error) {
    return `invalid ${name}: ${(error as Error).message}`
  }
}

export const declaration = declare({
  name: 'otelcol.receiver.otlp',
  stability: 'generally-available',
  summary: 'Receives metrics, logs and traces over OTLP, by gRPC and HTTP.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the receivers is the answer to the sender.',
  arguments: otlpArguments,
  exports: {},
  metrics: {},
})
