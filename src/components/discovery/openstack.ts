// discovery.openstack: finds targets in OpenStack.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, secret, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { tlsConfig } from '../common/tls.ts'

const componentArguments = schema(
  {
    identity_endpoint: optional(string, '', 'Address of the Identity API.'),
    username: optional(string, '', 'User name to log in with.'),
    userid: optional(string, '', 'Id of the user, instead of the name.'),
    password: optional(secret, undefined, 'Password to log in with.'),
    project_name: optional(string, '', 'Project to look in, by name.'),
    project_id: optional(string, '', 'Project to look in, by id.'),
    domain_name: optional(string, '', 'Domain, by name.'),
    domain_id: optional(string, '', 'Domain, by id.'),
    application_credential_name: optional(string, '', 'Application credential, by name.'),
    application_credential_id: optional(string, '', 'Application credential, by id.'),
    application_credential_secret: optional(
      secret,
      undefined,
      'Secret of the application credential.',
    ),
    role: required(string, 'Kind of targets: hypervisor or instance.'),
    region: required(string, 'Region to look in.'),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    port: optional(int, 80, 'Port of the targets.'),
    all_tenants: optional(bool, false, 'Whether all projects are looked in.'),
    tls_config: defaultedBlock(tlsConfig, 'TLS settings for the endpoint.'),
    availability: optional(string, 'public', 'Endpoint to use: public, admin or internal.'),
  },
  {
    check: ({ availability, role }, fail) => {
      if (!['public', 'internal', 'admin'].includes(availability)) {
        const wanted = 'must be one of admin, internal or public'
        return fail(`unknown availability ${availability}, ${wanted}`, 'availability')
      }
      if (role !== 'instance' && role !== 'hypervisor') {
        fail(`unknown availability ${role}, must be one of instance or hypervisor`, 'role')
      }
    },
  },
)

export const declaration = declare({
  name: 'discovery.openstack',
  stability: 'generally-available',
  summary: 'Finds targets in OpenStack.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
