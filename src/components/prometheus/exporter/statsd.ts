// prometheus.exporter.statsd: receives StatsD events and turns them into metrics.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema({
  listen_udp: optional(string, ':9125', 'Address for UDP packets; empty: none.'),
  listen_tcp: optional(string, ':9125', 'Address for TCP connections; empty: none.'),
  listen_unixgram: optional(string, '', 'Path of a Unix datagram socket; empty: none.'),
  unix_socket_mode: optional(string, '755', 'Permissions of the Unix socket, in octal.'),
  mapping_config_path: optional(
    string,
    '',
    'File with the rules that map names to metrics with labels.',
  ),
  read_buffer: optional(int, 0, 'Receive buffer of the sockets in bytes; 0: that of the system.'),
  cache_size: optional(int, 1000, 'Mappings to remember.'),
  cache_type: optional(string, 'lru', 'Which mappings are forgotten first: lru or random.'),
  event_queue_size: optional(int, 10_000, 'Batches of events that may wait.'),
  event_flush_threshold: optional(int, 1000, 'Events that make a batch.'),
  event_flush_interval: optional(
    duration,
    '200ms',
    'Time after which an incomplete batch is handed on.',
  ),
  parse_dogstatsd_tags: optional(bool, true, 'Whether tags in the style of DogStatsD are read.'),
  parse_influxdb_tags: optional(bool, true, 'Whether tags in the style of InfluxDB are read.'),
  parse_librato_tags: optional(bool, true, 'Whether tags in the style of Librato are read.'),
  parse_signalfx_tags: optional(bool, true, 'Whether tags in the style of SignalFX are read.'),
  relay_addr: optional(string, '', 'Address that every line is passed on to by UDP; empty: none.'),
  relay_packet_length: optional(int, 1400, 'Length of the packets passed on, in bytes.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.statsd',
  stability: 'generally-available',
  summary: 'Receives StatsD events and turns them into metrics.',
  accepts: [],
  emits: ['targets'],
  wraps: 'statsd_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
