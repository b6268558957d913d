// Mends a write-ahead log, so that Prometheus and Alloy, which stop at damage or even delete what
// follows, read all that can still be read.

import { join } from 'node:path'
import { checkRecord } from '../../wire/wal/check_record.ts'
import { RecordCompressor } from '../../wire/wal/compression.ts'
import { Frame } from '../../wire/wal/frame_reader.ts'
import { Compression, FrameWriter } from '../../wire/wal/framing.ts'
import { RecordError } from '../../wire/wal/record_bytes.ts'
import type { Files } from '../files.ts'
import { checkpointName, layoutOf, type SegmentFile, segmentName } from './layout.ts'
import { SegmentReader } from './reader.ts'

export interface Repair {
  /** Files that were written anew without what is damaged. */
  readonly rewritten: readonly string[]
  /** Segments, and maybe a checkpoint, that were missing; now they are there and empty. */
  readonly created: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Writes the files named in `damaged` anew, puts empty ones where some are missing, and removes
 * what was left half made. Throws where the disk does not take it; then every file is still as it
 * was or mended.
 */
export function repairWal(files: Files, folder: string, damaged: ReadonlySet<string>): Repair {
  const { checkpoint, leftovers, missing, segments } = layoutOf(files, folder)
  for (const path of leftovers) files.remove(path)
  const rewritten: string[] = []
  for (const file of [...(checkpoint?.segments ?? []), ...segments]) {
    if (!damaged.has(file.path)) continue
    rewrite(files, file)
    rewritten.push(file.path)
  }
  const created: string[] = []
  const [first] = segments
  for (const index of missing) {
    const isBefore = checkpoint === undefined && index < (first?.index ?? 0)
    const parent = isBefore ? join(folder, checkpointName(index)) : folder
    if (isBefore) files.makeFolder(parent)
    const path = join(parent, isBefore ? segmentName(0) : segmentName(index))
    const file = files.create(path)
    file.syncNow()
    file.close()
    created.push(path)
  }
  if (checkpoint !== undefined) files.syncFolder(checkpoint.folder)
  files.syncFolder(folder)
  return { rewritten, created, removed: leftovers }
}

function isReadable(record: Uint8Array): boolean {
  try {
    checkRecord(record)
    return true
  } catch (error) {
    if (error instanceof RecordError) return false
    throw error
  }
}

/** Replaces a segment by one with the records that can be read. */
function rewrite(files: Files, { path }: SegmentFile): void {
  const reader = new SegmentReader(files, path)
  const writer = new FrameWriter(0, Number.POSITIVE_INFINITY)
  const compressor = new RecordCompressor()
  const target = `${path}.repair`
  const out = files.create(target)
  try {
    for (let frame = reader.next(); frame !== Frame.end; frame = reader.next()) {
      if (frame !== Frame.record || !isReadable(reader.record)) continue
      if (reader.compression === Compression.none) writer.add(reader.record, reader.record.length)
      else {
        compressor.compress(reader.record, reader.record.length)
        writer.add(compressor.bytes, compressor.length, compressor.compression)
      }
      out.write(writer.take())
    }
    writer.padPage()
    out.write(writer.take())
    out.syncNow()
  } catch (error) {
    out.close()
    files.remove(target)
    throw error
  } finally {
    reader.close()
  }
  out.close()
  files.rename(target, path)
}
