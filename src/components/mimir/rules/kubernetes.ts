// mimir.rules.kubernetes: copies PrometheusRule resources of Kubernetes to the ruler of a Mimir.

import { quote } from '../../../go/quote.ts'
import { map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import {
  block,
  blocks,
  defaultedBlock,
  optional,
  required,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../../common/http_client.ts'
import { kubernetesLabelSelector } from '../../common/kubernetes.ts'

const matchTypes = ['=', '!=', '=~', '!~']

const matcher = schema(
  {
    name: required(string, 'Name of the label.'),
    value: optional(string, '', 'Value to compare with.'),
    value_from_label: optional(string, '', 'Label of the rule whose value is compared with.'),
    match_type: required(string, 'How to compare: =, !=, =~ or !~.'),
  },
  {
    check: ({ match_type }, fail) => {
      if (matchTypes.includes(match_type)) return
      fail(`invalid match type: ${quote(match_type)}`, 'match_type')
    },
  },
)

const extraQueryMatchers = schema({
  matcher: blocks(matcher, 'Matchers to add to the selectors.'),
})

const componentArguments = schema(
  {
    address: required(string, 'Address of the Mimir ruler.'),
    tenant_id: optional(string, '', 'Tenant to write as.'),
    use_legacy_routes: optional(bool, false, "Whether the old paths of the ruler's API are used."),
    prometheus_http_prefix: optional(
      string,
      '/prometheus',
      "What is put in front of the paths of Prometheus' API.",
    ),
    ...httpClientFields,
    sync_interval: optional(duration, '5m0s', 'Time from one synchronization to the next.'),
    mimir_namespace_prefix: optional(
      string,
      'alloy',
      'What is put in front of the namespaces of rules.',
    ),
    mimir_namespace_separator: optional(
      string,
      '/',
      'What stands between the parts of a namespace.',
    ),
    external_labels: optional(map(string), {}, 'Labels to add to every rule.'),
    extra_query_matchers: block(extraQueryMatchers, 'Matchers to add to the queries of all rules.'),
    rule_selector: defaultedBlock(kubernetesLabelSelector, 'Rules to take, by their labels.'),
    rule_namespace_selector: defaultedBlock(
      kubernetesLabelSelector,
      'Namespaces to take rules from, by their labels.',
    ),
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      if (args.sync_interval <= 0)
        return fail('sync_interval must be greater than 0', 'sync_interval')
      if (args.mimir_namespace_prefix === '') {
        return fail('mimir_namespace_prefix must not be empty', 'mimir_namespace_prefix')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'mimir.rules.kubernetes',
  stability: 'generally-available',
  summary: 'Copies PrometheusRule resources of Kubernetes to the ruler of a Mimir.',
  accepts: [],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
