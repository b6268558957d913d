// prometheus.relabel: rewrites the labels of metrics and forwards them.
// Source of the behaviour: alloy/internal/component/prometheus/relabel/relabel.go.

import { metricsReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { counter, declare, exported, gauge } from '../../schema/declaration.ts'
import { fanoutMetrics } from '../../schema/fanout_metrics.ts'
import { int } from '../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { relabelRule, relabelRules } from '../common/relabel.ts'

const minuteMs = 60_000

export const declaration = declare({
  name: 'prometheus.relabel',
  stability: 'generally-available',
  summary: 'Rewrites the labels of metrics and forwards them.',
  accepts: ['prometheus metrics'],
  emits: ['prometheus metrics'],
  wraps: 'Prometheus',
  delivery: 'Holds nothing: the answer of the receivers is the answer to the sender.',
  arguments: schema(
    {
      forward_to: required(list(metricsReceiver), 'Receivers of the relabeled metrics.'),
      rule: blocks(relabelRule, 'Rules, applied in order.'),
      max_cache_size: optional(int, 100_000, 'Most series whose outcome is remembered.'),
      cache_ttl: optional(duration, '0s', 'Idle time that forgets a series instead; 0s: off.'),
    },
    {
      check: ({ max_cache_size, cache_ttl }, fail) => {
        const ttl = duration.encode(cache_ttl)
        if (max_cache_size < 0) {
          const size = BigInt(max_cache_size)
          return fail(`max_cache_size must be >= 0; got ${size}`, 'max_cache_size')
        }
        if (cache_ttl < 0) return fail(`cache_ttl must be >= 0; got ${ttl}`, 'cache_ttl')
        if (cache_ttl > 0 && cache_ttl < minuteMs) {
          return fail(`cache_ttl must be at least 1m0s; got ${ttl}`, 'cache_ttl')
        }
        if (max_cache_size > 0 && cache_ttl > 0) {
          return fail('max_cache_size and cache_ttl are mutually exclusive')
        }
        if (max_cache_size === 0 && cache_ttl === 0) {
          fail('one of max_cache_size or cache_ttl must be set')
        }
      },
    },
  ),
  exports: {
    receiver: exported(metricsReceiver, 'Receiver of the metrics to relabel.'),
    rules: exported(relabelRules, 'The rules, for other components.'),
  },
  metrics: {
    ...fanoutMetrics,
    processed: counter('alloy_prometheus_relabel_metrics_processed', 'Samples that came in.'),
    written: counter('alloy_prometheus_relabel_metrics_written', 'Samples that were kept.'),
    cacheHits: counter('alloy_prometheus_relabel_cache_hits', 'Samples of remembered series.'),
    cacheMisses: counter('alloy_prometheus_relabel_cache_misses', 'Samples of other series.'),
    cacheSize: gauge('alloy_prometheus_relabel_cache_size', 'Series that are remembered.'),
    cacheDeletes: counter('alloy_prometheus_relabel_cache_deletes', 'Series that were forgotten.'),
    cacheTtlEvictions: counter(
      'alloy_prometheus_relabel_cache_ttl_evictions',
      'Series that were forgotten because they were idle.',
    ),
  },
  load: () => import('./relabel/run.ts'),
})
