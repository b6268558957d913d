// The `metrics` block of beyla.ebpf.

import { quote } from '../../go/quote.ts'
import { list } from '../../schema/composites.ts'
import { bool, float, int, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { geoIp, reverseDns } from './ebpf_addresses.ts'
import { unknownInstrumentation } from './ebpf_instrumentations.ts'

const network = schema({
  enable: optional(bool, false, 'Whether there are network metrics.', {
    deprecated: 'Add network to features instead.',
  }),
  source: optional(string, '', 'Where packets are seen: socket_filter or tc.', {
    computed: 'socket_filter',
  }),
  agent_ip: optional(string, '', 'Address of this host to report; empty: that of an interface.'),
  agent_ip_iface: optional(string, '', 'Interface to take it from: external, local or name:NAME.', {
    computed: 'external',
  }),
  agent_ip_type: optional(string, '', 'Kind of address to report: ipv4, ipv6 or any.', {
    computed: 'any',
  }),
  interfaces: optional(list(string), [], 'Interfaces to watch; empty: all.'),
  exclude_interfaces: optional(list(string), [], 'Interfaces not to watch.', { computed: 'lo' }),
  protocols: optional(list(string), [], 'IP protocols to watch, such as TCP; empty: all.'),
  exclude_protocols: optional(list(string), [], 'IP protocols not to watch.'),
  cache_max_flows: optional(int, 0, 'Most flows that are kept at once.', { computed: '5000' }),
  cache_active_timeout: optional(duration, '0s', 'Time after which a flow is reported.', {
    computed: '5s',
  }),
  direction: optional(string, '', 'Traffic to watch: ingress, egress or both.', {
    computed: 'both',
  }),
  sampling: optional(int, 0, 'One packet of this many is looked at; 0: every one.'),
  cidrs: optional(list(string), [], 'Networks to group addresses by.'),
  deduper: optional(string, '', 'How flows that several interfaces see count once.'),
  deduper_fc_ttl: optional(duration, '0s', 'Time that such flows are remembered.'),
  guess_ports: optional(string, '', 'How client and server are told apart by their ports.'),
  listen_interfaces: optional(string, '', 'How new interfaces are noticed: watch or poll.'),
  listen_poll_period: optional(duration, '0s', 'Time from one look for interfaces to the next.'),
  print_flows: optional(bool, false, 'Whether flows are printed too.'),
  geo_ip: defaultedBlock(geoIp, 'Finds the places of addresses.'),
  reverse_dns: defaultedBlock(reverseDns, 'Finds the names of addresses.'),
})

const buckets = schema({
  duration_histogram: optional(list(float), [], 'Of the durations of requests, in seconds.'),
  request_size_histogram: optional(list(float), [], 'Of the sizes of requests, in bytes.'),
  response_size_histogram: optional(list(float), [], 'Of the sizes of answers, in bytes.'),
  stat_tcp_rtt_histogram: optional(list(float), [], 'Of the round trips of TCP, in seconds.'),
  gen_ai_client_operation_duration_histogram: optional(
    list(float),
    [],
    'Of the durations of calls of language models, in seconds.',
  ),
  gen_ai_client_token_usage_histogram: optional(
    list(float),
    [],
    'Of the tokens that calls of language models use.',
  ),
})

const nativeHistogram = schema({
  bucket_factor: optional(float, 0, 'Growth from one bucket to the next; above 1 to have them.'),
  max_bucket_number: optional(int, 0, 'Most buckets of a histogram; 0: any number.'),
  min_reset_duration: optional(duration, '0s', 'Shortest time before a full one starts anew.'),
})

const features = [
  'application',
  'application_host',
  'application_process',
  'application_service_graph',
  'application_span',
  'application_span_otel',
  'application_span_sizes',
  'network',
  'network_inter_zone',
  'stats',
]

export const metrics = schema(
  {
    features: optional(list(string), [], 'Groups of metrics, such as application, network.', {
      computed: 'application',
    }),
    instrumentations: optional(list(string), [], 'Protocols to measure, such as http; `*`: all.', {
      computed: '*',
    }),
    allow_service_graph_self_references: optional(
      bool,
      false,
      'Whether the service graph shows services that call themselves.',
    ),
    network: defaultedBlock(network, 'How the network is watched.'),
    extra_resource_labels: optional(list(string), [], 'Resource attributes that become labels.'),
    extra_span_resource_labels: optional(
      list(string),
      [],
      'Resource attributes that become labels of span metrics.',
      {
        computed:
          'k8s.cluster.name, k8s.namespace.name, service.version and deployment.environment',
      },
    ),
    exemplar_filter: optional(
      string,
      '',
      'Which values get an exemplar: always_off, always_on, trace_based.',
      { computed: 'always_off' },
    ),
    ttl: optional(duration, '0s', 'Time after which a silent series is dropped.'),
    buckets: defaultedBlock(buckets, 'Upper bounds of the buckets of histograms.'),
    native_histogram: defaultedBlock(nativeHistogram, 'Native histograms of Prometheus.'),
  },
  {
    check: (args, fail) => {
      const feature = args.features.find((word) => !features.includes(word))
      if (feature !== undefined) {
        return fail(`metrics.features: invalid value ${quote(feature)}`, 'features')
      }
      const word = unknownInstrumentation(args.instrumentations)
      if (word === undefined) return
      fail(`metrics.instrumentations: invalid value ${quote(word)}`, 'instrumentations')
    },
  },
)
