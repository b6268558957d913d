// The dashboard and the alerts that we ship, and those of the Alloy mixin, against a real Prometheus
// that holds what a running alloyts tells of itself.

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Alloyts, startAlloyts } from './support/alloyts.ts'
import { eventually } from './support/process.ts'
import { type Prometheus, startPrometheus } from './support/prometheus.ts'

const folder = fileURLToPath(new URL('../../docs/monitoring/', import.meta.url))

const config = (writeUrl: string) => `
  prometheus.exporter.self "own" { }

  prometheus.scrape "own" {
    targets         = prometheus.exporter.self.own.targets
    scrape_interval = "1s"
    scrape_timeout  = "900ms"
    forward_to      = [prometheus.relabel.site.receiver]
  }

  prometheus.relabel "site" {
    forward_to = [prometheus.remote_write.out.receiver]

    rule {
      target_label = "site"
      replacement  = "lab"
    }
  }

  prometheus.remote_write "out" {
    endpoint {
      url = "${writeUrl}"

      queue_config {
        batch_send_deadline = "200ms"
      }
    }
  }
`

/** Series that are not there while all goes well. */
const onlyInTrouble = new Set([
  'alloy_component_evaluation_slow_seconds',
  'alloy_component_controller_running_components{health_type!="healthy"}',
])

/** What the mixin asks of components that run here, and of the program. */
const mixin = [
  'alloy_build_info',
  'alloy_component_controller_evaluating',
  'alloy_component_controller_running_components{controller_path!="",health_type="healthy"}',
  'alloy_component_dependencies_wait_seconds_bucket{controller_path!=""}',
  'alloy_component_dependencies_wait_seconds_count',
  'alloy_component_evaluation_queue_size',
  'alloy_component_evaluation_seconds_bucket{controller_path!=""}',
  'alloy_component_evaluation_seconds_sum',
  'alloy_component_graph_connection{from!="",to!=""}',
  'alloy_config_hash{sha256!=""}',
  'alloy_config_last_load_success_timestamp_seconds',
  'alloy_config_last_load_successful',
  'alloy_config_load_failures_total',
  'alloy_resources_machine_rx_bytes_total',
  'alloy_resources_machine_tx_bytes_total',
  'alloy_resources_process_cpu_seconds_total',
  'alloy_resources_process_resident_memory_bytes',
  'alloy_resources_process_start_time_seconds',
  'alloy_resources_process_virtual_memory_bytes',
  'go_gc_duration_seconds_count',
  'go_goroutines',
  'go_memstats_heap_inuse_bytes',
  'prometheus_fanout_latency_count{component_id="prometheus.scrape.own"}',
  'prometheus_forwarded_samples_total{component_id="prometheus.scrape.own"}',
  'prometheus_remote_storage_bytes_total{remote_name!="",url!=""}',
  'prometheus_remote_storage_highest_timestamp_in_seconds{component_id!=""}',
  'prometheus_remote_storage_metadata_bytes_total{remote_name!="",url!=""}',
  'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{remote_name!="",url!=""}',
  'prometheus_remote_storage_samples_failed_total{remote_name!="",url!=""}',
  'prometheus_remote_storage_samples_retried_total{remote_name!="",url!=""}',
  'prometheus_remote_storage_samples_total{remote_name!="",url!=""}',
  'prometheus_remote_storage_sent_batch_duration_seconds_bucket{remote_name!="",url!=""}',
  'prometheus_remote_storage_sent_batch_duration_seconds_count',
  'prometheus_remote_storage_sent_batch_duration_seconds_sum',
  'prometheus_remote_storage_shards{remote_name!="",url!=""}',
  'prometheus_remote_storage_shards_max{remote_name!="",url!=""}',
  'prometheus_remote_storage_shards_min{remote_name!="",url!=""}',
  'prometheus_remote_write_wal_samples_appended_total{component_id!="",component_path="/"}',
  'prometheus_remote_write_wal_storage_active_series{component_id!="",component_path="/"}',
  'prometheus_scrape_targets_gauge',
  'prometheus_scrape_targets_moved_total',
  'scrape_duration_seconds',
  'up',
]

/** Against the rules for names, but upstream's, or (nodejs) those of everything that uses prom-client. */
const unusualNames = new Set([
  'alloy_labelstore_global_ids_count',
  'alloy_labelstore_remote_store_ids_count',
  'alloy_prometheus_relabel_cache_deletes',
  'alloy_prometheus_relabel_cache_hits',
  'alloy_prometheus_relabel_cache_misses',
  'alloy_prometheus_relabel_cache_ttl_evictions',
  'alloy_prometheus_relabel_metrics_processed',
  'alloy_prometheus_relabel_metrics_written',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
  'prometheus_scrape_targets_gauge',
  'prometheus_target_interval_length_histogram_seconds',
  'prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total',
  'prometheus_target_sync_length_histogram_seconds',
])

/** Each metric of an expression with its matchers; variables of a dashboard match anything. */
function selectorsOf(expression: string): readonly string[] {
  const metric = /\b(?:alloy|alloyts|go|nodejs|prometheus)_\w+(?:\{[^}]*\})?|\bup\{[^}]*\}/g
  const found = expression.replace(/\$(?!__)\w+/g, '.*').match(metric) ?? []
  return found.map((selector) => selector.replace(/, /g, ','))
}

function dashboardExpressions(): readonly string[] {
  const { panels, templating } = JSON.parse(readFileSync(`${folder}dashboard.json`, 'utf8'))
  const queries: string[] = templating.list
    .map(({ query }: { query: string | { query: string } }) => {
      return typeof query === 'string' ? '' : query.query
    })
    .filter((query: string) => query !== '')
  const targets = panels.flatMap((panel: { targets?: { expr: string }[] }) => panel.targets ?? [])
  return [...queries, ...targets.map(({ expr }: { expr: string }) => expr)]
}

function alertExpressions(): readonly string[] {
  const text = readFileSync(`${folder}alerts.yaml`, 'utf8')
  return text
    .split(/^ *- alert: /m)
    .slice(1)
    .map((rule) => {
      const [, expression = ''] = /expr: ((?:.|\n)*?)\n {8}(?:for|labels):/.exec(rule) ?? []
      return expression
    })
}

async function monitored(): Promise<{ prometheus: Prometheus; alloyts: Alloyts }> {
  const prometheus = await startPrometheus()
  const alloyts = await startAlloyts(config(prometheus.writeUrl))
  await eventually('own metrics of a second scrape', async () => {
    const [sent] = await prometheus.query('prometheus_remote_storage_samples_total > 100')
    return sent !== undefined
  })
  return { prometheus, alloyts }
}

/** Those of the selectors that no series matches. */
async function unmatched(
  prometheus: Prometheus,
  selectors: readonly string[],
): Promise<readonly string[]> {
  const missing: string[] = []
  for (const selector of new Set(selectors)) {
    const [series] = await prometheus.query(`count(${selector})`)
    if (series === undefined) missing.push(selector)
  }
  return missing
}

describe('monitoring', () => {
  it('has every series that our dashboard, our alerts and the mixin ask for', async () => {
    const { prometheus } = await monitored()
    const expressions = [...dashboardExpressions(), ...alertExpressions()]
    const ours = expressions.flatMap(selectorsOf)
    expect(expressions.filter((expression) => selectorsOf(expression).length === 0)).toEqual([])
    expect(ours.length).toBeGreaterThan(50)
    const troubles = (selector: string) => {
      const plain = selector.replace('job=~".*",instance=~".*",', '')
      return onlyInTrouble.has(plain)
    }
    const asked = [...ours.filter((selector) => !troubles(selector)), ...mixin]
    await eventually('every series', async () => {
      const missing = await unmatched(prometheus, asked)
      if (missing.length > 0) throw new Error(`nothing matches ${missing.join('\n')}`)
      return true
    })
    // Those after the two lists of values; promtool reads the alerts.
    for (const expression of dashboardExpressions().slice(2)) {
      await prometheus.query(
        expression.replaceAll('$__rate_interval', '1m').replace(/\$\w+/g, '.*'),
      )
    }
  })

  it('has a page without a fault, and rules without one', async () => {
    const { alloyts } = await monitored()
    const rules = ['check', 'rules', `${folder}alerts.yaml`]
    expect(execFileSync('promtool', rules, { encoding: 'utf8' })).toContain('SUCCESS')
    const page = await alloyts.metrics()
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: page, encoding: 'utf8' })
    const findings = `${checked.stdout}${checked.stderr}`.trim().split('\n').filter(Boolean)
    expect(findings.filter((finding) => !unusualNames.has(finding.split(' ')[0] ?? ''))).toEqual([])
  })
})
