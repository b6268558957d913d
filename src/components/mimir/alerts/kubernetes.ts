// mimir.alerts.kubernetes: copies AlertmanagerConfig resources of Kubernetes to a Mimir.

import { map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { secret, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../../common/http_client.ts'
import { kubernetesLabelSelector } from '../../common/kubernetes.ts'

const alertmanagerconfigMatcher = schema(
  {
    strategy: required(
      string,
      'Alerts to match: OnNamespace, OnNamespaceExceptForAlertmanagerNamespace or None.',
      { default: 'OnNamespace' },
    ),
    alertmanager_namespace: optional(
      string,
      '',
      'Namespace whose configurations are for all alerts.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema(
  {
    address: required(string, 'Address of the Mimir.'),
    ...httpClientFields,
    sync_interval: optional(duration, '5m0s', 'Time from one synchronization to the next.'),
    template_files: optional(map(string), {}, 'Templates of notifications, by name.'),
    global_config: required(secret, 'Alertmanager configuration that the resources are added to.'),
    alertmanagerconfig_selector: defaultedBlock(
      kubernetesLabelSelector,
      'AlertmanagerConfig resources to take, by their labels.',
    ),
    alertmanagerconfig_namespace_selector: defaultedBlock(
      kubernetesLabelSelector,
      'Namespaces to take resources from, by their labels.',
    ),
    alertmanagerconfig_matcher: defaultedBlock(
      alertmanagerconfigMatcher,
      'How alerts are kept to the namespace of a configuration.',
    ),
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      if (args.sync_interval <= 0)
        return fail('sync_interval must be greater than 0', 'sync_interval')
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'mimir.alerts.kubernetes',
  stability: 'experimental',
  summary: 'Copies AlertmanagerConfig resources of Kubernetes to a Mimir.',
  accepts: [],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
