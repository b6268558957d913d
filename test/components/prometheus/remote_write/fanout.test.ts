// One source, several writers: what a slow, a refusing and a hanging one cost the others.

import { describe, expect, it } from 'vitest'
import { Stopped } from '../../../../src/engine/component.ts'
import { Fanout } from '../../../../src/model/fanout.ts'
import { silentLogger } from '../../../../src/model/logger.ts'
import {
  accepted,
  hasExited,
  type Outcome,
  type Receiver,
  Refused,
} from '../../../../src/model/receiver.ts'
import { checksumSamples, type SampleBatch } from '../../../../src/model/samples.ts'
import { endpoint, harness, pause } from './harness.ts'

function source(setUp: ReturnType<typeof harness>, others: readonly Receiver<SampleBatch>[]) {
  const { clock, pool, writer } = setUp
  const fanout = new Fanout<SampleBatch>(
    {
      id: 'source',
      clock,
      logger: silentLogger,
      pushes: pool.pushes,
      rows: ({ length }) => length,
      checksum: checksumSamples,
    },
    [writer, ...others],
  )
  let n = 0
  /** One scrape with a deadline; `outcome` is set once it has settled. */
  const scrape = (deadlineMs: number) => {
    const control = new AbortController()
    clock.after(deadlineMs, () => control.abort())
    const result: { outcome?: Outcome; error?: unknown } = {}
    const push = async () =>
      fanout.push(
        {
          length: 1,
          series: Uint32Array.of(pool.intern(['__name__', 'n'])),
          kinds: new Uint8Array(1),
          times: clock.now(),
          values: Float64Array.of(n++),
        },
        { signal: control.signal },
      )
    push().then(
      (outcome) => (result.outcome = outcome),
      (error: unknown) => (result.error = error),
    )
    return result
  }
  return { fanout, scrape }
}

function child(id: string, push: () => Outcome | Promise<Outcome>) {
  const receiver = {
    id,
    offers: 0,
    push: () => {
      receiver.offers++
      return push()
    },
  }
  return receiver
}

const refusing = () => {
  throw new Refused('busy', { permanent: false })
}
/** Until it is let go: what it may still read stays in the pool. */
function hanging() {
  let release = (_: Outcome) => {}
  const held = new Promise<Outcome>((resolve) => {
    release = resolve
  })
  return { push: () => held, letGo: () => release(accepted) }
}

describe('fan-out to writers', () => {
  it('does not feel an endpoint that hangs: its writer has a log', async () => {
    const setUp = harness(`${endpoint('/a')}\n${endpoint('/b')}`)
    setUp.answers.set('/b', () => 'hang')
    const { scrape } = source(setUp, [])
    for (let i = 0; i < 5; i++) {
      const result = scrape(900)
      await setUp.clock.advance(pause)
      expect(result.outcome).toEqual({ refused: [], missed: [] })
    }
    await setUp.clock.advance(pause)
    expect(setUp.accepted('/a')).toEqual([0, 1, 2, 3, 4])
  })

  it('offers again to the one that refuses, bounds the one that hangs, doubles nothing', async () => {
    const setUp = harness(endpoint('/a'))
    const b = child('b', refusing)
    const { push: hang, letGo } = hanging()
    const c = child('c', hang)
    const { scrape, fanout } = source(setUp, [b, c])
    const first = scrape(900)
    await setUp.clock.advance(1899)
    expect(first).toEqual({})
    await setUp.clock.advance(1)
    expect(first.outcome?.missed).toMatchObject([
      { id: 'b', reason: 'busy', stuck: false },
      { id: 'c', stuck: true },
    ])
    expect([b.offers, c.offers]).toEqual([5, 1])
    const second = scrape(900)
    await setUp.clock.advance(901)
    expect(second.outcome?.missed).toMatchObject([{ id: 'c' }, { id: 'b' }])
    expect(c.offers).toBe(1)
    await setUp.clock.advance(pause)
    expect(setUp.accepted('/a')).toEqual([0, 1])
    expect(fanout.edges.map(({ id, rows }) => [id, rows])).toEqual([
      [setUp.writer.id, 2],
      ['b', 0],
      ['c', 0],
    ])
    letGo()
  })

  it('waits in no reload for a push', async () => {
    const setUp = harness(endpoint('/a'))
    const { push: hang, letGo } = hanging()
    const { scrape, fanout } = source(setUp, [child('c', hang)])
    const before = scrape(5000)
    await setUp.clock.advance(100)
    fanout.update([setUp.writer])
    setUp.update(endpoint('/a', '', 'remote_timeout = "7s"'))
    const after = scrape(900)
    await setUp.clock.advance(0)
    expect(after.outcome).toEqual({ refused: [], missed: [] })
    expect(before).toEqual({})
    await setUp.clock.advance(6000)
    expect(before.outcome?.missed).toMatchObject([{ id: 'c', stuck: true }])
    expect(setUp.accepted('/a')).toEqual([0, 1])
    letGo()
  })

  it('rejects what comes after the exit, for good', async () => {
    const setUp = harness(endpoint('/a'))
    const gone = child('gone', () => {
      throw hasExited('gone')
    })
    const { scrape } = source(setUp, [gone])
    setUp.control.abort(new Stopped('removed'))
    await setUp.clock.advance(0)
    const result = scrape(900)
    await setUp.clock.advance(0)
    expect(result.error).toMatchObject({
      message: `${setUp.writer.id} has exited; gone has exited`,
      permanent: true,
      exited: true,
    })
    expect(gone.offers).toBe(1)
    expect(setUp.writer.delivery().isDelivering).toBe(true)
  })
})
