// otelcol.processor.discovery: adds labels of targets to the spans that come from them.

import { otelConsumer } from '../../../model/capsules.ts'
import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { optional, required, requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'

const podAssociations = ['ip', 'net.host.ip', 'k8s.pod.ip', 'hostname', 'connection'] as const

const componentArguments = schema(
  {
    targets: required(list(target), 'Targets to find by the address that spans come from.'),
    operation_type: optional(
      string,
      'upsert',
      'Whether labels are set where absent (insert), where present (update), or both (upsert).',
    ),
    pod_associations: optional(
      list(string),
      podAssociations,
      'Where the address is, in this order: attributes of the resource, or the connection.',
    ),
    output: requiredBlock(consumer, 'Where the spans go to.'),
  },
  {
    check: ({ operation_type, pod_associations }, fail) => {
      if (!['insert', 'update', 'upsert'].includes(operation_type)) {
        return fail(`unknown operation type ${operation_type}`, 'operation_type')
      }
      const unknown = pod_associations.find((each) => !podAssociations.some((one) => one === each))
      if (unknown !== undefined) fail(`unknown pod association ${unknown}`, 'pod_associations')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.discovery',
  stability: 'generally-available',
  summary: 'Adds labels of targets to the spans that come from them.',
  accepts: ['targets', 'otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the spans to add labels to.') },
  metrics: {},
})
