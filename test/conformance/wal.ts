// prom-wal: streams of fragments, and the records that are read from them.

import { createHash } from 'node:crypto'
import { crc32c } from '../../src/wire/wal/crc32c.ts'
import { Frame, FrameReader } from '../../src/wire/wal/frame_reader.ts'
import { type Case, readTable } from './harness.ts'

interface Range {
  readonly from: number
  readonly to: number
}

interface Piece extends Partial<Range> {
  readonly type: number
  readonly zeros?: number
  readonly then?: readonly number[]
}

interface Row {
  readonly name: string
  readonly fragments: readonly Piece[]
  readonly stream_length: number
  readonly stream_sha256: string
  readonly records: readonly Range[]
  readonly fails: boolean
}

const block = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7 + 3) % 251)

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const row of readTable<Row>(dir, 'reader')) {
    yield { id: `prom-wal/${row.name}`, run: () => run(row) }
  }
}

function run(row: Row): string | undefined {
  const stream = Buffer.concat(row.fragments.map(bytesOfPiece))
  const sum = createHash('sha256').update(stream).digest('hex')
  if (stream.length !== row.stream_length || sum !== row.stream_sha256) return 'stream differs'
  const reader = new FrameReader()
  reader.push(stream)
  reader.end()
  for (const [i, { from, to }] of row.records.entries()) {
    if (reader.next() !== Frame.record) return `record ${i}: ${reader.damage.reason}`
    if (Buffer.compare(reader.record, block.subarray(from, to)) !== 0) return `record ${i} differs`
  }
  const last = reader.next()
  if (last === Frame.record) return 'has more records'
  const failed = last === Frame.damage
  return failed === row.fails ? undefined : failed ? reader.damage.reason : 'does not fail'
}

function bytesOfPiece({ type, from, to, zeros = 0, then = [] }: Piece): Uint8Array {
  const content = from === undefined ? new Uint8Array(zeros) : block.subarray(from, to)
  const bytes = Buffer.concat([content, Uint8Array.from(then)])
  if (type === 0) return Buffer.concat([new Uint8Array(1), bytes])
  const head = Buffer.alloc(7)
  head[0] = type
  head.writeUInt16BE(bytes.length & 0xffff, 1)
  head.writeUInt32BE(crc32c(bytes), 3)
  return Buffer.concat([head, bytes])
}
