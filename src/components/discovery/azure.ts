// discovery.azure: finds virtual machines in Azure.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, secret, string } from '../../schema/scalars.ts'
import { block, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { proxyFields, proxyProblem, secretLists } from '../common/http_client.ts'
import { tlsConfig } from '../common/tls.ts'

const oauth = schema({
  client_id: required(string, 'Application id.'),
  tenant_id: required(string, 'Tenant id.'),
  client_secret: required(secret, 'Secret of the application.'),
})

const managedIdentity = schema({
  client_id: required(string, 'Client id of the identity.'),
})

const sdkAuth = schema({
  tenant_id: optional(string, '', 'Tenant id; empty: from the environment.'),
})

const workloadIdentity = schema({})

const componentArguments = schema(
  {
    environment: optional(string, 'AzurePublicCloud', 'Azure cloud, such as AzurePublicCloud.'),
    port: optional(int, 80, 'Port of the targets.'),
    subscription_id: optional(string, '', 'Subscription to look in.'),
    oauth: block(oauth, 'Logs in as an application.'),
    managed_identity: block(managedIdentity, 'Logs in as the identity of the machine.'),
    sdk_auth: block(sdkAuth, 'Logs in as the SDK finds credentials.'),
    workload_identity: block(workloadIdentity, "Logs in as the workload's identity."),
    refresh_interval: optional(duration, '5m0s', 'Time from one look for targets to the next.'),
    resource_group: optional(string, '', 'Resource group to look in; empty: all.'),
    ...proxyFields,
    follow_redirects: optional(bool, true, 'Whether redirects of the server are followed.'),
    enable_http2: optional(bool, true, 'Whether HTTP/2 may be used.'),
    tls_config: defaultedBlock(tlsConfig, 'TLS settings for the endpoint.'),
    http_headers: optional(secretLists, {}, 'Headers to send with every request.'),
  },
  {
    check: (args, fail) => {
      const ways = [args.oauth, args.managed_identity, args.sdk_auth, args.workload_identity]
      if (ways.filter((way) => way !== undefined).length !== 1) {
        return fail(
          'exactly one of oauth, managed_identity, sdk_auth, or ' +
            'workload_identity must be specified',
        )
      }
      const problem = proxyProblem(args)
      if (problem !== undefined) fail(problem)
    },
  },
)

export const declaration = declare({
  name: 'discovery.azure',
  stability: 'generally-available',
  summary: 'Finds virtual machines in Azure.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
