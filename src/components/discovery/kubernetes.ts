// discovery.kubernetes: finds objects of a Kubernetes cluster.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, string } from '../../schema/scalars.ts'
import { blocks, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { url } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const namespaces = schema({
  own_namespace: optional(bool, false, 'Whether the own namespace is looked in.'),
  names: optional(list(string), [], 'Namespaces to look in; empty: all.'),
})

const selectors = schema({
  role: required(string, 'Kind of objects that the selector is for.'),
  label: optional(string, '', 'Label selector.'),
  field: optional(string, '', 'Field selector.'),
})

const attachMetadata = schema({
  node: optional(bool, false, 'Whether metadata of the node is added.'),
  namespace: optional(bool, false, 'Whether metadata of the namespace is added.'),
})

const componentArguments = schema(
  {
    api_server: optional(url, '', 'Address of the API server; empty: that of the cluster around.'),
    role: required(
      string,
      'Kind of objects: node, pod, service, endpoints, endpointslice or ingress.',
    ),
    kubeconfig_file: optional(string, '', 'Kubeconfig file to use.'),
    ...httpClientFields,
    namespaces: defaultedBlock(namespaces, 'Where to look.'),
    selectors: blocks(selectors, 'Takes only what the API selects by it.'),
    attach_metadata: defaultedBlock(attachMetadata, 'Metadata to add to targets.'),
  },
  httpClientHooks,
)

export const declaration = declare({
  name: 'discovery.kubernetes',
  stability: 'generally-available',
  summary: 'Finds objects of a Kubernetes cluster.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
