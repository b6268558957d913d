// prometheus.enrich: adds labels of targets to the metrics that match them.

import { metricsReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list, map } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'

const componentArguments = schema(
  {
    targets: required(list(target), 'Targets whose labels are copied.'),
    target_to_metric_match: optional(
      map(string),
      {},
      'Labels of targets that must equal those of a series, as target label = metric label.',
    ),
    target_match_label: optional(
      string,
      '',
      'Label of targets that must equal the one of the series.',
    ),
    metrics_match_label: optional(
      string,
      '',
      'Label of series to compare with it; empty: the one of the same name.',
    ),
    labels_to_copy: optional(list(string), [], 'Labels to copy from the target; empty: all.'),
    forward_to: required(list(metricsReceiver), 'Receivers of the metrics with their new labels.'),
  },
  {
    check: ({ target_match_label, target_to_metric_match }, fail) => {
      if (target_match_label !== '' || target_to_metric_match.size > 0) return
      fail(
        'at least one match mechanism must be specified: set target_match_label or ' +
          'target_to_metric_match',
      )
    },
  },
)

export const declaration = declare({
  name: 'prometheus.enrich',
  stability: 'experimental',
  summary: 'Adds labels of targets to the metrics that match them.',
  accepts: ['targets', 'prometheus metrics'],
  emits: ['prometheus metrics'],
  delivery: 'Holds nothing: the answer of the receivers is the answer to the sender.',
  arguments: componentArguments,
  exports: { receiver: exported(metricsReceiver, 'Receiver of the metrics to enrich.') },
  metrics: {},
})
