// The three families of the Go runtime that dashboards for Alloy ask for, with what comes nearest
// in Node.js. Their help says so.

import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import type { MetricGroup, MetricSpec } from './metrics.ts'

const goroutines: MetricSpec = {
  kind: 'gauge',
  name: 'go_goroutines',
  help: 'Resources that keep the event loop alive, in place of goroutines.',
  labels: [],
}
const heapInUse: MetricSpec = {
  kind: 'gauge',
  name: 'go_memstats_heap_inuse_bytes',
  help: "Memory of the garbage collector's heap that is used, in place of the Go heap.",
  labels: [],
}
const pauses: MetricSpec = {
  kind: 'summary',
  name: 'go_gc_duration_seconds',
  help: 'Seconds that V8 has spent in major collections of garbage, in place of those of Go.',
  labels: [],
  bounds: [0, 0.25, 0.5, 0.75, 1],
}

/** The function returned ends the observation of the garbage collector. */
export function addGoRuntime(group: MetricGroup): () => void {
  const resources = group.gauge(goroutines)
  const heap = group.gauge(heapInUse)
  const observed = group.observer(pauses)
  group.onCollect(() => {
    resources.set(process.getActiveResourcesInfo().length)
    heap.set(process.memoryUsage().heapUsed)
  })
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (isMajor((entry as GcEntry).detail)) observed.observe(entry.duration / 1000)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  return () => observer.disconnect()
}

interface GcEntry extends PerformanceEntry {
  readonly detail?: { readonly kind: number }
}

/** Minor ones come several times a second and have no like in Go. */
function isMajor(detail: GcEntry['detail']): boolean {
  return detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR
}
