// The `discovery` block of beyla.ebpf.

import { list, nullable } from '../../schema/composites.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { blocks, defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { service } from './ebpf_service.ts'

const routeHarvesterAdvanced = schema({
  java_harvest_delay: optional(duration, '0s', 'Time that Java programs get to start first.'),
})

export const discovery = schema({
  bpf_pid_filter_off: optional(bool, false, 'Whether the filter by process id is off.'),
  default_exclude_instrument: blocks(
    service,
    'Leaves these out, in place of Beyla, Alloy and collectors.',
  ),
  default_exclude_services: blocks(
    service,
    'Leaves these out, in place of Beyla, Alloy and collectors.',
    { deprecated: 'Use default_exclude_instrument instead.' },
  ),
  default_otlp_grpc_port: optional(
    int,
    0,
    'Port by which programs that export OTLP over gRPC are known.',
  ),
  disabled_route_harvesters: optional(
    list(string),
    [],
    'Languages in whose programs no HTTP routes are looked for.',
  ),
  exclude_instrument: blocks(service, 'Leaves out the processes that match one of these.'),
  exclude_otel_instrumented_services: optional(
    nullable(bool),
    undefined,
    'Whether programs that export OpenTelemetry themselves are left out.',
    { computed: 'true' },
  ),
  exclude_otel_instrumented_services_span_metrics: optional(
    bool,
    false,
    'Whether those give no span metrics either.',
  ),
  exclude_services: blocks(service, 'Leaves out the processes that match one of these.', {
    deprecated: 'Use exclude_instrument instead.',
  }),
  excluded_linux_system_paths: optional(
    list(string),
    [],
    'Folders whose programs belong to the system and are left out.',
  ),
  instrument: blocks(service, 'Instruments the processes that match one of these.'),
  min_process_age: optional(duration, '0s', 'Age from which processes are looked at.'),
  poll_interval: optional(duration, '0s', 'Time from one look for processes to the next.'),
  route_harvester_advanced: defaultedBlock(
    routeHarvesterAdvanced,
    'Details of looking for HTTP routes in programs.',
  ),
  route_harvester_timeout: optional(duration, '0s', 'Time after which that look is given up.'),
  services: blocks(service, 'Instruments the processes that match one of these.', {
    deprecated: 'Use instrument instead.',
  }),
  skip_go_specific_tracers: optional(bool, false, 'Whether Go programs are traced as any other.'),
  survey: blocks(service, 'Reports processes in survey_info alone, without instrumenting them.'),
})
