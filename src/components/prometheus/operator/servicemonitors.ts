// prometheus.operator.servicemonitors: scrapes the services that ServiceMonitor resources select.

import { declare } from '../../../schema/declaration.ts'
import { bool } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { operatorFields, operatorHooks } from '../../common/prometheus_operator.ts'

const componentArguments = schema(
  {
    ...operatorFields,
    allow_arbitrary_file_access: optional(
      bool,
      false,
      'Whether resources may name files of this machine, such as token and TLS files.',
    ),
  },
  operatorHooks,
)

export const declaration = declare({
  name: 'prometheus.operator.servicemonitors',
  stability: 'generally-available',
  summary: 'Scrapes the services that ServiceMonitor resources select.',
  accepts: ['prometheus metrics'],
  emits: [],
  wraps: 'Prometheus Operator',
  requires: 'Permission to watch the resources, and what they select, in the Kubernetes API.',
  delivery: 'A scrape that a receiver refuses until the next one is due is dropped and counted.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
