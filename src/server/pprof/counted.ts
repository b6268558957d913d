// Profiles of what Node has in place of goroutines and contention.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getActiveResourcesInfo, memoryUsage, uptime, version } from 'node:process'
import { setTimeout as passed } from 'node:timers/promises'
import type { StackProfile, StackSample } from './profile.ts'
import type { Window } from './sampled.ts'

/** What keeps the process busy: timers, sockets, requests under way. One stack for each kind. */
export function activityProfile(resources: readonly string[] = getActiveResourcesInfo()) {
  const counts = new Map<string, number>()
  for (const kind of resources) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const samples = [...counts].map(([name, count]) => sample(name, [count]))
  return {
    name: 'goroutine',
    types: [{ type: 'goroutine', unit: 'count' }],
    sampling: { type: 'goroutine', unit: 'count', period: 1 },
    startMs: Date.now(),
    durationMs: 0,
    samples,
  } satisfies StackProfile
}

/** For people: what keeps the process busy, and how it is. */
export function activitySummary(): string {
  const { utilization } = performance.eventLoopUtilization()
  const memory = Object.entries(memoryUsage()).map(([part, bytes]) => `  ${part} ${bytes}\n`)
  const busy = activityProfile().samples.map(({ frames, values }) => {
    return `  ${frames[0]?.name} ${values[0]}\n`
  })
  return (
    `uptime ${Math.round(uptime())} s, node ${version}\n` +
    `event loop busy ${(utilization * 100).toFixed(1)} % of the time since the start\n` +
    `memory in bytes:\n${memory.join('')}active resources:\n${busy.join('')}`
  )
}

/** How often the delay of the event loop is measured. */
const resolutionMs = 10

/** Upper bounds of the classes of delays, in ms. */
const bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, Number.POSITIVE_INFINITY] as const

/** How late the event loop was within the window. One stack for each class of delays. */
export async function blockProfile({ durationMs, signal }: Window): Promise<StackProfile> {
  const startMs = Date.now()
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  try {
    await passed(durationMs, undefined, { signal })
  } finally {
    histogram.disable()
  }
  const { count, percentiles } = histogram
  return contention('block', delaySamples(count, percentiles), startMs, durationMs)
}

/** There are no locks to wait for. */
export function mutexProfile(durationMs = 0): StackProfile {
  return contention('mutex', [], Date.now(), durationMs)
}

function contention(
  name: string,
  samples: readonly StackSample[],
  startMs: number,
  durationMs: number,
): StackProfile {
  const types = [
    { type: 'contentions', unit: 'count' },
    { type: 'delay', unit: 'nanoseconds' },
  ]
  const sampling = { type: 'contentions', unit: 'count', period: 1 }
  return { name, types, sampling, startMs, durationMs, samples }
}

/**
 * @param percentiles of delays in ns, the time between two measurements included.
 */
export function delaySamples(
  count: number,
  percentiles: ReadonlyMap<number, number>,
): StackSample[] {
  const classes = bounds.map((upToMs) => ({ upToMs, count: 0, ns: 0 }))
  let before = 0
  for (const [percentile, value] of [...percentiles].sort(([a], [b]) => a - b)) {
    const upTo = Math.round((percentile / 100) * count)
    const ns = Math.max(0, value - resolutionMs * 1e6)
    const found = classes.find(({ upToMs }) => ns <= upToMs * 1e6)
    if (found !== undefined) {
      found.count += upTo - before
      found.ns += (upTo - before) * ns
    }
    before = upTo
  }
  // What is less late than the first bound was not held up.
  return classes
    .slice(1)
    .filter((each) => each.count > 0)
    .map((each) => {
      const name =
        each.upToMs === Number.POSITIVE_INFINITY
          ? 'event loop held for more than 1000 ms'
          : `event loop held for up to ${each.upToMs} ms`
      return sample(name, [each.count, Math.round(each.ns)])
    })
}

function sample(name: string, values: readonly number[]): StackSample {
  return { frames: [{ name, file: '', line: 0 }], values }
}
