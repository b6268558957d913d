// A fan-out on a simulated clock, and children that answer as a test says.

import { Fanout } from '../../src/model/fanout.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { PushLedger } from '../../src/model/push_ledger.ts'
import { type Outcome, type PushContext, type Receiver, Refused } from '../../src/model/receiver.ts'
import { SimulatedClock } from '../support/simulated_clock.ts'

export type Batch = number[]
export type Answer = Outcome | Error | 'hang'

/** Answers in turn as scripted, the last answer for ever after. */
export class Child implements Receiver<Batch> {
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

export const busy = () => new Refused('busy', { permanent: false })
export const bad = () => new Refused('bad', { permanent: true })

export function setUp(...children: Child[]) {
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
