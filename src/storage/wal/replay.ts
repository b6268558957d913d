// What a write-ahead log holds when it is opened, after what is damaged was mended.

import type { PagedUint32 } from '../../model/paged.ts'
import { RecordType } from '../../wire/wal/record_type.ts'
import { decodeSeries } from '../../wire/wal/series_record.ts'
import type { Files } from '../files.ts'
import { refMax, type SegmentRows } from './disk_scan.ts'
import { layoutOf } from './layout.ts'
import { type FileDamage, readWal } from './reader.ts'
import { RecordRows } from './record_rows.ts'
import { repairWal } from './repair.ts'

export interface KeptSegment extends SegmentRows {
  /** Unix time in ms of the newest row; -Infinity where there is none. */
  newestMs: number
  bytes: number
  /** More than its end is missing: rows cannot be counted as they were. */
  isDamaged: boolean
}

export interface Replay {
  readonly segments: KeptSegment[]
  /** The next segment to write. */
  readonly nextIndex: number
  /** Numbers of series from here on are free. */
  readonly nextRef: number
  readonly rows: number
  readonly damages: readonly FileDamage[]
  readonly missing: readonly number[]
}

/** Fills `lastSegments`: by number of a series, 1 + the last segment that has rows of it. */
export async function replayWal(
  files: Files,
  folder: string,
  lastSegments: PagedUint32,
): Promise<Replay> {
  const segments: KeptSegment[] = []
  const damages: FileDamage[] = []
  const rows = new RecordRows()
  let lastRef = 0
  let end = 0
  let isCheckpoint = true
  const { checkpoint, leftovers, missing, segments: all } = layoutOf(files, folder)
  await readWal(files, folder, {
    file(file, isOfCheckpoint) {
      isCheckpoint = isOfCheckpoint
      if (isCheckpoint) return
      const { index } = file
      const first = end
      segments.push({ index, first, rows: 0, newestMs: -Infinity, bytes: 0, isDamaged: false })
    },
    record(record) {
      if (record[0] === RecordType.series) {
        decodeSeries(record, (ref) => {
          if (ref < refMax) lastRef = Math.max(lastRef, ref)
        })
      }
      const segment = segments.at(-1)
      if (isCheckpoint || segment === undefined) return
      rows.read(record)
      const { length, refs, times } = rows.columns
      for (let row = 0; row < length; row++) {
        const ref = refs[row]!
        if (ref < refMax) lastSegments.set(ref, segment.index + 1)
        if (times[row]! > segment.newestMs) segment.newestMs = times[row]!
      }
      segment.rows += length
      end += length
    },
    damage(damage) {
      damages.push(damage)
      const segment = segments.at(-1)
      if (!isCheckpoint && segment !== undefined && !damage.torn) segment.isDamaged = true
    },
    progress(bytes) {
      const segment = segments.at(-1)
      if (!isCheckpoint && segment !== undefined) segment.bytes += bytes
    },
  })
  if (damages.length > 0 || missing.length > 0 || leftovers.length > 0) {
    repairWal(files, folder, new Set(damages.map(({ path }) => path)))
  }
  const last = Math.max(checkpoint?.index ?? -1, all.at(-1)?.index ?? -1)
  return { segments, nextIndex: last + 1, nextRef: lastRef + 1, rows: end, damages, missing }
}
