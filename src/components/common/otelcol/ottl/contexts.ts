// What OTTL paths may name in each context.
// Source of the behaviour: opentelemetry-collector-contrib/pkg/ottl/contexts.

/** True where anything may follow. */
export type Paths = true | { readonly [segment: string]: Paths }

export type Context = 'resource' | 'scope' | 'span' | 'spanevent' | 'metric' | 'datapoint' | 'log'

const id: Paths = { string: true }

const buckets: Paths = { offset: true, bucket_counts: true }

export const contexts: { readonly [context in Context]: { readonly [segment: string]: Paths } } = {
  resource: {
    attributes: true,
    cache: true,
    dropped_attributes_count: true,
    schema_url: true,
  },
  scope: {
    attributes: true,
    cache: true,
    dropped_attributes_count: true,
    name: true,
    schema_url: true,
    version: true,
  },
  span: {
    attributes: true,
    cache: true,
    dropped_attributes_count: true,
    dropped_events_count: true,
    dropped_links_count: true,
    end_time: true,
    end_time_unix_nano: true,
    events: true,
    flags: true,
    kind: { string: true, deprecated_string: true },
    links: true,
    name: true,
    parent_span_id: id,
    span_id: id,
    start_time: true,
    start_time_unix_nano: true,
    status: { code: true, message: true },
    trace_id: id,
    trace_state: true,
  },
  spanevent: {
    attributes: true,
    cache: true,
    dropped_attributes_count: true,
    event_index: true,
    name: true,
    time: true,
    time_unix_nano: true,
  },
  metric: {
    aggregation_temporality: true,
    cache: true,
    data_points: true,
    description: true,
    is_monotonic: true,
    metadata: true,
    name: true,
    type: true,
    unit: true,
  },
  datapoint: {
    attributes: true,
    bucket_counts: true,
    cache: true,
    count: true,
    exemplars: true,
    explicit_bounds: true,
    flags: true,
    max: true,
    min: true,
    negative: buckets,
    positive: buckets,
    quantile_values: true,
    scale: true,
    start_time: true,
    start_time_unix_nano: true,
    sum: true,
    time: true,
    time_unix_nano: true,
    value_double: true,
    value_int: true,
    zero_count: true,
    zero_threshold: true,
  },
  log: {
    attributes: true,
    body: true,
    cache: true,
    dropped_attributes_count: true,
    event_name: true,
    flags: true,
    observed_time: true,
    observed_time_unix_nano: true,
    severity_number: true,
    severity_text: true,
    span_id: id,
    time: true,
    time_unix_nano: true,
    trace_id: id,
    trace_state: true,
  },
}

/** What paths may begin with instead, by the context that they are in. */
const around: { readonly [context in Context]: readonly string[] } = {
  resource: [],
  scope: ['instrumentation_scope', 'resource'],
  span: ['scope', 'instrumentation_scope', 'resource'],
  spanevent: ['span', 'scope', 'instrumentation_scope', 'resource'],
  metric: ['scope', 'instrumentation_scope', 'resource'],
  datapoint: ['metric', 'scope', 'instrumentation_scope', 'resource'],
  log: ['scope', 'instrumentation_scope', 'resource'],
}

/** Whether `name` may stand in front of a path in `context`. */
export function isPrefix(name: string, context: Context): boolean {
  return name === context || name === 'otelcol' || around[context].includes(name)
}

/** What may follow `prefix`. */
export function pathsOf(prefix: string): Paths {
  if (prefix === 'instrumentation_scope') return contexts.scope
  return isContext(prefix) ? contexts[prefix] : true
}

export function isContext(name: string): name is Context {
  return Object.hasOwn(contexts, name)
}

export const traceContexts: readonly Context[] = ['resource', 'scope', 'span', 'spanevent']

export const metricContexts: readonly Context[] = ['resource', 'scope', 'metric', 'datapoint']

export const logContexts: readonly Context[] = ['resource', 'scope', 'log']
