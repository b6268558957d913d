import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fanout } from '../../src/model/fanout.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { PushLedger } from '../../src/model/push_ledger.ts'
import {
  accepted,
  hasExited,
  type Outcome,
  type PushContext,
  type Receiver,
  Refused,
} from '../../src/model/receiver.ts'
import { SimulatedClock } from '../support/simulated_clock.ts'

type Batch = number[]
type Answer = Outcome | Error | 'hang'

/** Answers in turn as scripted, the last answer for ever after. */
class Child implements Receiver<Batch> {
  readonly id: string
  readonly took: Batch[] = []
  offers = 0
  #script: (Answer | Promise<Answer>)[]
  #release: ((answer: Answer) => void)[] = []

  constructor(id: string, ...script: (Answer | Promise<Answer>)[]) {
    this.id = id
    this.#script = script
  }

  push(batch: Batch): Outcome | Promise<Outcome> {
    this.offers++
    const answer = this.#script.length > 1 ? this.#script.shift()! : this.#script[0]!
    const give = (given: Answer): Outcome => {
      if (given instanceof Error) throw given
      if (given === 'hang') throw new Error('cannot hang twice')
      this.took.push([...batch])
      return given
    }
    if (answer === 'hang') {
      return new Promise<Answer>((resolve) => this.#release.push(resolve)).then(give)
    }
    return answer instanceof Promise ? answer.then(give) : give(answer)
  }

  /** Ends the oldest push that hangs. */
  answer(answer: Answer): void {
    this.#release.shift()?.(answer)
  }
}

const busy = () => new Refused('busy', { permanent: false })
const bad = () => new Refused('bad', { permanent: true })

function setUp(...children: Child[]) {
  const clock = new SimulatedClock()
  const pushes = new PushLedger()
  const seconds: number[] = []
  const fanout = new Fanout<Batch>(
    {
      id: 'source',
      clock,
      logger: silentLogger,
      pushes,
      rows: (batch) => batch.length,
      observeLatency: (latency) => seconds.push(latency),
      checksum: (batch) => batch.reduce((sum, x) => sum * 31 + x, 7),
    },
    children,
  )
  const abort = new AbortController()
  const context: PushContext = { signal: abort.signal }
  const push = (batch: Batch = [1, 2, 3]) => {
    const settled: { outcome?: Outcome; error?: unknown } = {}
    const promise = (async () => fanout.push(batch, context))()
    promise.then(
      (outcome) => (settled.outcome = outcome),
      (error: unknown) => (settled.error = error),
    )
    return settled
  }
  return { clock, pushes, fanout, abort, context, push, seconds }
}

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
    const b = new Child('b', busy(), busy(), hasExited('b'))
    const c = new Child('c', 'hang')
    const d = new Child('d', accepted)
    const { push, clock, fanout } = setUp(b, c)
    const before = push()
    await clock.advance(30)
    fanout.update([d])
    const after = push([4])
    await clock.advance(0)
    expect(after.outcome).toEqual(accepted)
    c.answer(accepted)
    await clock.advance(60)
    expect(before.outcome?.missed).toEqual([{ id: 'b', reason: 'b has exited', stuck: false }])
    expect(b.offers).toBe(3)
    expect(d.took).toEqual([[4]])
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

describe('fanout, whatever the children do', () => {
  const answer = fc.constantFrom('accept', 'busy', 'bad', 'exited', 'throw', 'hang')
  const script = fc.array(fc.tuple(answer, fc.nat(2000)), { minLength: 1, maxLength: 4 })

  it('gives no child a batch twice, settles 1 s after the signal, and is honest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(script, { minLength: 1, maxLength: 4 }), fc.nat(5000), runScripts),
      { numRuns: 150 },
    )
  })

  async function runScripts(scripts: [string, number][][], deadlineMs: number): Promise<void> {
    const { fanout, clock, abort, push, pushes } = setUp()
    const children = scripts.map((steps, i) => scripted(`${i}`, steps, clock))
    fanout.update(children)
    const settled = push()
    await clock.advance(deadlineMs)
    abort.abort()
    await clock.advance(1000)
    const taken = children.filter((child) => child.taken === 1)
    expect(children.every((child) => child.taken <= 1)).toBe(true)
    if (settled.error !== undefined) {
      expect(settled.error).toBeInstanceOf(Refused)
      expect(taken).toEqual([])
    } else {
      const missed = new Set(settled.outcome?.missed.map((child) => child.id))
      const unsure = new Set(settled.outcome?.missed.filter((c) => c.stuck).map((c) => c.id))
      for (const child of children) {
        if (!unsure.has(child.id)) expect(child.taken).toBe(missed.has(child.id) ? 0 : 1)
      }
    }
    for (const child of children) child.end()
    await clock.advance(10_000)
    expect(pushes.size).toBe(0)
    expect(clock.timers).toBe(0)
  }

  function scripted(id: string, steps: [string, number][], clock: SimulatedClock) {
    let next = 0
    const hanging: (() => void)[] = []
    const child = {
      id,
      taken: 0,
      end: () => hanging.splice(0).forEach((end) => end()),
      push(): Outcome | Promise<Outcome> {
        const [does, ms] = steps[Math.min(next++, steps.length - 1)]!
        const act = (): Outcome => {
          if (does === 'busy') throw busy()
          if (does === 'bad') throw bad()
          if (does === 'exited') throw hasExited(id)
          if (does === 'throw') throw new Error('bug')
          child.taken++
          return accepted
        }
        if (does === 'hang') {
          return new Promise<void>((resolve) => hanging.push(resolve)).then(act)
        }
        return ms % 3 === 0 ? act() : clock.sleep(ms).then(act)
      },
    }
    return child
  }
})
