import { describe, expect, it } from 'vitest'
import { declaration as relabel } from '../../src/components/discovery/relabel.ts'
import { declaration as scrape } from '../../src/components/prometheus/scrape.ts'
import { countItems, PublishedTargets } from '../../src/engine/flows.ts'
import type { Histogram, SampleBatch } from '../../src/model/samples.ts'
import { settle } from '../support/simulated_clock.ts'
import type { RelayProbe } from '../support/test_components.ts'
import { TestEngine } from '../support/test_engine.ts'

const modules = `
declare "sink" {
  test.relay "inner" { }
  export "receiver" { value = test.relay.inner.receiver }
}
sink "one" { }
test.relay "from" { forward_to = [sink.one.receiver, test.relay.other.receiver] }
test.relay "other" { }
`

function send(test: TestEngine, id: string, rows: number) {
  return test.probe<RelayProbe>(id).send(rows, new AbortController().signal)
}

describe('what a component sends', () => {
  it('is counted by the global id of whoever owns the receiver', async () => {
    const test = new TestEngine()
    expect(await test.load(modules)).toEqual([])
    await test.run()
    await settle()
    const flows = () => test.engine.component('test.relay.from')!.flows()
    expect(flows()).toEqual([
      { type: 'prometheus_metric', to: 'sink.one/test.relay.inner', count: 0 },
      { type: 'prometheus_metric', to: 'test.relay.other', count: 0 },
    ])
    await send(test, 'test.relay.from', 3)
    test.probe<RelayProbe>('test.relay.other').answer = async () => ({
      refused: [{ row: 0, reason: 'old' }],
      missed: [],
    })
    await send(test, 'test.relay.from', 4)
    expect(flows().map(({ count }) => count)).toEqual([7, 6])
    await test.end()
  })

  it('is told by components alone, not by what holds them', async () => {
    const test = new TestEngine()
    await test.load(modules)
    expect(test.engine.component('sink.one')!.flows()).toEqual([])
  })
})

describe('items of a batch', () => {
  it('are samples, histograms, exemplars and metadata, as upstream counts', () => {
    const batch: SampleBatch = {
      length: 2,
      series: Uint32Array.of(1, 2),
      kinds: Uint8Array.of(0, 2),
      times: 0,
      values: new Float64Array(2),
      histograms: new Map([[1, {} as Histogram]]),
      exemplars: [{ series: 1, labels: [], value: 1, time: 0 }],
      metadata: [{ family: 'a', type: 'gauge', unit: '', help: '' }],
    }
    expect(countItems(batch)).toBe(4)
  })
})

describe('published targets', () => {
  it('add up over publications, and say how many there are', () => {
    const targets = new PublishedTargets(relabel)
    const a = new Map([['__address__', 'a']])
    targets.publish({ output: [a, a], rules: [] })
    targets.publish({ output: [a], rules: [] })
    expect(targets.flow()).toEqual({ type: 'target', count: 3, present: 1 })
    expect(targets.lists).toEqual([[a]])
  })

  it('are known by the type of an export', () => {
    expect(new PublishedTargets(relabel).areExported).toBe(true)
    expect(new PublishedTargets(scrape).areExported).toBe(false)
  })
})
