// beyla.ebpf: instruments programs from the kernel, without changing them.

import { quote } from '../../go/quote.ts'
import { target } from '../../model/targets.ts'
import { list, nullable } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { block, defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { consumer } from '../common/otelcol/consumer.ts'
import { attributes } from './ebpf_attributes.ts'
import { discovery } from './ebpf_discovery.ts'
import { ebpf } from './ebpf_ebpf.ts'
import { filters } from './ebpf_filters.ts'
import { injector } from './ebpf_injector.ts'
import { unknownInstrumentation } from './ebpf_instrumentations.ts'
import { metrics } from './ebpf_metrics.ts'
import { sampler } from './ebpf_service.ts'
import { stats } from './ebpf_stats.ts'

const routes = schema({
  ignore_mode: optional(string, '', 'What ignored paths are left out of: all, metrics or traces.'),
  ignored_patterns: optional(list(string), [], 'Patterns of paths to ignore.'),
  max_path_segment_cardinality: optional(
    int,
    0,
    'Most different words at one place of a path; more become a wildcard.',
    { computed: '10' },
  ),
  patterns: optional(list(string), [], 'Routes such as /user/{id}, which paths are matched with.'),
  unmatched: optional(string, '', 'Route of other paths: heuristic, path, unset or wildcard.', {
    computed: 'heuristic',
  }),
  wildcard_char: optional(string, '', 'What stands for parts that vary.', { computed: '*' }),
})

const traces = schema(
  {
    instrumentations: optional(list(string), [], 'Protocols to trace, such as http; `*`: all.', {
      computed: '*',
    }),
    sampler: defaultedBlock(sampler, 'How all traces are sampled.'),
  },
  {
    check: ({ instrumentations }, fail) => {
      const word = unknownInstrumentation(instrumentations)
      if (word === undefined) return
      fail(`traces.instrumentations: invalid value ${quote(word)}`, 'instrumentations')
    },
  },
)

const internalMetrics = schema({
  bpf_metric_scrape_interval: optional(duration, '0s', 'Time from one look at BPF to the next.'),
  exporter: optional(string, '', 'How Beyla reports on itself: disabled, prometheus or otel.'),
})

const javaagent = schema({
  attach_timeout: optional(duration, '0s', 'Time after which loading the agent is given up.'),
  debug: optional(bool, false, 'Whether the agent logs all it does.'),
  debug_instrumentation: optional(bool, false, 'Whether it logs the code that it changes.'),
  enabled: optional(nullable(bool), undefined, 'Whether an agent is loaded into Java programs.'),
})

const nodejs = schema({
  enabled: optional(nullable(bool), undefined, 'Whether a script is loaded into Node.js programs.'),
})

const jvmRuntimeMetrics = schema({
  enabled: optional(bool, false, 'Whether there are metrics of Java virtual machines.'),
  sampling_interval: optional(duration, '0s', 'Time from one look at a machine to the next.'),
})

const tracePrinters = ['disabled', 'counter', 'text', 'json', 'json_indent']

const componentArguments = schema(
  {
    open_port: optional(string, '', 'Ports of programs to instrument, such as 80,8000-8999.', {
      deprecated: 'Use open_ports of discovery > instrument instead.',
    }),
    executable_name: optional(string, '', 'Expression of the path of programs to instrument.', {
      deprecated: 'Use exe_path of discovery > instrument instead.',
    }),
    debug: optional(bool, false, 'Whether Beyla logs all that it sees.'),
    log_level: optional(string, '', 'Lowest level that Beyla logs.'),
    trace_printer: optional(
      string,
      '',
      'How spans are printed too: disabled, counter, text, json or json_indent.',
      { computed: 'disabled' },
    ),
    enforce_sys_caps: optional(bool, false, 'Whether it ends when a capability is missing.'),
    routes: defaultedBlock(routes, 'How paths of HTTP become routes.'),
    attributes: defaultedBlock(attributes, 'Attributes of metrics and traces.'),
    discovery: defaultedBlock(discovery, 'Which programs are instrumented.'),
    metrics: defaultedBlock(metrics, 'Which metrics there are.'),
    traces: defaultedBlock(traces, 'Which traces there are.'),
    ebpf: defaultedBlock(ebpf, 'How the kernel is asked.'),
    filters: defaultedBlock(filters, 'What is kept, by attributes.'),
    output: block(consumer, 'Where traces go.'),
    injector: defaultedBlock(injector, 'Puts OpenTelemetry SDKs into Pods.'),
    stats: defaultedBlock(stats, 'Statistics of TCP connections.'),
    internal_metrics: defaultedBlock(internalMetrics, 'Metrics of Beyla itself.'),
    javaagent: defaultedBlock(javaagent, 'How Java programs are instrumented.'),
    nodejs: defaultedBlock(nodejs, 'How Node.js programs are instrumented.'),
    jvm_runtime_metrics: defaultedBlock(jvmRuntimeMetrics, 'Metrics of Java virtual machines.'),
  },
  {
    check: ({ trace_printer }, fail) => {
      if (trace_printer === '' || tracePrinters.includes(trace_printer)) return
      const valid = tracePrinters.join(', ')
      const message = `trace_printer: invalid value ${quote(trace_printer)}`
      fail(`${message}. Valid values are: ${valid}`, 'trace_printer')
    },
    amend: ({ trace_printer }) => ({ trace_printer: trace_printer || 'disabled' }),
  },
)

export const declaration = declare({
  name: 'beyla.ebpf',
  stability: 'generally-available',
  summary: 'Instruments programs from the kernel, without changing them.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['targets'],
  wraps: 'Grafana Beyla',
  platforms: ['linux'],
  requires:
    'Capabilities such as BPF, PERFMON, SYS_PTRACE and NET_RAW, and the host PID namespace.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Where the metrics of the programs are scraped.') },
  metrics: {},
})
