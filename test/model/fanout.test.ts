import { describe, expect, it } from 'vitest'
import {
  accepted,
  hasExited,
  type PushContext,
  type Receiver,
  Refused,
} from '../../src/model/receiver.ts'
import { type Answer, type Batch, bad, busy, Child, setUp } from './fanout_harness.ts'

describe('fanout', () => {
  it('answers at once, without a promise, when all children do', () => {
    const a = new Child('a', accepted)
    const b = new Child('b', accepted)
    const { fanout, context, pushes } = setUp(a, b)
    expect(fanout.push([1, 2], context)).toBe(accepted)
    expect([a.took, b.took]).toEqual([[[1, 2]], [[1, 2]]])
    expect(fanout.forwardedRows).toBe(2)
    expect(pushes.size).toBe(0)
  })

  it('lets batches vanish where there are no children', () => {
    const { fanout, context } = setUp()
    expect(fanout.push([1], context)).toBe(accepted)
  })

  it('offers to all at once and waits for the slowest', async () => {
    const a = new Child('a', 'hang')
    const b = new Child('b', accepted)
    const { push, clock, pushes, seconds } = setUp(a, b)
    const settled = push()
    await clock.advance(4000)
    expect(b.took).toHaveLength(1)
    expect(settled).toEqual({})
    expect(pushes.size).toBe(1)
    a.answer(accepted)
    await clock.advance(0)
    expect(settled.outcome).toEqual(accepted)
    expect(pushes.size).toBe(0)
    expect(seconds).toEqual([4])
  })

  it('retries only the child that refused for now, after 30 ms doubling to 5 s', async () => {
    const a = new Child('a', accepted)
    const b = new Child('b', busy())
    const { push, clock, abort } = setUp(a, b)
    const settled = push()
    const offers: number[] = []
    for (const ms of [29, 1, 59, 1, 120, 240, 480, 960, 1920, 3840, 5000, 5000]) {
      await clock.advance(ms)
      offers.push(b.offers)
    }
    expect(offers).toEqual([1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    abort.abort()
    await clock.advance(0)
    expect(settled.outcome?.missed).toEqual([{ id: 'b', reason: 'busy', stuck: false }])
    expect(a.offers).toBe(1)
    expect(clock.timers).toBe(0)
  })

  it('retries when the child says so', async () => {
    const b = new Child('b', new Refused('wait', { permanent: false, retryAfterMs: 700 }), accepted)
    const { push, clock, fanout } = setUp(b)
    const settled = push()
    await clock.advance(699)
    expect(b.offers).toBe(1)
    await clock.advance(1)
    expect(settled.outcome).toEqual(accepted)
    expect(fanout.edges[0]).toMatchObject({ id: 'b', pushes: 1, rows: 3, retries: 1 })
  })

  it('names children that refuse for good or have exited, and does not retry them', async () => {
    const children = [
      new Child('a', accepted),
      new Child('b', bad()),
      new Child('c', hasExited('c')),
    ]
    const { push, clock, fanout } = setUp(...children)
    const settled = push()
    await clock.advance(60_000)
    expect(settled.outcome?.missed).toEqual([
      { id: 'b', reason: 'bad', stuck: false },
      { id: 'c', reason: 'c has exited', stuck: false },
    ])
    expect(children.map((child) => child.offers)).toEqual([1, 1, 1])
    expect(fanout.edges.map((edge) => [edge.refused, edge.exited])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ])
  })

  it.each([
    ['for good', [bad(), hasExited('b')], { permanent: true, exited: false }],
    [
      'because all have exited',
      [hasExited('a'), hasExited('b')],
      { permanent: true, exited: true },
    ],
    ['with an error of the program', [new TypeError('no'), bad()], { permanent: true }],
  ])('rejects %s when nobody took the batch', async (_, [a, b], expected) => {
    const { push, clock, fanout } = setUp(new Child('a', a!), new Child('b', b!))
    const settled = push()
    await clock.advance(0)
    expect(settled.error).toBeInstanceOf(Refused)
    expect(settled.error).toMatchObject(expected)
    expect((settled.error as Refused).message).toBe(`${a!.message}; ${b!.message}`)
    expect(fanout.forwardedRows).toBe(0)
  })

  it('rejects for now when the signal fires before anybody took the batch', async () => {
    const { push, clock, abort } = setUp(new Child('a', busy()), new Child('b', bad()))
    const settled = push()
    await clock.advance(1000)
    abort.abort()
    await clock.advance(0)
    expect(settled.error).toMatchObject({ permanent: false })
    const late = push()
    await clock.advance(0)
    expect(late.error).toMatchObject({ permanent: false })
  })

  it('goes on without a child that does not answer 1 s after the signal', async () => {
    const a = new Child('a', accepted)
    const c = new Child('c', 'hang', accepted)
    const { push, clock, abort, pushes, fanout, context } = setUp(a, c)
    const settled = push()
    await clock.advance(10_000)
    abort.abort()
    await clock.advance(999)
    expect(settled).toEqual({})
    await clock.advance(1)
    expect(settled.outcome?.missed).toMatchObject([{ id: 'c', stuck: true }])
    expect(pushes.size).toBe(1)

    const next: PushContext = { ...context, signal: new AbortController().signal }
    expect(fanout.push([9], next)).toMatchObject({ missed: [{ id: 'c', stuck: false }] })
    expect(c.offers).toBe(1)
    c.answer(accepted)
    await clock.advance(0)
    expect(pushes.size).toBe(0)
    expect(fanout.push([9], next)).toBe(accepted)
    expect(c.took).toEqual([[1, 2, 3], [9]])
  })

  it('never says that a stuck child took nothing', async () => {
    const { push, clock, abort, fanout, context } = setUp(new Child('c', 'hang'))
    const settled = push()
    abort.abort()
    await clock.advance(1000)
    expect(settled.outcome?.missed).toMatchObject([{ id: 'c', stuck: true }])
    const signal = new AbortController().signal
    expect(() => fanout.push([9], { ...context, signal })).toThrow(
      'c has not answered an earlier push',
    )
    try {
      void fanout.push([9], { ...context, signal })
    } catch (error) {
      expect(error).toMatchObject({ permanent: false, stuck: false })
    }
  })

  it('swaps children at once, while pushes already offered finish on the old list', async () => {
    const b = new Child('b', busy(), busy(), accepted)
    const c = new Child('c', 'hang')
    const { push, clock, fanout } = setUp(b, c)
    const before = push()
    await clock.advance(30)
    fanout.update([c])
    const after = push([4])
    await clock.advance(0)
    c.answer(accepted)
    c.answer(accepted)
    await clock.advance(60)
    expect([before.outcome, after.outcome]).toEqual([accepted, accepted])
    expect([b.took, c.took]).toEqual([[[1, 2, 3]], [[1, 2, 3], [4]]])
  })

  describe('a child that has left the list before it took the batch', () => {
    it.each<[string, Answer]>([
      ['has exited', hasExited('b')],
      ['refuses still', busy()],
    ])('gives it up to those that came since, once it %s', async (_, answer) => {
      const b = new Child('b', busy(), answer)
      const c = new Child('c', 'hang')
      const d = new Child('d', busy(), accepted)
      const { push, clock, fanout, pushes } = setUp(b, c)
      const settled = push()
      await clock.advance(20)
      fanout.update([c, d])
      await clock.advance(10)
      expect(d.offers).toBe(1)
      c.answer(accepted)
      await clock.advance(30)
      expect(settled.outcome).toEqual(accepted)
      expect([b.took, c.took, d.took]).toEqual([[], [[1, 2, 3]], [[1, 2, 3]]])
      expect([pushes.size, clock.timers]).toEqual([0, 0])
    })

    it('is offered it again where nobody came instead, and missed when it has exited', async () => {
      const b = new Child('b', busy(), busy(), hasExited('b'))
      const c = new Child('c', accepted)
      const { push, clock, fanout } = setUp(b, c)
      const settled = push()
      fanout.update([c])
      await clock.advance(90)
      expect(settled.outcome?.missed).toEqual([{ id: 'b', reason: 'b has exited', stuck: false }])
      expect([b.offers, c.offers]).toEqual([3, 1])
    })

    it('has one successor for all, over any number of changes', async () => {
      const gone = [new Child('a', busy()), new Child('b', busy(), hasExited('b'))]
      const [c, d] = [new Child('c', busy()), new Child('d', accepted)]
      const { push, clock, fanout } = setUp(...gone)
      const settled = push()
      fanout.update([c])
      await clock.advance(30)
      fanout.update([d])
      await clock.advance(30)
      expect(settled.outcome).toEqual(accepted)
      expect([...gone, c, d].map(({ offers }) => offers)).toEqual([1, 1, 1, 1])
    })

    it('has no successor after the deadline', async () => {
      const d = new Child('d', accepted)
      const { push, clock, fanout, abort } = setUp(new Child('b', 'hang'))
      const b = fanout.children
      const settled = push()
      fanout.update([d])
      abort.abort()
      await clock.advance(1000)
      expect(settled.outcome?.missed).toMatchObject([{ id: b[0], stuck: true }])
      expect(d.offers).toBe(0)
    })
  })

  it('does not hand on what a child missed that is still in the list', async () => {
    const b = new Child('b', busy(), hasExited('b'))
    const d = new Child('d', accepted)
    const { push, clock, fanout } = setUp(b)
    const settled = push()
    fanout.update([b, d])
    await clock.advance(30)
    expect(settled.error).toMatchObject({ exited: true })
    expect(d.offers).toBe(0)
  })

  it('remembers over a swap that a child is stuck', async () => {
    const c = new Child('c', 'hang')
    const { push, clock, abort, fanout } = setUp(c)
    push()
    abort.abort()
    await clock.advance(1000)
    fanout.update([c, new Child('d', accepted)])
    const { signal } = new AbortController()
    expect(fanout.push([1], { signal })).toMatchObject({ missed: [{ id: 'c' }] })
    expect(fanout.edges.find((edge) => edge.id === 'c')?.stuck).toBe(2)
  })

  it('hands up rows refused, once each, and what children missed below them', async () => {
    const row = (row: number, reason: string) => ({ row, reason })
    const a = new Child('a', Promise.resolve({ refused: [row(1, 'old')], missed: [] }))
    const below = { id: 'x', reason: 'gone', stuck: false }
    const b = new Child('b', { refused: [row(1, 'older'), row(2, 'bad')], missed: [below] })
    const { push, clock } = setUp(a, b)
    const settled = push()
    await clock.advance(0)
    expect(settled.outcome).toEqual({ refused: [row(1, 'older'), row(2, 'bad')], missed: [below] })
  })

  it('shows batches while somebody watches', () => {
    const { fanout, context } = setUp(new Child('a', accepted))
    const seen: Batch[] = []
    const stop = fanout.watch((batch) => seen.push([...batch]))
    void fanout.push([1], context)
    stop()
    void fanout.push([2], context)
    expect(seen).toEqual([[1]])
  })

  it('notices a receiver that changes a borrowed batch', async () => {
    const vandal: Receiver<Batch> = {
      id: 'vandal',
      push: async (batch) => {
        batch[0] = 5
        return accepted
      },
    }
    const { fanout, push, clock } = setUp()
    fanout.update([vandal])
    const settled = push()
    await clock.advance(0)
    expect((settled.error as Error).message).toMatch('borrowed batch was changed')
  })
})
