import { describe, expect, it } from 'vitest'
import { MetaHistory } from '../../../src/server/own/meta_history.ts'
import { askOwn } from '../../support/ask_own.ts'
import { engineView } from '../../support/engine_view.ts'
import { programView } from '../../support/program_view.ts'

describe('the history of the figures', () => {
  it('is empty before the first point', () => {
    expect(new MetaHistory().meta(900)).toEqual({ intervalSeconds: 5, lastMs: 0, series: {} })
  })

  it('has null where a figure was not known', () => {
    const history = new MetaHistory()
    history.add({ shards: 1 }, 1000)
    history.add({ cpu_cores: 0.5 }, 6000)
    history.add({ shards: 2, cpu_cores: Number.NaN }, 11_000)
    expect(history.meta(900)).toEqual({
      intervalSeconds: 5,
      lastMs: 11_000,
      series: { shards: [1, null, 2], cpu_cores: [null, 0.5, null] },
    })
  })

  it('keeps a quarter of an hour', () => {
    const history = new MetaHistory()
    for (let i = 0; i < 1000; i++) history.add({ shards: i }, i)
    const { shards = [] } = history.meta(10_000).series
    expect([shards.length, shards[0], shards.at(-1)]).toEqual([180, 820, 999])
    history.add({}, 1000)
    expect(history.meta(10).series).toEqual({ shards: [999, null] })
  })

  it('is asked for by seconds', async () => {
    const meta = new MetaHistory()
    for (let i = 0; i < 10; i++) meta.add({ shards: i }, i)
    const program = programView({ meta })
    const answer = await askOwn(engineView([]), 'meta?seconds=12', { program })
    expect(answer?.body).toMatchObject({ lastMs: 9, series: { shards: [7, 8, 9] } })
    expect(await askOwn(engineView([]), 'meta?seconds=901', { program })).toMatchObject({
      status: 400,
      body: { error: 'parameter "seconds" must be from 1 to 900' },
    })
  })
})
