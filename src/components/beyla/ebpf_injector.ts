// The `injector` block of beyla.ebpf.

import { list, map, nullable } from '../../schema/composites.ts'
import { bool, string } from '../../schema/scalars.ts'
import { blocks, defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { sampler, service } from './ebpf_service.ts'

const otelExportedSignals = schema({
  logs: optional(nullable(bool), undefined, 'Whether SDKs export logs.', { computed: 'false' }),
  metrics: optional(nullable(bool), undefined, 'Whether SDKs export metrics.', {
    computed: 'true',
  }),
  traces: optional(nullable(bool), undefined, 'Whether SDKs export traces.', { computed: 'true' }),
})

const resources = schema({
  add_k8s_ip_attribute: optional(bool, false, 'Whether the address of the Pod is an attribute.'),
  add_k8s_uid_attributes: optional(bool, false, 'Whether UIDs of Kubernetes are attributes.'),
  attributes: optional(map(string), {}, 'Resource attributes to add.'),
  use_k8s_labels_for_resource_attributes: optional(
    bool,
    false,
    'Whether well-known labels of Pods give resource attributes.',
  ),
})

const webhook = schema({
  external_deployment_name: optional(
    string,
    '',
    'Deployment that serves the webhook, where it is not this process.',
  ),
})

export const injector = schema({
  enabled_sdks: optional(list(string), [], 'Languages whose SDK is injected.'),
  exclude_instrument: blocks(service, 'Leaves out the processes that match one of these.'),
  exporter_otlp_endpoint: optional(string, '', 'OTLP address that SDKs export to.'),
  exporter_otlp_protocol: optional(string, '', 'OTLP protocol that SDKs export with.'),
  image_version: optional(string, '', 'Version of the image that holds the SDKs.'),
  instrument: blocks(service, 'Injects SDKs into processes that match one of these.'),
  otel_exported_signals: defaultedBlock(otelExportedSignals, 'What SDKs export.'),
  resources: defaultedBlock(resources, 'Resource attributes of what SDKs export.'),
  trace_propagators: optional(list(string), [], 'Propagators of trace context that SDKs use.'),
  trace_sampler: defaultedBlock(sampler, 'How SDKs sample traces.'),
  webhook: defaultedBlock(webhook, 'Webhook that adds the SDKs to new Pods.'),
  disable_auto_restart: optional(bool, false, 'Whether Pods that run are not restarted for it.'),
})
