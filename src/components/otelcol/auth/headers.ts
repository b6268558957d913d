// otelcol.auth.headers: sets and deletes headers of the requests of clients.

import { authHandler } from '../../../model/capsules.ts'
import { nullable } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { optionalSecret, string } from '../../../schema/scalars.ts'
import { blocks, defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { oneOf } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const actionWord = oneOf(['delete', 'insert', 'update', 'upsert'], {
  otherwise: (written) => `unknown action ${written}`,
  ignoreCase: true,
})

/** Null is no action, which the original takes at first and then refuses. */
const action = { ...nullable(actionWord), equality: 'value' } as const

const header = schema(
  {
    key: required(string, 'Name of the header.'),
    value: optional(nullable(optionalSecret), undefined, 'Value to set.'),
    from_context: optional(
      nullable(string),
      undefined,
      'Metadata of the incoming request that holds the value, such as one of its headers.',
    ),
    from_attribute: optional(
      nullable(string),
      undefined,
      'Attribute of the login of the incoming request that holds the value.',
    ),
    action: optional(
      action,
      'upsert',
      'When to set: insert if absent, update if present, upsert always; or delete.',
    ),
  },
  {
    check: ({ key, value, from_context, from_attribute, action }, fail) => {
      if (key === '') return fail('key must be set to a non-empty string', 'key')
      if (action === undefined) return fail('action is set to an invalid value of ""', 'action')
      const sources = [value, from_context, from_attribute].filter((source) => source !== undefined)
      if (sources.length === 0 && action !== 'delete') {
        return fail('either value, from_context or from_attribute must be provided')
      }
      if (sources.length > 1) {
        fail('either value, from_context or from_attribute must be provided, but not several')
      }
    },
  },
)

const componentArguments = schema({
  header: blocks(header, 'A header to change; they are changed in the order written.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
})

export const declaration = declare({
  name: 'otelcol.auth.headers',
  stability: 'generally-available',
  summary: 'Sets and deletes headers of the requests of clients.',
  accepts: [],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: componentArguments,
  exports: { handler: exported(authHandler, 'What other components take as their auth.') },
  metrics: {},
})
