// Bounds of the histograms of latency that connectors make of spans.

/** Durations, from the least to the greatest. */
export const latencyBuckets = [
  '2ms',
  '4ms',
  '6ms',
  '8ms',
  '10ms',
  '50ms',
  '100ms',
  '200ms',
  '400ms',
  '800ms',
  '1s',
  '1.4s',
  '2s',
  '5s',
  '10s',
  '15s',
]
