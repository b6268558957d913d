// otelcol.auth.sigv4: signs requests to AWS with Signature Version 4.

import { authHandler } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../../schema/schema.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const assumeRole = schema({
  arn: optional(string, '', 'ARN of the role.'),
  session_name: optional(string, '', 'Name of the session; made up if empty.'),
  sts_region: optional(string, '', 'Region of the token service; the region signed for if empty.'),
})

const componentArguments = schema({
  region: optional(string, '', 'Region to sign for; read from the host of the request if empty.'),
  service: optional(string, '', 'Service to sign for; read from the host of the request if empty.'),
  assume_role: defaultedBlock(assumeRole, 'Role to take first.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
})

export const declaration = declare({
  name: 'otelcol.auth.sigv4',
  stability: 'generally-available',
  summary: 'Signs requests to AWS with Signature Version 4.',
  accepts: [],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: componentArguments,
  exports: { handler: exported(authHandler, 'What other components take as their auth.') },
  metrics: {},
})
