// Writes what later segments need of earlier ones: their series.

import { join } from 'node:path'
import { RecordCompressor } from '../../wire/wal/compression.ts'
import { FrameWriter } from '../../wire/wal/framing.ts'
import { RecordWriter } from '../../wire/wal/record_bytes.ts'
import { RecordType } from '../../wire/wal/record_type.ts'
import { addRawSeries, beginSeries, decodeSeries } from '../../wire/wal/series_record.ts'
import type { Files } from '../files.ts'
import { checkpointName, layoutOf, segmentName } from './layout.ts'
import { readFile } from './reader.ts'

const recordSizeMaxBytes = 1 << 20

/**
 * Makes the checkpoint up to segment `last`, with the series that `isNeeded`, then removes what it
 * stands for. Rejects where the disk is full; then the log is as it was.
 */
export async function writeCheckpoint(
  files: Files,
  folder: string,
  last: number,
  isNeeded: (ref: number) => boolean,
): Promise<void> {
  const { checkpoint, leftovers, segments } = layoutOf(files, folder)
  for (const path of leftovers) files.remove(path)
  const target = join(folder, checkpointName(last))
  const draft = `${target}.tmp`
  files.makeFolder(draft)
  const file = files.create(join(draft, segmentName(0)))
  const frames = new FrameWriter(0, Number.POSITIVE_INFINITY)
  const compressor = new RecordCompressor()
  const record = new RecordWriter()
  beginSeries(record)
  const flush = () => {
    if (record.length === 1) return
    compressor.compress(record.bytes, record.length)
    frames.add(compressor.bytes, compressor.length, compressor.compression)
    file.write(frames.take())
    beginSeries(record)
  }
  const removed = segments.filter(({ index }) => index <= last)
  try {
    for (const source of [...(checkpoint?.segments ?? []), ...removed]) {
      await readFile(files, source, source.path !== join(folder, segmentName(source.index)), {
        record(bytes) {
          if (bytes[0] !== RecordType.series) return
          decodeSeries(bytes, (ref, labels) => {
            if (!isNeeded(ref)) return
            addRawSeries(record, ref, labels)
            if (record.length > recordSizeMaxBytes) flush()
          })
        },
      })
    }
    flush()
    frames.padPage()
    file.write(frames.take())
    file.syncNow()
  } catch (error) {
    file.close()
    files.remove(draft)
    throw error
  }
  file.close()
  files.rename(draft, target)
  files.syncFolder(folder)
  for (const { path } of removed) files.remove(path)
  if (checkpoint !== undefined && checkpoint.index !== last) files.remove(checkpoint.folder)
}
