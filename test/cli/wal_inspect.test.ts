import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inspectWal } from '../../src/cli/wal_inspect.ts'
import { cardinalityText, goTime, sampleStatsText, walStatsText } from '../../src/cli/wal_text.ts'
import { findWal, ProgressBar, readStatistics } from '../../src/cli/wal_tools.ts'
import { parseLabelSelector } from '../../src/model/label_selector.ts'
import { diskFiles } from '../../src/storage/files.ts'
import { writeSmallWal } from '../support/small_wal.ts'

let folder = ''
let wal = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wal-'))
  wal = join(folder, 'wal')
  writeSmallWal(diskFiles, wal)
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const quiet = { write: () => true }

async function inspect(options: Partial<Parameters<typeof inspectWal>[0]> = {}) {
  let text = ''
  const isFine = await inspectWal({
    folder: wal,
    verify: false,
    repair: false,
    json: false,
    nowMs: 0,
    stderr: quiet,
    stdout: (part) => {
      text += part
    },
    ...options,
  })
  return { isFine, text: text.replaceAll(folder, 'DIR') }
}

function flip(segment: string, at: number): void {
  const bytes = readFileSync(join(wal, segment))
  bytes[at]! ^= 1
  writeFileSync(join(wal, segment), bytes)
}

describe('tools for a log', () => {
  it('find it in the folder or below', () => {
    expect(findWal(wal)).toBe(wal)
    expect(findWal(folder)).toBe(wal)
    expect(findWal(join(folder, 'nothing'))).toBeUndefined()
    expect(findWal(tmpdir())).toBeUndefined()
  })

  it('print what the tools of Alloy print', async () => {
    const statistics = await readStatistics(wal, new ProgressBar(0, quiet))
    expect(walStatsText(statistics)).toBe(`\
Oldest Sample:      2026-11-18 11:10:00 +0000 UTC
Newest Sample:      2026-11-18 11:13:29 +0000 UTC
Total Series:       3
Total Samples:      90
Hash Collisions:    0
Invalid Refs:       0
Checkpoint Segment: 1
First Segment:      2
Latest Segment:     4

Per-target stats:
+------+----------+--------+---------+
| JOB  | INSTANCE | SERIES | SAMPLES |
+------+----------+--------+---------+
| node | host:1   |      2 |      60 |
| node | host:0   |      1 |      30 |
+------+----------+--------+---------+
`)
    expect(cardinalityText(statistics.series.values(), 'node', 'host:1')).toBe(
      'Metric cardinality:\n\nup: 2\n',
    )
    const [first] = statistics.series.values()
    expect(sampleStatsText([first!])).toBe(`\
{__name__="up", instance="host:1", job="node", n="1"}
  Oldest Sample:      2026-11-18 11:10:00 +0000 UTC
  Newest Sample:      2026-11-18 11:13:29 +0000 UTC
  Total Samples:      30
`)
  })

  it.each([
    [1_795_492_142_373, '2026-11-24 03:49:02.373 +0000 UTC'],
    [1_795_492_142_300, '2026-11-24 03:49:02.3 +0000 UTC'],
    [0, '1970-01-01 00:00:00 +0000 UTC'],
    [undefined, 'none'],
    [1e300, 'none'],
  ])('write the time %s as Go does', (ms, text) => {
    expect(goTime(ms)).toBe(text)
  })

  it('draw a bar on a terminal only', () => {
    let drawn = ''
    const bar = new ProgressBar(100, { isTTY: true, write: (text) => (drawn += text) })
    bar.at(50)
    bar.clear()
    expect(drawn).toBe('')
  })
})

describe('wal-inspect', () => {
  it('shows targets, or the series that are chosen', async () => {
    expect((await inspect()).text).toContain('| node | host:1   |      2 |      60 |          0 |')
    const selector = parseLabelSelector('{n="3"}')
    const { text } = await inspect({ selector })
    expect(text).toContain('{__name__="up", instance="host:1", job="node", n="3"}')
    expect(text).not.toContain('n="2"')
  })

  it('finds nothing wrong with a whole log', async () => {
    const { isFine, text } = await inspect({ verify: true })
    expect(isFine).toBe(true)
    expect(text).toMatch(/\nno damage\n$/)
  })

  it('mends a damaged log beside a copy of it', async () => {
    flip('00000003', 70)
    rmSync(join(wal, '00000002'))
    const before = await inspect({ verify: true })
    expect(before.isFine).toBe(false)
    expect(before.text).toContain('segment 2 is missing')
    expect(before.text).toContain('the checksum of a fragment does not match')
    const { isFine, text } = await inspect({ verify: true, repair: true })
    expect(isFine).toBe(true)
    expect(text).toContain('copied the log to DIR/wal.backup-19700101T000000Z\n')
    expect(text).toContain('kept 57 samples of 3 series\n')
    expect(readdirSync(join(folder, 'wal.backup-19700101T000000Z'))).toEqual([
      '00000003',
      '00000004',
      'checkpoint.00000001',
    ])
    expect((await inspect({ verify: true })).isFine).toBe(true)
  })

  it('leaves a whole log alone', async () => {
    await inspect({ repair: true })
    expect(readdirSync(folder)).toEqual(['wal'])
  })

  it('prints JSON', async () => {
    flip('00000003', 70)
    const selector = parseLabelSelector('{n="1"}')
    expect(JSON.parse((await inspect({ json: true, selector })).text)).toMatchObject({
      segments: [2, 3, 4],
      checkpoint: 1,
      samples: 87,
      targets: [
        { job: 'node', instance: 'host:1', series: 2, samples: 58, histograms: 0 },
        { job: 'node', instance: 'host:0', series: 1, samples: 29, histograms: 0 },
      ],
      damages: [{ file: '00000003', reason: 'the checksum of a fragment does not match' }],
      selected: [{ labels: { n: '1', __name__: 'up' }, samples: 29 }],
    })
  })
})
