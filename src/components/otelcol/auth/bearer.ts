// otelcol.auth.bearer: logs in with a fixed token, or asks for it as a server.

import { authHandler } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { secret, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const componentArguments = schema({
  scheme: optional(string, 'Bearer', 'What stands before the token; nothing if empty.'),
  token: required(secret, 'Token that clients send and servers expect.'),
  header: optional(string, 'Authorization', 'Header that carries the token.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
})

export const declaration = declare({
  name: 'otelcol.auth.bearer',
  stability: 'generally-available',
  summary: 'Logs in with a fixed token, or asks for it as a server.',
  accepts: [],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: componentArguments,
  exports: { handler: exported(authHandler, 'What other components take as their auth.') },
  metrics: {},
})
