// The label `instance` of the exporters that ask a cloud: a hash of their settings, in the notation
// that the original hashes, so that series keep their labels when one takes over from the other.

import { formatDurationMs } from '../../../go/duration.ts'
import { bodyOf } from '../../../schema/body.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import { bodyText } from '../../../schema/encode.ts'
import type { declaration as azure } from './azure.ts'
import { declaration as cloudwatch } from './cloudwatch.ts'
import type { declaration as gcp } from './gcp.ts'
import type { Surroundings } from './instance.ts'
import { yamlOf } from './instance_yaml.ts'

export function cloudwatchInstance(
  args: Arguments<typeof cloudwatch>,
  { md5 }: Surroundings,
): string {
  return md5(bodyText(bodyOf(cloudwatch.arguments, args)))
}

export function azureInstance(args: Arguments<typeof azure>, { md5 }: Surroundings): string {
  return md5(
    yamlOf(
      [
        ['subscriptions', args.subscriptions],
        ['resource_graph_query_filter', args.resource_graph_query_filter],
        ['regions', args.regions],
        ['resource_type', args.resource_type],
        ['metrics', args.metrics],
        ['metric_aggregations', args.metric_aggregations],
        ['timespan', args.timespan],
        ['interval', args.interval],
        ['included_dimensions', args.included_dimensions],
        ['included_resource_tags', args.included_resource_tags],
        ['metric_namespace', args.metric_namespace],
        ['metric_name_template', args.metric_name_template],
        ['metric_help_template', args.metric_help_template],
        ['validate_dimensions', args.validate_dimensions],
        ['azure_cloud_environment', args.azure_cloud_environment],
      ],
      3,
    ),
  )
}

export function gcpInstance(args: Arguments<typeof gcp>, { md5 }: Surroundings): string {
  return md5(
    yamlOf(
      [
        ['project_ids', args.project_ids],
        ['metrics_prefixes', args.metrics_prefixes],
        ['extra_filters', args.extra_filters],
        ['request_interval', formatDurationMs(args.request_interval)],
        ['request_offset', formatDurationMs(args.request_offset)],
        ['ingest_delay', args.ingest_delay],
        ['drop_delegated_projects', args.drop_delegated_projects],
        ['gcp_client_timeout', formatDurationMs(args.gcp_client_timeout)],
      ],
      2,
    ),
  )
}
