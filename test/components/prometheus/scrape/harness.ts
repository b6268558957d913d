// The scrape component on a simulated clock, with targets inside the process.

import { onTestFinished } from 'vitest'
import runner from '../../../../src/components/prometheus/scrape/run.ts'
import { declaration } from '../../../../src/components/prometheus/scrape.ts'
import { type Component, type Context, Stopped } from '../../../../src/engine/component.ts'
import type { InternalResponse } from '../../../../src/engine/internal_network.ts'
import { Scope } from '../../../../src/eval/scope.ts'
import { Fanout } from '../../../../src/model/fanout.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'
import { accepted, type PushContext } from '../../../../src/model/receiver.ts'
import { Kind, type MetricsReceiver, type SampleBatch } from '../../../../src/model/samples.ts'
import type { Arguments } from '../../../../src/schema/declaration.ts'
import { componentContext } from '../../../support/component_context.ts'
import { decodeText } from '../../../support/decode_text.ts'
import { SimulatedClock } from '../../../support/simulated_clock.ts'

type D = typeof declaration

interface Row {
  readonly series: string
  readonly time: number
  readonly value: number | 'stale'
}

class Sink implements MetricsReceiver {
  readonly id = 'sink'
  readonly batches: Row[][] = []
  readonly last: SampleBatch[] = []
  answer: (context: PushContext) => ReturnType<MetricsReceiver['push']> = () => accepted
  readonly #pool: LabelPool

  constructor(pool: LabelPool) {
    this.#pool = pool
  }

  push(batch: SampleBatch, context: PushContext) {
    const rows: Row[] = []
    for (let row = 0; row < batch.length; row++) {
      const labels = [...this.#pool.labelsOf(batch.series[row]!)].filter(([name]) => name !== 'job')
      const text = labels.map(([name, value]) => (name === '__name__' ? value : `${name}=${value}`))
      const time = typeof batch.times === 'number' ? batch.times : batch.times[row]!
      const value = batch.kinds[row] === Kind.stale ? 'stale' : batch.values[row]!
      rows.push({ series: text.join(' '), time, value })
    }
    this.batches.push(rows)
    this.last.push({ ...batch })
    return this.answer(context)
  }

  /** Values of the last batch by series, without those of the component itself. */
  get rows(): Record<string, number | 'stale'> {
    const rows = this.batches.at(-1)?.filter(({ series }) => !/^(scrape_)/.test(series)) ?? []
    return Object.fromEntries(rows.map(({ series, value }) => [series, value]))
  }

  value(series: string): number | 'stale' | undefined {
    return this.batches.at(-1)?.find((row) => row.series === series)?.value
  }
}

export async function harness(more = '') {
  const clock = new SimulatedClock()
  const pool = new LabelPool()
  const sink = new Sink(pool)
  const pages = new Map<string, () => string | InternalResponse | Promise<InternalResponse>>()
  const requests: Readonly<Record<string, string>>[] = []
  const { context, seen } = componentContext<D>('prometheus.scrape.test', {
    clock,
    pool,
    internal: {
      address: 'alloy.internal:12345',
      request: async ({ path, headers }) => {
        requests.push(headers)
        const page = await (pages.get(path)?.() ?? {
          status: 404,
          headers: {},
          body: new Uint8Array(),
        })
        if (typeof page !== 'string') return page
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from(page) }
      },
    },
    metricsFanout: (children) =>
      new Fanout<SampleBatch>(
        {
          id: 'test',
          clock,
          logger: context.logger,
          pushes: pool.pushes,
          rows: ({ length }) => length,
        },
        children,
      ),
  } as Partial<Context<D>>)
  const args = (paths: readonly string[], extra = more, labels = ''): Arguments<D> => {
    const targets = paths.map(
      (path) =>
        `{"__address__" = "alloy.internal:12345", "__metrics_path__" = "${path}", "instance" = "${path.slice(1)}"${labels}}`,
    )
    const decoded = decodeText(
      declaration.arguments,
      `targets = [${targets.join(', ')}]\nforward_to = []\nscrape_interval = "10s"\n${extra}`,
      Scope.empty,
    )
    return { ...decoded, forward_to: [sink] }
  }
  const control = new AbortController()
  let component: Component<D> | undefined
  let done: Promise<void> | undefined
  const stop = async (why: 'removed' | 'shutdown') => {
    control.abort(new Stopped(why))
    await clock.advance(0)
    await done
  }
  onTestFinished(() => stop('shutdown'))
  return {
    clock,
    pool,
    sink,
    pages,
    requests,
    seen,
    args,
    stop,
    start: async (paths: readonly string[], labels = '') => {
      component = await runner.open(context, args(paths, more, labels))
      done = component.run(control.signal)
      await clock.advance(10_000)
    },
    update: async (next: Arguments<D>) => {
      await component?.update(next)
    },
    debugInfo: () => [...(component?.debugInfo?.() ?? [])],
    targets: () => component?.targets?.(),
  }
}
