// Relabeling a batch of known series, against rules run over label maps for every sample.

import { RelabelRules } from '../../src/components/common/relabel/rules.ts'
import { relabelRule } from '../../src/components/common/relabel.ts'
import { Columns } from '../../src/components/prometheus/relabel/columns.ts'
import { SeriesCache } from '../../src/components/prometheus/relabel/series_cache.ts'
import { Slice } from '../../src/engine/slice.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { decodeText } from '../support/decode_text.ts'
import type { Bench } from './harness.ts'

const count = 2000

const texts = [
  'target_label = "site"\nreplacement = "lab"',
  'source_labels = ["pod"]\nregex = "workload-(\\\\d+)-.*"\ntarget_label = "workload"',
  'source_labels = ["code"]\nregex = "5.."\naction = "drop"',
  'regex = "container"\naction = "labeldrop"',
]

function seriesOf(row: number): string[] {
  const pod = `workload-${row % 17}-abc`
  const code = String(row % 5 === 0 ? 500 : 200)
  const flat = ['__name__', `bench_${row % 50}`, 'code', code, 'container', 'main']
  return [...flat, 'handler', `/api/${row}`, 'instance', 'a:1', 'job', 'bench', 'pod', pod]
}

export function* benches(): Generator<Bench> {
  const rules = new RelabelRules(
    texts.map((text) => decodeText(relabelRule, text)),
    { legacyNames: true },
  )
  const pool = new LabelPool(1)
  const cache = new SeriesCache(pool, rules, { sizeMax: 100_000, ttlMs: 0 })
  const series = new Uint32Array(count)
  for (let row = 0; row < count; row++) {
    series[row] = pool.intern(seriesOf(row))
    pool.retain(series[row]!)
  }
  const batch = {
    length: count,
    series,
    kinds: new Uint8Array(count),
    times: 1,
    values: new Float64Array(count).fill(1.5),
  }
  const columns = new Columns()
  const samples = Array.from({ length: count }, (_, row) => ({ flat: seriesOf(row), value: 1.5 }))
  yield {
    name: 'relabel, series known',
    unit: 'sample',
    count,
    run: () => {
      const slice = new Slice()
      columns.begin(batch)
      while (!columns.relabel(batch, cache, slice));
      return columns.batch(batch, (id) => cache.outcome(id))
    },
    baseline: {
      name: 'rules on label maps',
      run: () =>
        samples.flatMap(({ flat, value }) => {
          const labels = new Map<string, string>()
          for (let i = 0; i < flat.length; i += 2) labels.set(flat[i]!, flat[i + 1]!)
          return rules.apply(labels) ? [{ labels, value }] : []
        }),
    },
  }
}
