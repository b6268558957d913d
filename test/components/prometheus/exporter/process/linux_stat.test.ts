import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseCgroups,
  parseFileLimit,
  parseIo,
  parseSmaps,
  parseStat,
  parseStatus,
  parseUsers,
} from '../../../../../src/components/prometheus/exporter/process/linux_stat.ts'
import { statLine } from './proc_tree.ts'

describe('/proc/PID/stat', () => {
  it.each([
    ['a plain command', 'sleep'],
    ['blanks', 'tmux: server'],
    ['parentheses', '(sd-pam)'],
    ['an end that looks like the end', 'a) S 1 2'],
    ['a line break', 'a\nb'],
    ['nothing', ''],
  ])('holds a command with %s', (_, comm) => {
    const stat = parseStat(statLine({ comm, state: 'S', parentPid: 7, startTicks: 42 }))
    expect([stat?.comm, stat?.state, stat?.parentPid, stat?.startTicks]).toEqual([comm, 'S', 7, 42])
  })

  it.each(['', '1', '1 (a', '1 (a)', '1 (a) S 1 2 3', 'x) S ('])('refuses %j', (text) => {
    expect(parseStat(text)).toBeUndefined()
  })

  it('reads back whatever command and counts a process has', () => {
    const count = fc.nat(2 ** 40)
    const values = fc.record({
      comm: fc.string({ unit: 'binary', maxLength: 15 }),
      state: fc.constantFrom('R', 'S', 'D', 'Z', 'T', 't', 'X', 'I'),
      parentPid: count,
      minorFaults: count,
      majorFaults: count,
      userTicks: count,
      systemTicks: count,
      threadCount: count,
      startTicks: count,
      virtualBytes: count,
      residentPages: count,
    })
    fc.assert(
      fc.property(values, (stat) => {
        expect(parseStat(statLine(stat))).toEqual(stat)
      }),
    )
  })

  it('never throws', () => {
    const unit = fc.constantFrom('(', ')', ' ', '1', '-', 'S', '\n', 'a', '\0')
    fc.assert(fc.property(fc.string({ unit }), (text) => void parseStat(text)))
  })
})

it('takes the effective user of four', () => {
  const text =
    'Name:\ta\nUid:\t1\t2\t3\t4\nVmSwap:\t     3 kB\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t6\n'
  expect(parseStatus(text)).toEqual({
    effectiveUid: '2',
    swappedBytes: 3072,
    voluntarySwitches: 5,
    nonvoluntarySwitches: 6,
  })
})

it('takes what reached storage, not what was asked for', () => {
  const text = 'rchar: 1\nwchar: 2\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 9\n'
  expect(parseIo(text)).toEqual({ readBytes: 4096, writeBytes: 8192 })
})

it('sums up the mappings of smaps', () => {
  const text = 'Rss: 9 kB\nPss: 2 kB\nPss_Dirty: 7 kB\nSwapPss: 1 kB\nPss: 3 kB\nSwapPss: 1 kB\n'
  expect(parseSmaps(text)).toEqual({ residentBytes: 5120, swappedBytes: 2048 })
})

it.each([
  ['Max open files            1024                 4096                 files\n', 1024],
  ['Max open files            unlimited            unlimited            files\n', Infinity],
  ['Max processes             1                    1                    processes\n', undefined],
])('knows the soft limit of %j', (text, expected) => {
  expect(parseFileLimit(text)).toBe(expected)
})

it('takes paths of control groups with their colons', () => {
  expect(parseCgroups('2:cpu,cpuacct:/a:b\n0::/\n')).toEqual(['/a:b', '/'])
})

it('lets the first of two users with one number count', () => {
  expect(parseUsers('root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n\nbad\n')).toEqual(
    new Map([['0', 'root']]),
  )
})
