// prometheus.exporter.dnsmasq: collects metrics from a dnsmasq server.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'

const componentArguments = schema({
  address: optional(string, 'localhost:53', 'Host and port of the DNS server.'),
  leases_file: optional(
    string,
    '/var/lib/misc/dnsmasq.leases',
    'File in which dnsmasq keeps its DHCP leases.',
  ),
  expose_leases: optional(bool, false, 'Whether every lease gets a series of its own.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.dnsmasq',
  stability: 'generally-available',
  summary: 'Collects metrics from a dnsmasq server.',
  accepts: [],
  emits: ['targets'],
  wraps: 'dnsmasq_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
