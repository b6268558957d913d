import { describe, expect, it } from 'vitest'
import runner from '../../../../src/components/prometheus/relabel/run.ts'
import { declaration } from '../../../../src/components/prometheus/relabel.ts'
import type { Context } from '../../../../src/engine/component.ts'
import { Fanout } from '../../../../src/model/fanout.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'
import { Kind, type MetricsReceiver, type SampleBatch } from '../../../../src/model/samples.ts'
import { componentContext } from '../../../support/component_context.ts'
import { decodeText } from '../../../support/decode_text.ts'
import { RecordingTap } from '../../../support/recording_tap.ts'

type D = typeof declaration

async function setUp() {
  const pool = new LabelPool()
  const tap = new RecordingTap(pool)
  const { context, seen } = componentContext<D>('prometheus.relabel.test', {
    pool,
    debugTap: () => tap,
    metricsFanout: (children) =>
      new Fanout<SampleBatch>(
        { id: 'x', clock: context.clock, logger: context.logger, rows: ({ length }) => length },
        children,
      ),
  } as Partial<Context<D>>)
  const text = `
    forward_to = []
    rule {
      source_labels = ["a"]
      regex         = "b"
      action        = "drop"
    }
    rule {
      target_label = "site"
      replacement  = "lab"
    }
  `
  await runner.open(context, decodeText(declaration.arguments, text))
  const receiver = seen.published[0]?.receiver as MetricsReceiver
  const push = (kinds: number[]) => {
    const series = ['a', 'b', 'c'].map((value) => pool.intern(['__name__', 'm', 'a', value]))
    const batch: SampleBatch = {
      length: 3,
      series: Uint32Array.from(series),
      kinds: Uint8Array.from(kinds),
      times: 1000,
      values: new Float64Array(3),
    }
    return receiver.push(batch, { signal: new AbortController().signal })
  }
  return { tap, push }
}

const records = [
  '{__name__="m", a="a"} => {__name__="m", a="a", site="lab"}',
  '{__name__="m", a="b"} => {}',
  '{__name__="m", a="c"} => {__name__="m", a="c", site="lab"}',
]

describe('prometheus.relabel that is watched', () => {
  it('shows what becomes of each row, known or not, ended or not', async () => {
    const { tap, push } = await setUp()
    await push([Kind.float, Kind.float, Kind.float])
    await push([Kind.stale, Kind.stale, Kind.float])
    expect(tap.records).toEqual([...records, ...records])
  })

  it('does nothing for nobody', async () => {
    const { tap, push } = await setUp()
    tap.isWatched = false
    await push([Kind.float, Kind.float, Kind.float])
    expect(tap.records).toEqual([])
  })
})
