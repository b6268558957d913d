// Writers that reloads put in each other's place while a batch is on its way.

import { describe, expect, it } from 'vitest'
import { declaration } from '../../../../src/components/prometheus/remote_write.ts'
import type { InternalRequest } from '../../../../src/engine/internal_network.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'
import type { Outcome } from '../../../../src/model/receiver.ts'
import type { Declaration } from '../../../../src/schema/declaration.ts'
import { decodeWriteRequest } from '../../../../src/wire/remote_write/v1_decoder.ts'
import { decompressSnappy } from '../../../../src/wire/snappy.ts'
import { settle } from '../../../support/simulated_clock.ts'
import { Journal, type RelayProbe, testComponents } from '../../../support/test_components.ts'
import { TestEngine } from '../../../support/test_engine.ts'

/** A source that forwards to the writer of that name. */
const config = (name: string) => `
  test.relay "source" { forward_to = [prometheus.remote_write.${name}.receiver] }

  prometheus.remote_write "${name}" {
    endpoint {
      url = "http://alloy.internal:12345/${name}"
      queue_config { batch_send_deadline = "100ms" }
    }
  }`

/** `hanging` endpoints never answer. */
async function setUp(hanging: readonly string[]) {
  const received: string[] = []
  const pool = new LabelPool()
  const series = pool.intern(['__name__', 'x'])
  pool.retain(series)
  const request = async ({ path, body, signal }: InternalRequest) => {
    if (hanging.includes(path)) {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal)))
    }
    for (const { samples } of decodeWriteRequest(decompressSnappy(body!, 1e6)).series) {
      received.push(...samples.map(() => path))
    }
    return { status: 204, headers: {}, body: new Uint8Array() }
  }
  const journal = new Journal()
  const components = testComponents(journal)
  const test = new TestEngine({
    pool,
    catalog: {
      component: async (name) =>
        name === declaration.name ? (declaration as Declaration) : components.get(name),
      block: () => undefined,
    },
    services: [],
    features: { stability: 'experimental', community: false },
    internal: { address: 'alloy.internal:12345', request },
    limits: { scrapeBodySizeBytes: 1, remoteWriteMemoryBytes: 1e6 },
  })
  await test.load(config('a'))
  await test.run()
  const source = journal.live.get('test.relay.source') as RelayProbe
  const push = (deadlineMs = 15_000) => {
    const deadline = new AbortController()
    test.clock.after(deadlineMs, () => deadline.abort())
    const settled: { outcome?: Outcome; error?: unknown } = {}
    source.send(1, deadline.signal).then(
      (outcome) => Object.assign(settled, { outcome }),
      (error: unknown) => Object.assign(settled, { error }),
    )
    return settled
  }
  const end = async () => {
    const ended = test.end()
    await test.clock.advance(70_000)
    await ended
  }
  return { test, received, push, end }
}

describe('a batch on its way', () => {
  it.each([0, 10, 100, 500, 900])(
    'is not lost when two reloads follow each other within %s ms',
    async (betweenMs) => {
      // The first writer has something to send that keeps it, and so those after it, for a second.
      const { test, received, push, end } = await setUp(['/a'])
      push()
      await settle()
      await test.load(config('b'))
      const settled = push()
      await test.clock.advance(betweenMs)
      await test.load(config('c'))
      await test.clock.advance(3000)
      expect(settled).toEqual({ outcome: { refused: [], missed: [] } })
      expect(received).toHaveLength(1)
      await end()
      expect(received).toHaveLength(1)
    },
  )

  it('is taken by a writer that does not run yet, for its endpoints', async () => {
    const { test, received, push, end } = await setUp(['/a'])
    push()
    await settle()
    await test.load(config('b'))
    const settled = push(250)
    await test.clock.advance(300)
    expect(settled).toEqual({ outcome: { refused: [], missed: [] } })
    expect(received).toEqual([])
    await test.clock.advance(2000)
    expect(received).toEqual(['/b'])
    await end()
  })

  it('is sent by a writer that a reload takes away before it runs', async () => {
    const { test, received, push, end } = await setUp(['/a'])
    push()
    await settle()
    await test.load(config('b'))
    push(250)
    await test.load(config('c'))
    await test.clock.advance(2000)
    expect(received).toEqual(['/b'])
    await end()
    expect(received).toEqual(['/b'])
  })
})
