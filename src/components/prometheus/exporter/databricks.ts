// prometheus.exporter.databricks: collects metrics of jobs, queries and cost from Databricks.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, secret, string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema({
  server_hostname: required(string, 'Host name of the workspace.'),
  warehouse_http_path: required(string, 'HTTP path of the SQL warehouse that runs the queries.'),
  client_id: required(string, 'Client ID of the service principal to log in as.'),
  client_secret: required(secret, 'Secret of the service principal.'),
  query_timeout: optional(duration, '5m', 'Time that each query may take.'),
  billing_lookback: optional(duration, '24h', 'How far back billing data is read.'),
  jobs_lookback: optional(duration, '3h', 'How far back runs of jobs are read.'),
  pipelines_lookback: optional(duration, '3h', 'How far back runs of pipelines are read.'),
  queries_lookback: optional(duration, '2h', 'How far back queries are read.'),
  sla_threshold_seconds: optional(int, 3600, 'Seconds from which a job run counts as too slow.'),
  collect_task_retries: optional(
    bool,
    false,
    'Whether retries of tasks are exported, which makes many series.',
  ),
})

export const declaration = declare({
  name: 'prometheus.exporter.databricks',
  stability: 'generally-available',
  summary: 'Collects metrics of jobs, queries and cost from Databricks.',
  accepts: [],
  emits: ['targets'],
  wraps: 'databricks-prometheus-exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
