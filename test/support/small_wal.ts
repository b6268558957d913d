// A small write-ahead log, written by the codecs.

import { join } from 'node:path'
import { LabelPool } from '../../src/model/label_pool.ts'
import type { Files } from '../../src/storage/files.ts'
import { checkpointName, segmentName } from '../../src/storage/wal/layout.ts'
import { RecordCompressor } from '../../src/wire/wal/compression.ts'
import { FrameWriter } from '../../src/wire/wal/framing.ts'
import { RecordWriter } from '../../src/wire/wal/record_bytes.ts'
import { encodeSamples } from '../../src/wire/wal/samples_record.ts'
import { addSeries, beginSeries } from '../../src/wire/wal/series_record.ts'

export const startMs = 1_795_000_000_000

/** `up` of three instances, in a checkpoint up to segment 1, and 10 samples of each in 2, 3, 4. */
export function writeSmallWal(files: Files, folder: string): void {
  const pool = new LabelPool(1)
  const record = new RecordWriter()
  beginSeries(record)
  for (const ref of [1, 2, 3]) {
    const labels = ['__name__', 'up', 'instance', `host:${ref % 2}`, 'job', 'node', 'n', `${ref}`]
    addSeries(record, ref, pool, pool.intern(labels))
  }
  const checkpoint = join(folder, checkpointName(1))
  files.makeFolder(checkpoint)
  writeSegment(files, join(checkpoint, segmentName(0)), [record])
  for (const index of [2, 3, 4]) {
    const records = Array.from({ length: 10 }, (_, i) => {
      const samples = new RecordWriter()
      const time = startMs + index * 100_000 + i * 1000
      const values = Float64Array.of(i, i, i)
      encodeSamples(samples, { refs: Uint32Array.of(1, 2, 3), times: time, values }, 0, 3)
      return samples
    })
    writeSegment(files, join(folder, segmentName(index)), records)
  }
}

function writeSegment(files: Files, path: string, records: readonly RecordWriter[]): void {
  const frames = new FrameWriter()
  const compressor = new RecordCompressor()
  for (const { bytes, length } of records) {
    compressor.compress(bytes, length)
    frames.add(compressor.bytes, compressor.length, compressor.compression)
  }
  const file = files.create(path)
  file.write(frames.take())
  file.close()
}
