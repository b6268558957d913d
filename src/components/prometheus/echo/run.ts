// Runs prometheus.echo: each batch becomes a line of the log.

import type { Component, Context, Runner } from '../../../engine/component.ts'
import { accepted, hasExited, type Outcome, type Receiver } from '../../../model/receiver.ts'
import type { SampleBatch } from '../../../model/samples.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import type { declaration } from '../echo.ts'
import { type EchoFormat, exposition } from './exposition.ts'

type D = typeof declaration
type Args = Arguments<D>

class Echo implements Component<D>, Receiver<SampleBatch> {
  readonly id: string
  readonly #context: Context<D>
  #format: EchoFormat
  #hasExited = false

  constructor(context: Context<D>, args: Args) {
    this.id = context.id
    this.#context = context
    this.#format = formatOf(args)
  }

  update(args: Args): void {
    this.#format = formatOf(args)
  }

  run(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const exit = () => {
        this.#hasExited = true
        resolve()
      }
      if (signal.aborted) exit()
      else signal.addEventListener('abort', exit, { once: true })
    })
  }

  async push(batch: SampleBatch): Promise<Outcome> {
    if (this.#hasExited) throw hasExited(this.id)
    const { logger, pool } = this.#context
    const metrics = await exposition(batch, pool, this.#format)
    logger.log('info', 'received metrics', { metrics })
    return accepted
  }
}

function formatOf({ format }: Args): EchoFormat {
  if (format === 'text' || format === 'openmetrics') return format
  throw new Error(`unsupported metrics format "${format}": should be text or openmetrics`)
}

export default {
  open: (context, args) => {
    const component = new Echo(context, args)
    context.publish({ receiver: component })
    return component
  },
} satisfies Runner<D>
