// The metrics of prometheus.scrape.

import { counter, gauge, histogram, summary } from '../../schema/declaration.ts'
import { fanoutMetrics } from '../../schema/fanout_metrics.ts'

const perJob = ['scrape_job'] as const
const quantiles = [0.01, 0.05, 0.5, 0.9, 0.99]
const lengths = [0.01, 0.1, 1, 10]

export const metrics = {
  targets: gauge('prometheus_scrape_targets_gauge', 'Targets that the component scrapes.'),
  targetsMoved: counter(
    'prometheus_scrape_targets_moved_total',
    'Targets that moved from this node of the cluster to another.',
  ),
  ...fanoutMetrics,
  pools: counter('prometheus_target_scrape_pools_total', 'Attempts to create a scrape pool.'),
  poolsFailed: counter(
    'prometheus_target_scrape_pools_failed_total',
    'Attempts to create a scrape pool that failed.',
  ),
  reloadLength: summary(
    'prometheus_target_reload_length_seconds',
    'Seconds that a reload of a scrape pool took.',
    ['interval'],
    quantiles,
  ),
  reloads: counter('prometheus_target_scrape_pool_reloads_total', 'Reloads of scrape pools.'),
  reloadsFailed: counter(
    'prometheus_target_scrape_pool_reloads_failed_total',
    'Reloads of scrape pools that failed.',
  ),
  exceededTargetLimit: counter(
    'prometheus_target_scrape_pool_exceeded_target_limit_total',
    'Times that the targets were more than target_limit.',
  ),
  targetLimit: gauge(
    'prometheus_target_scrape_pool_target_limit',
    'Bound of the targets of the scrape pool.',
    perJob,
  ),
  poolTargets: gauge(
    'prometheus_target_scrape_pool_targets',
    'Targets of the scrape pool.',
    perJob,
  ),
  symbols: gauge(
    'prometheus_target_scrape_pool_symboltable_items',
    'Distinct label texts that the scrape pool holds.',
    perJob,
  ),
  syncs: counter(
    'prometheus_target_scrape_pool_sync_total',
    'Times that the targets of the scrape pool were brought up to date.',
    perJob,
  ),
  exceededLabelLimits: counter(
    'prometheus_target_scrape_pool_exceeded_label_limits_total',
    'Times that a sample or target exceeded one of the label limits.',
  ),
  syncLength: summary(
    'prometheus_target_sync_length_seconds',
    'Seconds that bringing the targets up to date took.',
    perJob,
    quantiles,
  ),
  syncLengthHistogram: histogram(
    'prometheus_target_sync_length_histogram_seconds',
    'Seconds that bringing the targets up to date took.',
    perJob,
    lengths,
  ),
  syncFailed: counter(
    'prometheus_target_sync_failed_total',
    'Targets that could not be taken over.',
    perJob,
  ),
  exceededBodySizeLimit: counter(
    'prometheus_target_scrapes_exceeded_body_size_limit_total',
    'Scrapes whose body was longer than body_size_limit.',
  ),
  cacheFlushForced: counter(
    'prometheus_target_scrapes_cache_flush_forced_total',
    'Times that a scrape cache was emptied because it grew while scrapes failed.',
  ),
  exceededSampleLimit: counter(
    'prometheus_target_scrapes_exceeded_sample_limit_total',
    'Scrapes with more samples than sample_limit.',
  ),
  duplicateTimestamps: counter(
    'prometheus_target_scrapes_sample_duplicate_timestamp_total',
    'Samples refused because another value has the same time.',
  ),
  outOfOrder: counter(
    'prometheus_target_scrapes_sample_out_of_order_total',
    'Samples refused because they are older than the last one.',
  ),
  outOfBounds: counter(
    'prometheus_target_scrapes_sample_out_of_bounds_total',
    'Samples refused because their time is too far away.',
  ),
  exceededBucketLimit: counter(
    'prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total',
    'Scrapes with a native histogram of too many buckets.',
  ),
  exemplarsOutOfOrder: counter(
    'prometheus_target_scrapes_exemplar_out_of_order_total',
    'Exemplars refused because they are older than the last one.',
  ),
  intervalLength: summary(
    'prometheus_target_interval_length_seconds',
    'Seconds between the scrapes of a target.',
    ['interval'],
    quantiles,
  ),
  intervalLengthHistogram: histogram(
    'prometheus_target_interval_length_histogram_seconds',
    'Seconds between the scrapes of a target.',
    ['interval'],
    lengths,
  ),
  scrapeDuration: histogram(
    'prometheus_target_scrape_duration_seconds',
    'Seconds from the start of a scrape until its samples are owned.',
    [],
    [],
  ),
  dropped: counter(
    'alloy_prometheus_scrape_dropped_samples_total',
    'Samples that a receiver had not taken when the next scrape was due.',
    ['reason'],
  ),
  metadataEntries: gauge(
    'prometheus_target_metadata_cache_entries',
    'Metric families whose metadata is held.',
    perJob,
  ),
  metadataBytes: gauge(
    'prometheus_target_metadata_cache_bytes',
    'Bytes of the metadata that is held.',
    perJob,
  ),
}
