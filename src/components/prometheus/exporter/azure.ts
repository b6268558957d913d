// prometheus.exporter.azure: collects metrics from Azure Monitor.

import { quote } from '../../../go/quote.ts'
import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { type ArgumentsOf, optional, required, schema } from '../../../schema/schema.ts'

const aggregations = ['minimum', 'maximum', 'average', 'total', 'count']
const clouds: ReadonlySet<string> = new Set([
  'azurecloud',
  'azurepublic',
  'azurepubliccloud',
  'azurechina',
  'azurechinacloud',
  'azuregovernment',
  'azuregovernmentcloud',
  'azureusgovernment',
  'azureusgovernmentcloud',
  'azureprivate',
  'azureprivatecloud',
])
const isoDuration = /^P(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/

const componentArguments = schema(
  {
    subscriptions: required(list(string), 'Subscriptions whose resources are looked at.'),
    resource_graph_query_filter: optional(
      string,
      '',
      'Kusto filter on the resources, appended to the query; not together with regions.',
    ),
    resource_type: required(string, 'Type of the resources, such as Microsoft.Cache/redis.'),
    metrics: required(list(string), 'Metrics to export.'),
    metric_aggregations: optional(
      list(string),
      [],
      'Aggregations to export: minimum, maximum, average, total or count; empty: all there are.',
    ),
    timespan: optional(string, 'PT5M', 'Time that a query covers, as an ISO 8601 duration.'),
    interval: optional(string, 'PT1M', 'Length of a data point, as an ISO 8601 duration.'),
    included_dimensions: optional(list(string), [], 'Dimensions that become labels.'),
    included_resource_tags: optional(
      list(string),
      ['owner'],
      'Tags of the resources that become labels.',
    ),
    metric_namespace: optional(string, '', 'Namespace of the metrics, where the type has several.'),
    metric_name_template: optional(
      string,
      'azure_{type}_{metric}_{aggregation}_{unit}',
      'Template of the metric names.',
    ),
    metric_help_template: optional(
      string,
      'Azure metric {metric} for {type} with aggregation {aggregation} as {unit}',
      'Template of the help texts.',
    ),
    azure_cloud_environment: optional(
      string,
      'azurecloud',
      'Cloud to ask: azurecloud, azurechinacloud, azuregovernmentcloud or azureprivatecloud.',
    ),
    validate_dimensions: optional(
      bool,
      false,
      'Whether Azure refuses dimensions that a metric does not have.',
    ),
    regions: optional(
      list(string),
      [],
      'Regions to query as a whole, subscription by subscription; empty: resource by resource.',
    ),
  },
  {
    check: (args, fail) => {
      const problems = [...selectionProblems(args), ...querySettingProblems(args)]
      if (problems.length > 0) fail(problems.join(','))
    },
  },
)

type AzureArguments = ArgumentsOf<typeof componentArguments>

function selectionProblems(args: AzureArguments): string[] {
  const problems: string[] = []
  if (args.subscriptions.length === 0) problems.push('subscriptions cannot be empty')
  if (args.resource_graph_query_filter !== '' && args.regions.length > 0) {
    problems.push(
      'regions and resource_graph_query_filter cannot be used together. If you want to target ' +
        'specific resources add a region filter to the resource_graph_query_filter. ' +
        'Otherwise, remove your resource_graph_query_filter to get metrics without further ' +
        'filtering.',
    )
  }
  if (args.resource_type === '') problems.push('resource_type cannot be empty')
  if (args.metrics.length === 0) problems.push('metrics cannot be empty')
  return problems
}

function querySettingProblems(args: AzureArguments): string[] {
  const problems: string[] = []
  for (const aggregation of args.metric_aggregations) {
    if (aggregations.includes(aggregation.toLowerCase())) continue
    problems.push(
      `${aggregation} is an invalid value for metric_aggregations. Valid options are ` +
        aggregations.join(','),
    )
  }
  const cloud = args.azure_cloud_environment
  if (!clouds.has(cloud.toLowerCase())) {
    problems.push(
      `failed to create an azure cloud configuration from azure cloud environment ${cloud}, ` +
        `unable to set Azure Cloud ${quote(cloud)}, not valid`,
    )
  }
  for (const written of [args.timespan, args.interval]) {
    // The original names the time span for both.
    if (!isoDuration.test(written)) {
      problems.push(`timespan ${args.timespan} is not a valid ISO8601 duration, bad format string`)
    }
  }
  return problems
}

export const declaration = declare({
  name: 'prometheus.exporter.azure',
  stability: 'generally-available',
  summary: 'Collects metrics from Azure Monitor.',
  accepts: [],
  emits: ['targets'],
  wraps: 'azure-metrics-exporter',
  requires: 'Credentials of Azure in the environment, with the role Monitoring Reader.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
