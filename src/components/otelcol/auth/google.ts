// otelcol.auth.google: logs in to Google Cloud with the credentials found in the environment.

import { authHandler } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../../schema/schema.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const componentArguments = schema(
  {
    project: optional(
      string,
      '',
      'Project that requests belong to; that of the credentials if empty.',
    ),
    quota_project: optional(string, '', 'Project whose quota requests use.'),
    token_type: optional(
      string,
      'access_token',
      'Kind of token to ask for: access_token or id_token.',
    ),
    audience: optional(string, '', 'Whom an id_token is meant for.'),
    scopes: optional(
      list(string),
      [
        'https://www.googleapis.com/auth/cloud-platform',
        'https://www.googleapis.com/auth/logging.write',
        'https://www.googleapis.com/auth/monitoring.write',
        'https://www.googleapis.com/auth/trace.append',
      ],
      'Scopes of an access_token.',
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    // A fault of the original: no argument sets what its check demands, so that nothing passes.
    check: (_, fail) => {
      fail(
        'googlecloud exporter settings are invalid :invalid token_header, must be ' +
          '"authorization" or "proxy-authorization"',
      )
    },
  },
)

export const declaration = declare({
  name: 'otelcol.auth.google',
  stability: 'public-preview',
  summary: 'Logs in to Google Cloud with the credentials found in the environment.',
  accepts: [],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: componentArguments,
  exports: { handler: exported(authHandler, 'What other components take as their auth.') },
  metrics: {},
})
