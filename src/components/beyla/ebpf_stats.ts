// The `stats` block of beyla.ebpf.

import { list } from '../../schema/composites.ts'
import { bool, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { geoIp, reverseDns } from './ebpf_addresses.ts'

export const stats = schema({
  agent_ip: optional(string, '', 'Address of this host to report; empty: that of an interface.'),
  agent_ip_iface: optional(string, '', 'Interface to take it from: external, local or name:NAME.', {
    computed: 'external',
  }),
  agent_ip_type: optional(string, '', 'Kind of address to report: ipv4, ipv6 or any.', {
    computed: 'any',
  }),
  cidrs: optional(list(string), [], 'Networks to group addresses by.'),
  geo_ip: defaultedBlock(geoIp, 'Finds the places of addresses.'),
  print_stats: optional(bool, false, 'Whether the statistics are printed too.'),
  reverse_dns: defaultedBlock(reverseDns, 'Finds the names of addresses.'),
})
