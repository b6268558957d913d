import { promisify } from 'node:util'
import { runInThisContext } from 'node:vm'
import { gunzip } from 'node:zlib'
import { Profile } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import {
  activityProfile,
  blockProfile,
  delaySamples,
  mutexProfile,
} from '../../../src/server/pprof/counted.ts'
import {
  encodeProfile,
  printProfile,
  type StackProfile,
} from '../../../src/server/pprof/profile.ts'
import { Busy, CpuProfiler, heapProfile } from '../../../src/server/pprof/sampled.ts'

const { signal } = new AbortController()

/** What a reader of the encoded profile sees. */
async function decoded(profile: StackProfile) {
  const bytes = await promisify(gunzip)(await encodeProfile(profile))
  const read = Profile.decode(bytes)
  const text = (index: number | bigint) => read.stringTable.strings[Number(index)] ?? ''
  const functions = new Map(read.function.map((each) => [Number(each.id), each]))
  const locations = new Map(read.location.map((each) => [Number(each.id), each]))
  const stacks = read.sample.map(({ locationId, value }) => ({
    values: value.map(Number),
    frames: locationId.map((id) => {
      const { functionId, line } = locations.get(Number(id))!.line[0]!
      const { name, filename } = functions.get(Number(functionId))!
      return { name: text(name), file: text(filename), line: Number(line) }
    }),
  }))
  const types = read.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`)
  return { read, stacks, types }
}

function sumOf(stacks: readonly { values: readonly number[] }[], index: number): number {
  return stacks.reduce((sum, { values }) => sum + values[index]!, 0)
}

/** Compiled apart: test files are transformed, so that their lines are others. */
const burnTheProcessor: (ms: number) => void = runInThisContext(
  `(
function burnTheProcessor(ms) {
  const end = performance.now() + ms
  let x = 0
  while (performance.now() < end) x += Math.sqrt(x + 1)
})`,
  { filename: '/srv/burn.js' },
)

const kept: object[] = []
function keepManyObjects(): void {
  for (let i = 0; i < 50_000; i++) kept.push({ i, list: [i] })
}

describe('a CPU profile', () => {
  it('names function, file and line of what ran, and how long', async () => {
    const profiling = new CpuProfiler().sample('cpu', { durationMs: 600, signal })
    await new Promise((resolve) => setTimeout(resolve, 20))
    burnTheProcessor(300)
    const { read, stacks, types } = await decoded(await profiling)
    const burning = stacks.filter(({ frames }) => {
      return frames.some(({ name }) => name === 'burnTheProcessor')
    })
    const frame = burning[0]!.frames.find(({ name }) => name === 'burnTheProcessor')
    expect(types).toEqual(['samples/count', 'cpu/nanoseconds'])
    expect(frame).toEqual({ name: 'burnTheProcessor', file: '/srv/burn.js', line: 2 })
    expect(sumOf(burning, 1)).toBeGreaterThan(100e6)
    expect(sumOf(burning, 1)).toBeLessThan(900e6)
    expect(sumOf(burning, 0)).toBeGreaterThan(2)
    expect(Number(read.period)).toBe(10_000_000)
    expect(Number(read.durationNanos)).toBeGreaterThan(590e6)
    expect(Number(read.timeNanos) / 1e6).toBeGreaterThan(Date.now() - 60_000)
    expect(stacks.some(({ frames }) => frames[0]!.name === '(idle)')).toBe(false)
  })

  it('of wall time covers the whole of it', async () => {
    const { stacks } = await decoded(
      await new CpuProfiler().sample('wall', { durationMs: 200, signal }),
    )
    expect(sumOf(stacks, 1)).toBeGreaterThan(50e6)
    expect(sumOf(stacks, 1)).toBeLessThan(900e6)
  })

  it('is the only one, and the next one may follow when it was given up', async () => {
    const profiler = new CpuProfiler()
    const control = new AbortController()
    const first = profiler.sample('cpu', { durationMs: 60_000, signal: control.signal })
    await expect(profiler.sample('cpu', { durationMs: 1, signal })).rejects.toThrow(Busy)
    control.abort()
    await expect(first).rejects.toThrow('aborted')
    await expect(profiler.sample('cpu', { durationMs: 1, signal })).resolves.toBeDefined()
  })
})

describe('a heap profile', () => {
  it('names who allocated what is in use, and adds up to all that is', async () => {
    const profiling = heapProfile('heap', { durationMs: 100, signal })
    await new Promise((resolve) => setTimeout(resolve, 20))
    keepManyObjects()
    const { stacks, types } = await decoded(await profiling)
    const own = stacks.filter(({ frames }) => frames[0]!.name === 'keepManyObjects')
    const { heapUsed, external } = process.memoryUsage()
    expect(types).toEqual(['inuse_space/bytes'])
    expect(own[0]!.frames[0]).toMatchObject({ file: import.meta.filename })
    expect(sumOf(own, 0)).toBeGreaterThan(1e6)
    expect(sumOf(stacks, 0) / (heapUsed + external)).toBeGreaterThan(0.5)
    expect(sumOf(stacks, 0) / (heapUsed + external)).toBeLessThan(2)
  })

  it('of allocations has those that are gone too, one profile after the other', async () => {
    const windows = [1, 2].map(() => heapProfile('allocs', { durationMs: 60, signal }))
    await new Promise((resolve) => setTimeout(resolve, 20))
    JSON.parse(`[${'{"a":1},'.repeat(50_000)}0]`)
    const [first, second] = await Promise.all(windows)
    expect(first!.startMs + first!.durationMs).toBeLessThanOrEqual(second!.startMs)
    expect(sumOf(first!.samples, 0)).toBeGreaterThan(500_000)
    expect((await decoded(second!)).types).toEqual(['alloc_space/bytes'])
  })

  it('that is given up lets the next one start', async () => {
    const control = new AbortController()
    const first = heapProfile('heap', { durationMs: 60_000, signal: control.signal })
    const second = heapProfile('heap', { durationMs: 1, signal })
    control.abort()
    await expect(first).rejects.toThrow('aborted')
    expect((await second).samples.length).toBeGreaterThan(0)
  })
})

describe('counted profiles', () => {
  it('say what keeps the process busy', async () => {
    const { stacks } = await decoded(activityProfile(['Timeout', 'TCPSocketWrap', 'Timeout']))
    expect(stacks.map(({ frames, values }) => [frames[0]!.name, ...values])).toEqual([
      ['Timeout', 2],
      ['TCPSocketWrap', 1],
    ])
  })

  it('say how late the event loop was', async () => {
    const profiling = blockProfile({ durationMs: 300, signal })
    await new Promise((resolve) => setTimeout(resolve, 50))
    burnTheProcessor(120)
    const { stacks, types } = await decoded(await profiling)
    expect(types).toEqual(['contentions/count', 'delay/nanoseconds'])
    expect(sumOf(stacks, 1)).toBeGreaterThan(80e6)
  })

  it('add up delays by class', () => {
    const percentiles = new Map([
      [0, 10.2e6],
      [50, 10.4e6],
      [90, 17e6],
      [100, 3010e6],
    ])
    expect(
      delaySamples(10, percentiles).map(({ frames, values }) => [frames[0]!.name, values]),
    ).toEqual([
      ['event loop held for up to 10 ms', [4, 28_000_000]],
      ['event loop held for more than 1000 ms', [1, 3_000_000_000]],
    ])
  })

  it('are valid when there is nothing to count', async () => {
    const { stacks, types } = await decoded(mutexProfile())
    expect([stacks, types]).toEqual([[], ['contentions/count', 'delay/nanoseconds']])
  })
})

it('profiles print with the heaviest stack first', () => {
  const frame = { name: 'f', file: '/a.js', line: 3 }
  const profile: StackProfile = {
    ...mutexProfile(),
    samples: [
      { frames: [{ name: 'g', file: '', line: 0 }], values: [1, 5] },
      { frames: [frame], values: [2, 9] },
    ],
  }
  expect(printProfile(profile)).toBe(
    'mutex profile: total 3\n# contentions/count delay/nanoseconds\n' +
      '2 9 @\n#\tf\t/a.js:3\n\n1 5 @\n#\tg\n\n',
  )
})
