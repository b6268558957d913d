import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepted, hasExited, type Outcome, Refused } from '../../src/model/receiver.ts'
import type { SimulatedClock } from '../support/simulated_clock.ts'
import { bad, busy, setUp } from './fanout_harness.ts'

describe('fanout, whatever the children do', () => {
  const answer = fc.constantFrom('accept', 'busy', 'bad', 'exited', 'throw', 'hang')
  const script = fc.array(fc.tuple(answer, fc.nat(2000)), { minLength: 1, maxLength: 4 })

  it('gives no child a batch twice, settles 1 s after the signal, and is honest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(script, { minLength: 1, maxLength: 4 }),
        fc.nat(5000),
        fc.array(fc.tuple(fc.nat(1000), fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }))),
        runScripts,
      ),
      { numRuns: 300 },
    )
  })

  /** All children are in the list at first; then some of them and some of five others. */
  async function runScripts(
    scripts: [string, number][][],
    deadlineMs: number,
    changes: [afterMs: number, list: number[]][],
  ): Promise<void> {
    const { fanout, clock, abort, push, pushes } = setUp()
    const first = scripts.map((steps, i) => scripted(`${i}`, steps, clock))
    const others = scripts.map((steps, i) => scripted(`other ${i}`, [...steps].reverse(), clock))
    const children = [...first, ...others]
    fanout.update(first)
    const settled = push()
    let leftMs = deadlineMs
    for (const [afterMs, list] of changes) {
      await clock.advance(Math.min(afterMs, leftMs))
      leftMs -= Math.min(afterMs, leftMs)
      fanout.update([...new Set(list.map((i) => children[i % children.length]!))])
    }
    await clock.advance(leftMs)
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
        if (missed.has(child.id) && !unsure.has(child.id)) expect(child.taken).toBe(0)
      }
      const isSettled = (child: (typeof children)[number]) =>
        child.taken === 1 || missed.has(child.id)
      expect(children.some(isSettled)).toBe(true)
      for (const child of changes.length < 2 ? first : []) {
        expect(isSettled(child) || !fanout.children.includes(child.id)).toBe(true)
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
