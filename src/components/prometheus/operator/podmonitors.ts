// prometheus.operator.podmonitors: scrapes the pods that PodMonitor resources select.

import { declare } from '../../../schema/declaration.ts'
import { operatorArguments } from '../../common/prometheus_operator.ts'

export const declaration = declare({
  name: 'prometheus.operator.podmonitors',
  stability: 'generally-available',
  summary: 'Scrapes the pods that PodMonitor resources select.',
  accepts: ['prometheus metrics'],
  emits: [],
  wraps: 'Prometheus Operator',
  requires: 'Permission to watch the resources, and what they select, in the Kubernetes API.',
  delivery: 'A scrape that a receiver refuses until the next one is due is dropped and counted.',
  arguments: operatorArguments,
  exports: {},
  metrics: {},
})
