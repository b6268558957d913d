// What a sample costs on its way through the codecs.

import snappyjs from 'snappyjs'
import { LabelPool } from '../../src/model/label_pool.ts'
import { Kind } from '../../src/model/samples.ts'
import { Entry, ExpositionReader } from '../../src/wire/exposition/reader.ts'
import { ScrapeCache } from '../../src/wire/exposition/scrape_cache.ts'
import { ScrapeRows } from '../../src/wire/exposition/scrape_rows.ts'
import { RemoteWriteV1Encoder } from '../../src/wire/remote_write/v1_encoder.ts'
import { RemoteWriteV1Packer } from '../../src/wire/remote_write/v1_packer.ts'
import { compressedSizeMax, decompressSnappy, SnappyCompressor } from '../../src/wire/snappy.ts'
import { WriteRequest } from '../support/remote_write_proto.ts'
import type { Bench } from './harness.ts'
import { page } from './pages.ts'

const pages = Array.from({ length: 8 }, (_, variant) => page(1000, variant))
const scrapeOptions = {
  dialect: 'prometheus',
  time: 1_795_000_000_000,
  honorTimestamps: true,
  trackTimestamps: false,
  timeMax: 2e12,
} as const

function target(pool: LabelPool) {
  const rows = new ScrapeRows()
  const cache = new ScrapeCache({
    resolve: (reader) => {
      const id = pool.intern([...reader.labels, 'instance', '127.0.0.1:9100', 'job', 'bench'])
      pool.retain(id)
      return id
    },
    release: (id) => pool.release(id),
  })
  const scrape = (body: Uint8Array) => {
    cache.begin(body, scrapeOptions, rows)
    while (!cache.step(10_000));
    while (!cache.commit(4000, () => {}));
    while (!cache.sweep(1000));
    return rows
  }
  return { rows, scrape, cache }
}

/** Calls `work` with one page after the other. */
function inTurn(work: (body: Buffer) => unknown): () => unknown {
  let turn = 0
  return () => work(pages[turn++ % pages.length]!)
}

function* parseBenches(): Generator<Bench> {
  const { scrape } = target(new LabelPool())
  const count = scrape(pages[0]!).length
  const values = new Map<string, number>()
  yield {
    name: 'wire/parse, page known',
    unit: 'sample',
    count,
    run: inTurn(scrape),
    baseline: {
      name: 'split and parseFloat',
      run: inTurn((body) => {
        for (const line of body.toString().split('\n')) {
          if (line === '' || line[0] === '#') continue
          const at = line.lastIndexOf(' ')
          values.set(line.slice(0, at), Number.parseFloat(line.slice(at + 1)))
        }
      }),
    },
  }
  const reader = new ExpositionReader('prometheus')
  yield {
    name: 'wire/parse, entry by entry',
    unit: 'sample',
    count,
    run: inTurn((body) => {
      reader.open(body)
      while (reader.next() !== Entry.end);
    }),
  }
  const pool = new LabelPool()
  yield {
    name: 'wire/parse, page new',
    unit: 'sample',
    count,
    run: () => {
      const fresh = target(pool)
      fresh.scrape(pages[0]!)
      while (!fresh.cache.clear(1000));
    },
  }
}

function* encodeBenches(): Generator<Bench> {
  const pool = new LabelPool()
  const big = page(2000, 0)
  const rows = target(pool).scrape(big)
  const count = rows.length
  const columns = {
    series: rows.series,
    values: rows.values,
    kinds: new Uint8Array(rows.series.length).fill(Kind.float),
    times: scrapeOptions.time,
  }
  const encoder = new RemoteWriteV1Encoder(pool)
  const timeseries = Array.from({ length: count }, (_, row) => {
    const { flat } = pool.labelsOf(rows.series[row]!)
    const labels = []
    for (let i = 0; i < flat.length; i += 2) labels.push({ name: flat[i], value: flat[i + 1] })
    const timestamp = scrapeOptions.time
    return { labels, samples: [{ value: rows.values[row], timestamp }] }
  })
  yield {
    name: 'wire/encode remote write 1',
    unit: 'sample',
    count,
    run: () => {
      encoder.clear()
      encoder.addSamples(columns, 0, count)
    },
    baseline: { name: 'protobufjs', run: () => WriteRequest.encode({ timeseries }).finish() },
  }
  const packer = new RemoteWriteV1Packer(pool)
  yield {
    name: 'wire/pack remote write 1 as snappy',
    unit: 'sample',
    count,
    run: () => packer.pack(columns, 0, count),
    baseline: {
      name: 'protobufjs and snappyjs',
      run: () => snappyjs.compress(WriteRequest.encode({ timeseries }).finish()),
    },
  }
  encoder.clear()
  encoder.addSamples(columns, 0, count)
  const request = encoder.bytes.slice()
  const out = new Uint8Array(compressedSizeMax(request.length))
  const compressor = new SnappyCompressor()
  yield {
    name: 'wire/snappy compress',
    unit: 'sample',
    count,
    run: () => compressor.compress(request, request.length, out),
    baseline: { name: 'snappyjs', run: () => snappyjs.compress(request) },
  }
  const block = out.slice(0, compressor.compress(request, request.length, out))
  yield {
    name: 'wire/snappy decompress',
    unit: 'sample',
    count,
    run: () => decompressSnappy(block, 1 << 24),
    baseline: { name: 'snappyjs', run: () => snappyjs.uncompress(block) },
  }
}

export function* benches(): Generator<Bench> {
  yield* parseBenches()
  yield* encodeBenches()
}
