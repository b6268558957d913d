// otelcol.receiver.vcenter: fetches metrics of hosts and virtual machines from VMware vCenter.

import { parseUrl } from '../../../go/url.ts'
import { declare } from '../../../schema/declaration.ts'
import { int, secret, string } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { tlsClient } from '../../common/otelcol/tls.ts'
import { vcenterAttributes, vcenterMetrics } from './vcenter_metrics.ts'

const vcenterArguments = schema(
  {
    endpoint: required(string, 'URL of vCenter or of an ESXi host, with its scheme.'),
    username: required(string, 'User name.'),
    password: required(secret, 'Password.'),
    metrics: defaultedBlock(vcenterMetrics, 'Which metrics are reported.'),
    resource_attributes: defaultedBlock(
      vcenterAttributes,
      'Which attributes the resources of the metrics have.',
    ),
    collection_interval: optional(duration, '1m', 'Time from one fetch to the next.'),
    initial_delay: optional(duration, '1s', 'Time before the first fetch.'),
    timeout: optional(duration, '0s', 'Time after which a fetch has failed; 0s: none.'),
    tls: defaultedBlock(tlsClient, 'TLS settings for the endpoint.'),
    max_query_metrics: optional(int, 256, 'Bound of the metrics that one request asks for.'),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was fetched is sent.'),
  },
  {
    check: ({ endpoint }, fail) => {
      const problem = endpointProblem(endpoint)
      if (problem !== undefined) fail(problem, 'endpoint')
    },
  },
)

function endpointProblem(endpoint: string): string | undefined {
  try {
    const { scheme } = parseUrl(endpoint)
    const isHttp = scheme === 'http' || scheme === 'https'
    return isHttp ? undefined : 'url scheme must be http or https'
  } catch (error) {
    return `unable to parse url ${endpoint}: ${(error as Error).message}`
  }
}

export const declaration = declare({
  name: 'otelcol.receiver.vcenter',
  stability: 'experimental',
  summary: 'Fetches metrics of hosts and virtual machines from VMware vCenter.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  requires: 'A vCenter user that may read all objects to measure.',
  arguments: vcenterArguments,
  exports: {},
  metrics: {},
})
