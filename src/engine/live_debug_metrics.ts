// How much is watched, and how much of it is missed.

import type { LiveDebug } from './live_debug.ts'
import type { MetricGroup, MetricSpec } from './metrics.ts'

const viewers: MetricSpec = {
  kind: 'gauge',
  name: 'alloyts_live_debugging_viewers',
  help: 'Who watches what flows through components.',
  labels: [],
}
const missedRecords: MetricSpec = {
  kind: 'counter',
  name: 'alloyts_live_debugging_missed_records_total',
  help: 'Records that were not shown to those who watch, for lack of time, or of room for them.',
  labels: [],
}

export function addLiveDebugMetrics(liveDebug: LiveDebug, group: MetricGroup): void {
  group.computed(viewers, () => [{ labels: {}, value: liveDebug.viewerCount }])
  group.computed(missedRecords, () => [{ labels: {}, value: liveDebug.missedRecords }])
}
