// What the network metrics and statistics of beyla.ebpf find out about addresses.

import { int, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const ipinfo = schema({
  path: optional(string, '', 'Database file of IPinfo.'),
})

const maxmind = schema({
  asn_path: optional(string, '', 'Database file of MaxMind with autonomous systems.'),
  country_path: optional(string, '', 'Database file of MaxMind with countries.'),
})

export const geoIp = schema({
  cache_expiry: optional(duration, '0s', "Time that answers are kept; 0s: Beyla's default."),
  cache_len: optional(int, 0, "Number of answers that are kept; 0: Beyla's default."),
  ipinfo: defaultedBlock(ipinfo, 'Looks addresses up in a database of IPinfo.'),
  maxmind: defaultedBlock(maxmind, 'Looks addresses up in databases of MaxMind.'),
})

export const reverseDns = schema({
  cache_expiry: optional(duration, '0s', "Time that names are kept; 0s: Beyla's default."),
  cache_len: optional(int, 0, "Number of names that are kept; 0: Beyla's default."),
  type: optional(string, '', 'How names are found: none, local or ebpf; empty: none.'),
})
