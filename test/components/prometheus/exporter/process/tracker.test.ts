import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type MatcherRule,
  Matchers,
} from '../../../../../src/components/prometheus/exporter/process/matchers.ts'
import {
  Tracker,
  type TrackerOptions,
} from '../../../../../src/components/prometheus/exporter/process/tracker.ts'
import { type Clock, systemClock } from '../../../../../src/model/clock.ts'
import { ProcTree } from './proc_tree.ts'

let tree: ProcTree

beforeEach(async () => {
  tree = await ProcTree.create()
})

afterEach(() => tree.remove())

const byCommand: MatcherRule = { name: '{{.Comm}}', comm: ['a', 'b'], exe: [], cmdline: [] }

function tracker(changes: Partial<TrackerOptions> = {}, clock: Clock = systemClock): Tracker {
  const options = {
    procfsPath: tree.path,
    matchers: new Matchers([byCommand]),
    tracksChildren: true,
    gathersSmaps: true,
    rechecks: false,
    removesEmptyGroups: false,
    ...changes,
  }
  return new Tracker(options, clock)
}

async function counts(of: Tracker): Promise<Record<string, [processes: number, seconds: number]>> {
  const groups = [...(await of.update())]
  return Object.fromEntries(
    groups.map(([name, { totals, use }]) => [name, [use.processes, totals.counts.userSeconds]]),
  )
}

it('counts what was there from the first scrape on, and what came later whole', async () => {
  await tree.put(1, { comm: 'a', userTicks: 500 })
  const tracked = tracker()
  expect(await counts(tracked)).toEqual({ a: [1, 0] })
  await tree.put(1, { comm: 'a', userTicks: 700 })
  await tree.put(2, { comm: 'a', userTicks: 100, startTicks: 9 })
  expect(await counts(tracked)).toEqual({ a: [2, 3] })
})

it('keeps the sums of processes that ended', async () => {
  const tracked = tracker()
  await tracked.update()
  await tree.put(1, { comm: 'a', userTicks: 500 })
  await tree.put(2, { comm: 'a', userTicks: 100 })
  await tracked.update()
  await tree.end(1)
  expect(await counts(tracked)).toEqual({ a: [1, 6] })
  await tree.end(2)
  expect(await counts(tracked)).toEqual({ a: [0, 6] })
  await tree.put(3, { comm: 'a', userTicks: 100 })
  expect(await counts(tracked)).toEqual({ a: [1, 7] })
})

it('forgets groups without processes where it is told so', async () => {
  const tracked = tracker({ removesEmptyGroups: true })
  await tree.put(1, { comm: 'a' })
  expect(await counts(tracked)).toEqual({ a: [1, 0] })
  await tree.end(1)
  expect(await counts(tracked)).toEqual({})
})

it('takes a process with the number of another for a new one', async () => {
  const tracked = tracker()
  await tracked.update()
  await tree.put(1, { comm: 'a', userTicks: 500, startTicks: 1 })
  await tracked.update()
  await tree.put(1, { comm: 'b', userTicks: 100, startTicks: 2 })
  expect(await counts(tracked)).toEqual({ a: [0, 5], b: [1, 1] })
})

it.each([
  [true, { a: [3, 0], b: [1, 0] }],
  [false, { a: [1, 0], b: [1, 0] }],
])('counts descendants with the group above them: %s', async (tracksChildren, expected) => {
  await tree.put(4, { comm: 'deep', parentPid: 3 })
  await tree.put(1, { comm: 'a', parentPid: 0 })
  await tree.put(3, { comm: 'child', parentPid: 1 })
  await tree.put(5, { comm: 'b', parentPid: 3 })
  await tree.put(6, { comm: 'stranger', parentPid: 6 })
  expect(await counts(tracker({ tracksChildren }))).toEqual(expected)
})

it.each([
  [true, { a: [0, 0], b: [1, 0] }],
  [false, { a: [1, 0] }],
])('looks at changed names again: %s', async (rechecks, expected) => {
  const tracked = tracker({ rechecks })
  await tree.put(1, { comm: 'a' })
  await tracked.update()
  await tree.put(1, { comm: 'b' })
  expect(await counts(tracked)).toEqual(expected)
})

it('counts threads by their name, from when it saw them', async () => {
  const tracked = tracker()
  const threads = (ticks: number) => ({
    1: { comm: 'a', userTicks: 100 },
    2: { comm: 'io', userTicks: ticks, state: 'D' },
    3: { comm: 'io', userTicks: ticks },
  })
  await tree.put(1, { comm: 'a', threads: threads(100) })
  await tracked.update()
  await tree.put(1, { comm: 'a', threads: threads(300) })
  const group = (await tracked.update()).get('a')
  expect(Object.fromEntries(group?.use.threadNames ?? [])).toEqual({ a: 1, io: 2 })
  expect(group?.totals.threads.get('io')?.userSeconds).toBe(4)
  // The process itself and its threads, as the original counts.
  expect(group?.use.states.get('Sleeping')).toBe(3)
  expect(group?.use.states.get('Waiting')).toBe(1)
  expect(group?.use.wchans.get('do_wait')).toBe(4)
})

it('does not fall, nor count twice, where a part cannot be read once', async () => {
  const tracked = tracker()
  await tracked.update()
  await tree.put(1, { comm: 'a', readBytes: 100 })
  await tracked.update()
  await tree.write('1/io', '')
  await tracked.update()
  await tree.put(1, { comm: 'a', readBytes: 150 })
  const group = (await tracked.update()).get('a')
  expect(group?.totals.counts.readBytes).toBe(150)
})

it('counts processes that it can read only in part', async () => {
  await tree.put(1, { comm: 'a' })
  const tracked = tracker({ gathersSmaps: false })
  await tree.write('1/limits', 'nothing\n')
  expect(await counts(tracked)).toEqual({ a: [1, 0] })
  expect([tracked.partialErrors, tracked.readErrors, tracked.scrapeErrors]).toEqual([1, 0, 0])
})

it('survives processes that are hardly there', async () => {
  await tree.put(1, { comm: 'a' })
  await tree.write('2/cmdline', '')
  await tree.write('3/stat', 'nothing')
  const tracked = tracker()
  expect(await counts(tracked)).toEqual({ a: [1, 0] })
  expect([tracked.readErrors, tracked.scrapeErrors]).toEqual([1, 0])
})

it('leaves out a process that does not answer, and takes it when it does', async () => {
  await tree.put(1, { comm: 'a' })
  await tree.put(2, { comm: 'b' })
  await rm(join(tree.path, '2/cmdline'))
  // A pipe holds up whoever opens it until somebody writes.
  await promisify(execFile)('mkfifo', [join(tree.path, '2/cmdline')])
  const soon: Clock = { ...systemClock, after: (_, late) => systemClock.after(50, late) }
  const tracked = tracker({}, soon)
  expect(await counts(tracked)).toEqual({ a: [1, 0] })
  expect(await counts(tracked)).toEqual({ a: [1, 0] })
  // It is late once, for it is not asked again before it has answered.
  expect(tracked.readErrors).toBe(1)
  await writeFile(join(tree.path, '2/cmdline'), 'b')
  await rm(join(tree.path, '2/cmdline'))
  await tree.put(2, { comm: 'b' })
  await expect.poll(() => counts(tracked)).toEqual({ a: [1, 0], b: [1, 0] })
})

it('gives no groups where there is no proc file system', async () => {
  const tracked = tracker({ procfsPath: `${tree.path}/none` })
  expect(await counts(tracked)).toEqual({})
  expect(tracked.scrapeErrors).toBe(1)
})
