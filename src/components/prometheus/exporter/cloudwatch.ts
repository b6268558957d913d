// prometheus.exporter.cloudwatch: collects metrics from AWS CloudWatch.

import { target } from '../../../model/targets.ts'
import { list, map, nullable } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import {
  blocks,
  defaultedBlock,
  label,
  optional,
  required,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const role = schema({
  role_arn: required(string, 'ARN of the role to take.'),
  external_id: optional(string, '', 'External ID that the role asks for.'),
})

const metric = schema({
  name: required(string, 'Name of the metric in CloudWatch.'),
  statistics: required(list(string), 'Statistics to export: Average, Sum, Maximum, p99 and so on.'),
  period: optional(duration, '0s', 'Length of a data point; 0: that of the job.'),
  length: optional(duration, '0s', 'How far back data points are asked for; 0: that of the job.'),
  nil_to_zero: optional(nullable(bool), undefined, 'Whether missing data points count as zero.'),
  add_cloudwatch_timestamp: optional(
    nullable(bool),
    undefined,
    'Whether samples carry the time of CloudWatch.',
  ),
})

const discoveryJob = schema({
  regions: required(list(string), 'AWS regions to collect from.'),
  role: blocks(role, 'Role to take in another account, where not the default credentials.'),
  custom_tags: optional(map(string), {}, 'Labels to add to every metric of the job.'),
  search_tags: optional(
    map(string),
    {},
    'Tags that resources must have, with patterns of their values.',
  ),
  type: required(string, 'Service whose resources are found, as AWS/EC2 or by its short name.'),
  dimension_name_requirements: optional(
    list(string),
    [],
    'Dimensions that a metric must have, and no others; empty: any.',
  ),
  recently_active_only: optional(
    bool,
    false,
    'Whether metrics without data in the last three hours are left out.',
  ),
  metric: blocks(metric, 'Metric to export.', { required: true }),
  period: optional(duration, '0s', 'Length of a data point; 0: five minutes.'),
  length: optional(duration, '0s', 'How far back data points are asked for; 0: one period.'),
  delay: optional(
    duration,
    '0s',
    'Time by which requests look further back, for data that comes late.',
  ),
  add_cloudwatch_timestamp: optional(
    nullable(bool),
    undefined,
    'Whether samples carry the time of CloudWatch.',
  ),
  nil_to_zero: optional(nullable(bool), undefined, 'Whether missing data points count as zero.'),
})

const staticJob = schema({
  label: label('Name of the job, which its metrics have as label `name`.'),
  regions: required(list(string), 'AWS regions to collect from.'),
  role: blocks(role, 'Role to take in another account, where not the default credentials.'),
  custom_tags: optional(map(string), {}, 'Labels to add to every metric of the job.'),
  namespace: required(string, 'Namespace of the metrics, such as AWS/EC2.'),
  dimensions: required(map(string), 'Dimensions by name, which together name one resource.'),
  metric: blocks(metric, 'Metric to export.', { required: true }),
  period: optional(duration, '0s', 'Length of a data point; 0: five minutes.'),
  length: optional(duration, '0s', 'How far back data points are asked for; 0: one period.'),
  delay: optional(
    duration,
    '0s',
    'Time by which requests look further back, for data that comes late.',
  ),
  nil_to_zero: optional(nullable(bool), undefined, 'Whether missing data points count as zero.'),
})

const customNamespaceJob = schema({
  regions: required(list(string), 'AWS regions to collect from.'),
  role: blocks(role, 'Role to take in another account, where not the default credentials.'),
  label: label('Name of the job, which its metrics have as label `name`.'),
  custom_tags: optional(map(string), {}, 'Labels to add to every metric of the job.'),
  dimension_name_requirements: optional(
    list(string),
    [],
    'Dimensions that a metric must have, and no others; empty: any.',
  ),
  namespace: required(string, 'Namespace that an application publishes its metrics under.'),
  recently_active_only: optional(
    bool,
    false,
    'Whether metrics without data in the last three hours are left out.',
  ),
  metric: blocks(metric, 'Metric to export.', { required: true }),
  delay: optional(
    duration,
    '0s',
    'Time by which requests look further back, for data that comes late.',
  ),
  period: optional(duration, '0s', 'Length of a data point; 0: five minutes.'),
  length: optional(duration, '0s', 'How far back data points are asked for; 0: one period.'),
  add_cloudwatch_timestamp: optional(
    nullable(bool),
    undefined,
    'Whether samples carry the time of CloudWatch.',
  ),
  nil_to_zero: optional(nullable(bool), undefined, 'Whether missing data points count as zero.'),
})

const decoupledScraping = schema(
  {
    enabled: optional(
      bool,
      false,
      'Whether a timer asks AWS, so that scrapes get what it found last.',
    ),
    scrape_interval: optional(duration, '5m', 'Time from one round of requests to the next.'),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema({
  sts_region: required(string, 'Region in which roles are taken.'),
  fips_disabled: optional(bool, true, 'Whether requests avoid the FIPS endpoints of AWS.'),
  discovery_exported_tags: optional(
    map(list(string)),
    {},
    'By service, tags of its resources that become labels of its metrics.',
  ),
  discovery: blocks(discoveryJob, 'Job for the resources of a service, found by their tags.'),
  static: blocks(staticJob, 'Job for one resource whose dimensions are known.'),
  custom_namespace: blocks(
    customNamespaceJob,
    'Job for metrics that applications publish themselves.',
  ),
  decoupled_scraping: defaultedBlock(
    decoupledScraping,
    'Requests to AWS on a timer rather than at each scrape.',
  ),
  labels_snake_case: optional(
    bool,
    false,
    'Whether labels made from tags and dimensions are in snake_case.',
  ),
  aws_sdk_version_v2: optional(
    bool,
    true,
    'Whether version 2 of the AWS library makes the requests.',
  ),
  debug: optional(bool, false, 'Whether the exporter logs what it asks for.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.cloudwatch',
  stability: 'generally-available',
  summary: 'Collects metrics from AWS CloudWatch.',
  accepts: [],
  emits: ['targets'],
  wraps: 'yet-another-cloudwatch-exporter',
  requires: 'Credentials of AWS in the environment, allowed to list tags and to read metrics.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
