import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../../src/storage/wal/layout.ts'
import { SegmentReader } from '../../../src/storage/wal/reader.ts'
import { repairWal } from '../../../src/storage/wal/repair.ts'
import { WalStatistics } from '../../../src/storage/wal/statistics.ts'
import { Frame } from '../../../src/wire/wal/frame_reader.ts'
import { SimulatedFiles } from '../../support/simulated_files.ts'
import { startMs, writeSmallWal } from '../../support/small_wal.ts'

function smallWal(): SimulatedFiles {
  const files = new SimulatedFiles()
  writeSmallWal(files, 'wal')
  return files
}

/** What is wrong, samples that are read, rows of unknown series, and missing segments. */
type Damaged = [
  claim: string,
  harm: (files: SimulatedFiles) => void,
  read: { reasons: string[]; samples: number; unknown?: number; missing?: number[] },
]

const cases: Damaged[] = [
  ['nothing', () => {}, { reasons: [], samples: 90 }],
  [
    'a torn full fragment at the end',
    (files) => files.cut('wal/00000004', files.contents.get('wal/00000004')!.bytes.length - 3),
    { reasons: ['the last record is cut off'], samples: 87 },
  ],
  [
    'a flipped bit in the middle',
    (files) => files.flip('wal/00000003', 70),
    { reasons: ['the checksum of a fragment does not match'], samples: 87 },
  ],
  [
    'a flipped bit in the checkpoint',
    (files) => files.flip('wal/checkpoint.00000001/00000000', 30),
    { reasons: ['the checksum of a fragment does not match'], samples: 90, unknown: 90 },
  ],
  [
    'a missing segment',
    (files) => files.remove('wal/00000003'),
    { reasons: [], samples: 60, missing: [3] },
  ],
  [
    'no checkpoint',
    (files) => files.remove('wal/checkpoint.00000001'),
    { reasons: [], samples: 90, unknown: 90, missing: [1] },
  ],
  [
    'zeros at the end',
    (files) => {
      const content = files.contents.get('wal/00000004')!
      content.bytes = Uint8Array.from(Buffer.concat([content.bytes, Buffer.alloc(70_000)]))
    },
    { reasons: [], samples: 90 },
  ],
  [
    'garbage at the end',
    (files) => {
      const content = files.contents.get('wal/00000004')!
      content.bytes = Uint8Array.from(Buffer.concat([content.bytes, Buffer.from('garbage!')]))
    },
    { reasons: ['a fragment has a type that there is not'], samples: 90 },
  ],
]

describe('a log with damage', () => {
  for (const [claim, harm, expected] of cases) {
    const { missing = [], reasons, samples, unknown = 0 } = expected

    it(`is read on: ${claim}`, async () => {
      const files = smallWal()
      harm(files)
      const read = await WalStatistics.read(files, 'wal')
      expect(read.damages.map(({ reason }) => reason)).toEqual(reasons)
      expect(read).toMatchObject({ samples, unknownRefs: unknown, layout: { missing } })
    })

    it(`is mended: ${claim}`, async () => {
      const files = smallWal()
      harm(files)
      files.create('wal/checkpoint.00000009.tmp')
      const before = await WalStatistics.read(files, 'wal')
      repairWal(files, 'wal', new Set(before.damages.map(({ path }) => path)))
      const after = await WalStatistics.read(files, 'wal')
      expect(after).toMatchObject({ samples, damages: [], layout: { missing: [], leftovers: [] } })
    })
  }

  it('is as it was when the disk is full', async () => {
    const files = smallWal()
    files.flip('wal/00000003', 70)
    files.capacityBytes = files.usedBytes
    expect(() => repairWal(files, 'wal', new Set(['wal/00000003']))).toThrow('ENOSPC')
    expect((await WalStatistics.read(files, 'wal')).samples).toBe(87)
    expect(layoutOf(files, 'wal').leftovers).toEqual([])
  })
})

describe('statistics', () => {
  it('know when, whose and how many', async () => {
    const read = await WalStatistics.read(smallWal(), 'wal')
    expect(read).toMatchObject({
      oldest: startMs + 200_000,
      newest: startMs + 409_000,
      records: { series: 1, samples: 30 },
      layout: { checkpoint: { index: 1 }, segments: [{ index: 2 }, { index: 3 }, { index: 4 }] },
    })
    expect([...read.series.values()].map(({ samples }) => samples)).toEqual([30, 30, 30])
  })
})

describe('a segment that is being written', () => {
  it('gives what is complete, and goes on', () => {
    const files = smallWal()
    const content = files.contents.get('wal/00000002')!
    const whole = content.bytes
    content.bytes = whole.slice(0, whole.length - 5)
    const reader = new SegmentReader(files, 'wal/00000002', 0, { isLive: true })
    let records = 0
    const readOn = () => {
      let frame = reader.next()
      for (; frame === Frame.record; frame = reader.next()) records++
      return frame
    }
    expect(readOn()).toBe(Frame.more)
    expect(records).toBe(9)
    content.bytes = whole
    expect(readOn()).toBe(Frame.more)
    expect(records).toBe(10)
    reader.finish()
    expect(readOn()).toBe(Frame.end)
  })

  it('can be read from any record on', () => {
    const files = smallWal()
    const reader = new SegmentReader(files, 'wal/00000002')
    reader.next()
    reader.next()
    const later = new SegmentReader(files, 'wal/00000002', reader.recordAt)
    expect(later.next()).toBe(Frame.record)
    expect(Buffer.compare(later.record, reader.record)).toBe(0)
    expect(later.recordAt).toBe(reader.recordAt)
  })
})
