// Metrics that every component which forwards metrics declares; the engine's fan-out fills them.

import { counter, histogram } from './declaration.ts'

export const fanoutMetrics = {
  fanoutLatency: histogram(
    'prometheus_fanout_latency',
    'Seconds from offering a batch to its receivers until all have answered.',
    [],
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  ),
  forwardedSamples: counter('prometheus_forwarded_samples_total', 'Samples sent to receivers.'),
}
