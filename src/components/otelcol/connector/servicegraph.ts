// otelcol.connector.servicegraph: makes metrics of the calls from service to service.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, int32, string } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  emptyNotNil,
  optional,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { latencyBuckets } from '../../common/otelcol/latency_buckets.ts'

const store = schema({
  max_items: optional(int, 1000, 'Calls that may wait at once; further spans are dropped.'),
  ttl: optional(duration, '2s', 'How long a call waits for its other side.'),
})

const componentArguments = schema(
  {
    latency_histogram_buckets: optional(
      list(duration),
      latencyBuckets,
      'Upper bounds of the buckets of latency.',
    ),
    dimensions: emptyNotNil(
      optional(
        list(string),
        [],
        'Attributes to add as labels, as client_<name> and server_<name>.',
      ),
    ),
    store: defaultedBlock(store, 'Calls of which only one side has been seen.'),
    cache_loop: optional(duration, '1m0s', 'Time from one removal of stale series to the next.'),
    store_expiration_loop: optional(
      duration,
      '2s',
      'Time from one removal of calls that waited too long to the next.',
    ),
    virtual_node_peer_attributes: optional(
      list(string),
      ['peer.service', 'db.name', 'db.system'],
      'Attributes that name a server that sends no spans; the first that is there counts.',
    ),
    virtual_node_extra_label: optional(
      bool,
      false,
      'Whether a label virtual_node says which side sends no spans.',
    ),
    metrics_flush_interval: optional(
      duration,
      '1m0s',
      'Time from one sending of metrics to the next; 0: with each payload.',
    ),
    database_name_attributes: optional(
      list(string),
      ['db.name'],
      'Attributes that name a database; the first that is there counts.',
    ),
    exponential_histogram_max_size: optional(
      int32,
      0,
      'Buckets of an exponential histogram; 0: a histogram with the bounds above.',
    ),
    output: requiredBlock(consumer, 'Where the metrics go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ cache_loop, store_expiration_loop, store }, fail) => {
      if (cache_loop <= 0) fail('cache_loop must be greater than 0', 'cache_loop')
      else if (store_expiration_loop <= 0) {
        fail('store_expiration_loop must be greater than 0', 'store_expiration_loop')
      } else if (store.max_items <= 0) fail('store.max_items must be greater than 0', 'store')
      else if (store.ttl <= 0) fail('store.ttl must be greater than 0', 'store')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.connector.servicegraph',
  stability: 'generally-available',
  summary: 'Makes metrics of the calls from service to service.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Calls and series are in memory; after a restart they begin anew.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the spans to pair.') },
  metrics: {},
})
