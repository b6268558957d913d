// prometheus.operator.probes: probes what Probe resources describe.

import { declare } from '../../../schema/declaration.ts'
import { operatorArguments } from '../../common/prometheus_operator.ts'

export const declaration = declare({
  name: 'prometheus.operator.probes',
  stability: 'generally-available',
  summary: 'Probes what Probe resources describe.',
  accepts: ['prometheus metrics'],
  emits: [],
  wraps: 'Prometheus Operator',
  requires: 'Permission to watch the resources, and what they select, in the Kubernetes API.',
  delivery: 'A scrape that a receiver refuses until the next one is due is dropped and counted.',
  arguments: operatorArguments,
  exports: {},
  metrics: {},
})
