// What components for resources of the Prometheus Operator share.
// Source of the behaviour: alloy/internal/component/prometheus/operator/types.go.

import { metricsReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { bool, float, string, uint } from '../../schema/scalars.ts'
import {
  block,
  blocks,
  defaultedBlock,
  type Hooks,
  optional,
  required,
  schema,
} from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { clustering } from './clustering.ts'
import { kubernetesClient } from './kubernetes.ts'
import { labelSelector } from './label_selector.ts'
import { relabelRule } from './relabel.ts'

export const scrapeOptions = schema({
  default_scrape_interval: optional(
    duration,
    '0s',
    'Time from one scrape of a target to the next; 0: one minute.',
  ),
  default_scrape_timeout: optional(
    duration,
    '0s',
    'Time after which a scrape has failed; 0: ten seconds.',
  ),
  default_sample_limit: optional(
    uint,
    0,
    'Bound of the samples of a scrape before it fails; 0: none.',
  ),
  scrape_native_histograms: optional(bool, false, 'Whether native histograms are scraped.'),
  scrape_classic_histograms: optional(
    bool,
    false,
    'Whether the classic buckets of native histograms are kept.',
  ),
  convert_classic_histograms_to_nhcb: optional(
    bool,
    false,
    'Whether classic histograms become native ones with custom buckets.',
  ),
  native_histogram_bucket_limit: optional(
    uint,
    0,
    'Buckets of a native histogram before its resolution is reduced; 0: no bound.',
  ),
  native_histogram_min_bucket_factor: optional(
    float,
    0,
    'Growth of buckets below which the resolution of a native histogram is reduced.',
  ),
  honor_metadata: optional(bool, false, 'Whether metadata is stored with the samples.', {
    stability: 'experimental',
  }),
  enable_type_and_unit_labels: optional(bool, false, 'Whether type and unit become labels.', {
    stability: 'experimental',
  }),
  start_timestamp_zero_ingestion: optional(
    bool,
    false,
    'Whether a zero sample is written at the time a counter started.',
    { stability: 'experimental' },
  ),
})

export const operatorFields = {
  client: defaultedBlock(
    kubernetesClient,
    'How the Kubernetes API is reached; the account of its own pod where empty.',
  ),
  forward_to: required(list(metricsReceiver), 'Receivers of the scraped metrics.'),
  namespaces: optional(list(string), [], 'Namespaces to look for resources in; empty: all.'),
  kubernetes_role: optional(
    string,
    'endpoints',
    'Objects that name the targets of services: endpoints or endpointslice.',
  ),
  selector: block(labelSelector, 'Resources to use by their labels; all where absent.'),
  clustering: defaultedBlock(clustering, 'How targets are shared in a cluster.'),
  rule: blocks(relabelRule, 'Rule on the labels of targets, before those of the resources.'),
  scrape: defaultedBlock(scrapeOptions, 'What is scraped, where the resources do not say.'),
  informer_sync_timeout: optional(
    duration,
    '1m',
    'Time within which the first list of resources must be there.',
  ),
}

export const operatorHooks: Hooks<typeof operatorFields> = {
  check: ({ kubernetes_role }, fail) => {
    if (kubernetes_role === 'endpoints' || kubernetes_role === 'endpointslice') return
    fail('only endpoints and endpointslice are supported', 'kubernetes_role')
  },
  // To those who watch, no name means every namespace.
  amend: ({ namespaces }) => (namespaces.length === 0 ? { namespaces: [''] } : {}),
}

export const operatorArguments = schema(operatorFields, operatorHooks)
