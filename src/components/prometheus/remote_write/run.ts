// Runs prometheus.remote_write: what is pushed goes into a log, from which each endpoint sends.

import type { Component, Context, Runner } from '../../../engine/component.ts'
import type { DeliveryState } from '../../../engine/health.ts'
import { accepted, hasExited, type Outcome, type Receiver } from '../../../model/receiver.ts'
import type { RemoteStore } from '../../../model/remote_stores.ts'
import type { Cursor } from '../../../model/sample_log.ts'
import type { SampleBatch } from '../../../model/samples.ts'
import { MemoryRing } from '../../../storage/memory_ring.ts'
import type { declaration } from '../remote_write.ts'
import { type Args, EndpointSet } from './endpoint_set.ts'
import { RequestBodies } from './request_bodies.ts'

type D = typeof declaration

/** How often dropped samples are logged. */
const reportEveryMs = 10_000

export class RemoteWrite implements Component<D>, Receiver<SampleBatch> {
  readonly id: string
  readonly #context: Context<D>
  readonly #log: MemoryRing
  readonly #endpoints: EndpointSet
  readonly #store: RemoteStore
  #args: Args
  #state: 'built' | 'running' | 'exited' = 'built'
  /** Keeps for the first endpoints what comes in before there are any. */
  readonly #beginning: Cursor
  /** Unix time in ms of the newest sample that came in. */
  #newestTime = 0
  #droppedReported = 0

  constructor(context: Context<D>, args: Args) {
    this.id = context.id
    this.#context = context
    this.#args = args
    const { pool, limits } = context
    this.#log = new MemoryRing({ pool, bytesMax: limits.remoteWriteMemoryBytes })
    this.#beginning = this.#log.cursor()
    this.#endpoints = new EndpointSet({
      context,
      log: this.#log,
      bodies: new RequestBodies(pool),
      newestTime: () => this.#newestTime,
    })
    this.#endpoints.check(args)
    this.#store = pool.stores.open(this.id)
    context.onCollect(() => this.#collect())
  }

  update(args: Args): void {
    if (this.#state === 'running') this.#endpoints.update(args)
    else this.#endpoints.check(args)
    this.#args = args
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#state = 'running'
    this.#endpoints.update(this.#args, this.#beginning.acked)
    this.#beginning.close()
    const cancelReports = this.#reportDropped()
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    this.#state = 'exited'
    await this.#endpoints.end()
    cancelReports()
    this.#log.close()
    this.#store.close()
  }

  /**
   * Owns a batch once it is in the log, which takes copies. Before it runs too: a writer that takes
   * another's place waits up to a second for that one.
   */
  push(batch: SampleBatch): Outcome {
    if (this.#state === 'exited') throw hasExited(this.id)
    const { times, length } = batch
    let newest = this.#newestTime
    if (typeof times === 'number') newest = Math.max(newest, length > 0 ? times : 0)
    else for (let row = 0; row < length; row++) if (times[row]! > newest) newest = times[row]!
    this.#newestTime = newest
    this.#store.took(batch)
    this.#log.append(batch)
    return accepted
  }

  delivery(): DeliveryState {
    const failures = this.#endpoints.failures()
    const lagSeconds = this.#endpoints.lagSeconds(this.#context.clock.now())
    return { isDelivering: failures.length === 0, message: failures.join('; '), lagSeconds }
  }

  #collect(): void {
    const { metrics, limits } = this.#context
    this.#endpoints.publish()
    metrics.highestTimestampIn.set(this.#newestTime / 1000)
    metrics.activeSeries.set(this.#store.series)
    metrics.samplesAppended.set(this.#store.samples)
    metrics.exemplarsAppended.set(this.#store.exemplars)
    metrics.rowsMemory.set(this.#log.bytes)
    metrics.labelsMemory.set(this.#log.labelBytes)
    metrics.memoryLimit.set(limits.remoteWriteMemoryBytes)
  }

  #reportDropped(): () => void {
    let cancel = () => {}
    const arm = () => {
      cancel = this.#context.clock.after(reportEveryMs, () => {
        arm()
        const count = this.#log.dropped - this.#droppedReported
        this.#droppedReported = this.#log.dropped
        if (count === 0) return
        this.#context.logger.log('error', 'the log is full: dropped its oldest samples', { count })
      })
    }
    arm()
    return () => cancel()
  }
}

export default {
  open: (context, args) => {
    const component = new RemoteWrite(context, args)
    context.publish({ receiver: component })
    return component
  },
} satisfies Runner<D>
