// discovery.triton: finds targets of Triton.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { tlsConfig } from '../common/tls.ts'

const componentArguments = schema({
  account: required(string, 'Account to log in with.'),
  role: optional(string, 'container', 'Kind of targets: container or cn.'),
  dns_suffix: required(string, "Suffix of the targets' names."),
  endpoint: required(string, 'Address of the discovery API.'),
  groups: optional(list(string), [], 'Groups to look in, for containers; empty: all.'),
  port: optional(int, 9163, 'Port of the discovery API and of targets.'),
  refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
  version: optional(int, 1, 'Version of the discovery API.'),
  tls_config: defaultedBlock(tlsConfig, 'TLS settings for the endpoint.'),
})

export const declaration = declare({
  name: 'discovery.triton',
  stability: 'generally-available',
  summary: 'Finds targets of Triton.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
