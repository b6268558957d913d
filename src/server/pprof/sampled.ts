// Profiles that V8 samples: where time goes, and who allocates.

import type { HeapProfiler, Profiler, Runtime } from 'node:inspector'
import { Session } from 'node:inspector/promises'
import { memoryUsage } from 'node:process'
import { setTimeout as passed } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Frame, StackProfile, StackSample } from './profile.ts'

/** Go's rate of 100 a second: at V8's own of 1000 a long profile's end would hold the loop. */
const cpuIntervalMicros = 10_000

/** Go's is 512 KiB; garbage collected memory is allocated in smaller pieces. */
const heapIntervalBytes = 64 * 1024

export interface Window {
  readonly durationMs: number
  /** Ends the sampling early, and the promise rejects with its reason. */
  readonly signal: AbortSignal
}

/** Someone samples already. */
export class Busy extends Error {}

/**
 * Where the time of the event loop's thread goes. `wall` includes what it waits.
 *
 * Rejects with `Busy` while another one is made with the same profiler.
 */
export class CpuProfiler {
  #isBusy = false

  async sample(kind: 'cpu' | 'wall', { durationMs, signal }: Window): Promise<StackProfile> {
    if (this.#isBusy) throw new Busy()
    this.#isBusy = true
    const session = new Session()
    session.connect()
    try {
      const startMs = Date.now()
      await session.post('Profiler.enable')
      await session.post('Profiler.setSamplingInterval', { interval: cpuIntervalMicros })
      await session.post('Profiler.start')
      await passed(durationMs, undefined, { signal })
      const { profile } = await session.post('Profiler.stop')
      return cpuProfile(profile, kind, startMs)
    } finally {
      session.disconnect() // Ends what still runs.
      this.#isBusy = false
    }
  }
}

const idle = '(idle)'
const root = '(root)'

/** Starting to sample takes 20 to 60 ms of processor time itself, which is no finding. */
const profiling = 'node:inspector'

function cpuProfile(raw: Profiler.Profile, kind: 'cpu' | 'wall', startMs: number): StackProfile {
  const { nodes, samples: sampled = [], timeDeltas = [], startTime, endTime } = raw
  const counts = new Map<number, { count: number; micros: number }>()
  for (const [i, id] of sampled.entries()) {
    const total = counts.get(id) ?? { count: 0, micros: 0 }
    counts.set(id, total)
    total.count++
    total.micros += Math.max(0, timeDeltas[i] ?? 0)
  }
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map<number, number>()
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id)
  const samples: StackSample[] = []
  for (const [id, { count, micros }] of counts) {
    const frames: Frame[] = []
    for (let at = byId.get(id); at !== undefined; at = byId.get(parents.get(at.id) ?? -1)) {
      if (at.callFrame.functionName !== root) frames.push(frameOf(at.callFrame))
    }
    if (frames.length === 0 || frames.some(({ file }) => file === profiling)) continue
    if (kind === 'cpu' && frames[0]!.name === idle) continue
    samples.push({ frames, values: [count, micros * 1000] })
  }
  const time = { type: kind === 'cpu' ? 'cpu' : 'time', unit: 'nanoseconds' }
  return {
    name: kind === 'cpu' ? 'profile' : 'fgprof',
    types: [{ type: 'samples', unit: 'count' }, time],
    sampling: { ...time, period: cpuIntervalMicros * 1000 },
    startMs,
    durationMs: (endTime - startTime) / 1000,
    samples,
  }
}

/** V8 has one heap sampler for all who ask: they follow one another. */
let lastHeapSampling: Promise<unknown> = Promise.resolve()

/**
 * What is allocated within the window: all of it, or what is still in use at its end. The latter
 * has two more stacks for what there is besides, so that its sum is what the process uses.
 */
export function heapProfile(kind: 'heap' | 'allocs', window: Window): Promise<StackProfile> {
  const sampled = lastHeapSampling.then(() => sampleHeap(kind, window))
  lastHeapSampling = sampled.catch(() => {})
  return sampled
}

async function sampleHeap(
  kind: 'heap' | 'allocs',
  { durationMs, signal }: Window,
): Promise<StackProfile> {
  signal.throwIfAborted()
  const session = new Session()
  session.connect()
  try {
    const startMs = Date.now()
    const includesFreed = kind === 'allocs'
    await session.post('HeapProfiler.startSampling', {
      samplingInterval: heapIntervalBytes,
      includeObjectsCollectedByMajorGC: includesFreed,
      includeObjectsCollectedByMinorGC: includesFreed,
    })
    await passed(durationMs, undefined, { signal })
    const { profile } = await session.post('HeapProfiler.stopSampling')
    const samples = heapSamples(profile)
    if (kind === 'heap') samples.push(...unsampled(samples))
    return {
      name: kind,
      // V8 does not say how many objects these are.
      types: [{ type: kind === 'heap' ? 'inuse_space' : 'alloc_space', unit: 'bytes' }],
      sampling: { type: 'space', unit: 'bytes', period: heapIntervalBytes },
      startMs,
      durationMs: Date.now() - startMs,
      samples,
    }
  } finally {
    session.disconnect()
  }
}

function heapSamples({ head }: HeapProfiler.SamplingHeapProfile): StackSample[] {
  const found: StackSample[] = []
  const waiting: [node: HeapProfiler.SamplingHeapProfileNode, outer: readonly Frame[]][] = [
    [head, []],
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [{ callFrame, children, selfSize }, outer] = next
    const isRoot = callFrame.functionName === root
    const frames = isRoot ? outer : [frameOf(callFrame), ...outer]
    if (selfSize > 0) found.push({ frames, values: [selfSize] })
    for (const child of children) waiting.push([child, frames])
  }
  return found
}

function unsampled(samples: readonly StackSample[]): StackSample[] {
  const sampled = samples.reduce((sum, { values }) => sum + (values[0] ?? 0), 0)
  const { heapUsed, external } = memoryUsage()
  const parts: [name: string, bytes: number][] = [
    ['(before the profile)', heapUsed - sampled],
    ['(outside of the heap)', external],
  ]
  return parts
    .filter(([, bytes]) => bytes > 0)
    .map(([name, bytes]) => ({ frames: [{ name, file: '', line: 0 }], values: [bytes] }))
}

function frameOf({ functionName, url, lineNumber }: Runtime.CallFrame): Frame {
  const name = functionName === '' ? '(anonymous)' : functionName
  return { name, file: fileOf(url), line: lineNumber + 1 }
}

function fileOf(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url
}
