// What has gone from one component to another, in upstream's words for it.

export type FlowType =
  | 'target'
  | 'prometheus_metric'
  | 'loki_log'
  | 'otel_metric'
  | 'otel_log'
  | 'otel_trace'

/** What a component has sent since it was opened. Counts only grow; rates are their differences. */
export interface Flow {
  readonly type: FlowType
  /** Global id of the component that took it; absent where it went to whoever refers to it. */
  readonly to?: string
  /** Samples, histograms, exemplars and metadata; of targets, those of all publications. */
  readonly count: number
  /** Of targets: how many there are. */
  readonly present?: number
}
