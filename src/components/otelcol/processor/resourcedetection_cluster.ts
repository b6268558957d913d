// Detectors of otelcol.processor.resourcedetection for clusters, by their own APIs.

import { list } from '../../../schema/composites.ts'
import { secret, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../../schema/schema.ts'
import { credential } from '../../../schema/veiled.ts'
import { tlsClient } from '../../common/otelcol/tls.ts'
import { resourceAttributes } from './resourcedetection_attributes.ts'

export const consul = schema({
  address: optional(string, '', 'Address of the agent; empty: as in CONSUL_HTTP_ADDR.'),
  datacenter: optional(string, '', 'Datacenter to ask; empty: that of the agent.'),
  token: optional(secret, undefined, 'Token to log in with; none: as in CONSUL_HTTP_TOKEN.'),
  namespace: optional(string, '', 'Namespace to ask, in Consul Enterprise.'),
  meta: optional(list(string), [], 'Metadata keys of the node to add as attributes.'),
  resource_attributes: resourceAttributes({
    'cloud.region': 'on',
    'host.id': 'on',
    'host.name': 'on',
  }),
})

export const openshift = schema({
  address: optional(string, '', 'URL of the API server; empty: that of the pod.'),
  token: optional(credential, '', 'Token to log in with; empty: that of the service account.'),
  tls: defaultedBlock(tlsClient, 'TLS settings of the connection to the API server.'),
  resource_attributes: resourceAttributes({
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'k8s.cluster.name': 'on',
  }),
})

const authType = optional(
  string,
  'none',
  'How to log in at the API server: serviceAccount, kubeConfig or none.',
)

const context = optional(string, '', 'Context to use of the kubeconfig; empty: its current one.')

export const kubernetesNode = schema({
  auth_type: authType,
  context,
  node_from_env_var: optional(string, 'K8S_NODE_NAME', 'Variable with the name of the node.'),
  resource_attributes: resourceAttributes({
    'k8s.node.name': 'on',
    'k8s.node.uid': 'on',
  }),
})

export const kubeadm = schema({
  auth_type: authType,
  context,
  resource_attributes: resourceAttributes({
    'k8s.cluster.name': 'on',
    'k8s.cluster.uid': 'on',
  }),
})
