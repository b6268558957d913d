// prometheus.exporter.gcp: collects metrics from Google Cloud Monitoring.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { type ArgumentsOf, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema(
  {
    project_ids: required(list(string), 'Projects to collect from.'),
    metrics_prefixes: required(list(string), 'Prefixes of the metric types to export.'),
    extra_filters: optional(
      list(string),
      [],
      'Filters on series, as metric type prefix:filter expression.',
    ),
    request_interval: optional(duration, '5m', 'Time that each request covers.'),
    request_offset: optional(
      duration,
      '0s',
      'Time by which requests look further back, for data that comes late.',
    ),
    ingest_delay: optional(
      bool,
      false,
      'Whether the ingestion delay of a metric is added to that.',
    ),
    drop_delegated_projects: optional(
      bool,
      false,
      'Whether only metrics of the named projects are kept, not those of projects they watch.',
    ),
    gcp_client_timeout: optional(duration, '15s', 'Time that each request may take.'),
  },
  {
    check: (args, fail) => {
      const problems = [...missing(args), ...filterProblems(args)]
      const [first, ...others] = problems
      if (first === undefined) return
      fail(others.length === 0 ? first : `${problems.length} errors: ${problems.join('; ')}`)
    },
  },
)

type GcpArguments = ArgumentsOf<typeof componentArguments>

function missing({ project_ids, metrics_prefixes }: GcpArguments): string[] {
  return [
    ...(project_ids.length === 0 ? ['no project_ids defined'] : []),
    ...(metrics_prefixes.length === 0 ? ['at least 1 metrics_prefixes is required'] : []),
  ]
}

/** A filter works on the metrics whose prefix starts with what stands before its first colon. */
function filterProblems({ extra_filters, metrics_prefixes }: GcpArguments): string[] {
  const byPrefix = new Map<string, string[]>()
  const problems: string[] = []
  for (const filter of extra_filters) {
    const colon = filter.indexOf(':')
    if (colon < 0) {
      problems.push(
        `${filter} is an invalid filter a filter must be of the form ` +
          '<metric_type>:<filter_expression>',
      )
      continue
    }
    const prefix = filter.slice(0, colon)
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), filter])
  }
  for (const [prefix, filters] of byPrefix) {
    if (metrics_prefixes.some((metric) => metric.startsWith(prefix))) continue
    problems.push(
      `no metric_prefixes started with ${prefix} which means the extra_filters ` +
        `${filters.join(',')} will not have any effect`,
    )
  }
  return problems
}

export const declaration = declare({
  name: 'prometheus.exporter.gcp',
  stability: 'generally-available',
  summary: 'Collects metrics from Google Cloud Monitoring.',
  accepts: [],
  emits: ['targets'],
  wraps: 'stackdriver_exporter',
  requires: 'Application default credentials of Google Cloud, with the role Monitoring Viewer.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
