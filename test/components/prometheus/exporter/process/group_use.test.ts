import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  GroupTotals,
  latestCounts,
} from '../../../../../src/components/prometheus/exporter/process/group_use.ts'
import type { Counts } from '../../../../../src/components/prometheus/exporter/process/linux_process.ts'

const count = fc.nat(1000)
const counts: fc.Arbitrary<Counts> = fc.record({
  userSeconds: count,
  systemSeconds: count,
  readBytes: count,
  writeBytes: count,
  majorFaults: count,
  minorFaults: count,
  voluntarySwitches: count,
  nonvoluntarySwitches: count,
})

it('counts what a process reached at most, however its numbers jump', () => {
  fc.assert(
    fc.property(fc.array(counts, { minLength: 1 }), (readings) => {
      const totals = new GroupTotals()
      let last: Counts | undefined
      let before = 0
      for (const reading of readings) {
        totals.add(reading, last)
        last = latestCounts(reading, last)
        expect(totals.counts.readBytes).toBeGreaterThanOrEqual(before)
        before = totals.counts.readBytes
      }
      expect(totals.counts.readBytes).toBe(Math.max(...readings.map(({ readBytes }) => readBytes)))
    }),
  )
})

it('forgets the oldest of too many names of threads that ended', () => {
  const totals = new GroupTotals()
  const zero = fc.sample(counts, 1)[0]!
  for (let i = 0; i < 1500; i++) totals.addThread(`t${String(i)}`, zero, zero)
  totals.trimThreads(new Map([['t0', 1]]))
  expect(totals.threads.size).toBe(1001)
  expect(totals.threads.has('t0')).toBe(true)
  expect(totals.threads.has('t1499')).toBe(true)
})
