import type { Component, Context, Runner } from '../../../engine/component.ts'
import { describe } from '../../../engine/describe.ts'
import type { Health } from '../../../engine/health.ts'
import { untilAborted } from '../../../engine/until_aborted.ts'
import { OptionalSecret } from '../../../eval/secret.ts'
import { textOf } from '../../../go/text.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import { readBoundedFile } from '../../../storage/bounded_file.ts'
import { watchPath } from '../../../storage/watch_path.ts'
import type { declaration } from '../file.ts'

type D = typeof declaration

/** A longer file is not taken: its content is copied into every expression that uses it. */
const sizeMax = 64 * 1024 * 1024

/** Events of one change come in groups; upstream waits as long. */
const settleMs = 30

class LocalFile implements Component<D> {
  readonly #context: Context<D>
  #args: Arguments<D>
  #published: OptionalSecret | undefined
  #health: Health
  /** Ends the watch of the arguments before, once it runs. */
  #watching: AbortController | undefined
  #running: AbortSignal | undefined
  #cancelRead: (() => void) | undefined
  /** Reads do not overlap, so that an older content never follows a newer one. */
  #reading: Promise<void> = Promise.resolve()

  constructor(context: Context<D>, args: Arguments<D>) {
    this.#context = context
    this.#args = args
    this.#health = { state: 'healthy', message: 'read file', updatedMs: context.clock.now() }
  }

  async update(args: Arguments<D>): Promise<void> {
    const content = await contentOf(args.filename)
    this.#args = args
    this.#read(content)
    if (this.#running !== undefined) this.#watch(this.#running)
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#running = signal
    this.#watch(signal)
    await untilAborted(signal)
    this.#watching?.abort()
    this.#cancelRead?.()
    await this.#reading
  }

  health(): Health {
    return this.#health
  }

  #watch(signal: AbortSignal): void {
    this.#watching?.abort()
    const control = new AbortController()
    this.#watching = control
    const { filename, detector, poll_frequency } = this.#args
    const until = AbortSignal.any([signal, control.signal])
    const changed = () => this.#changed(until)
    const watch = detector === 'fsnotify' ? watchPath(filename, changed) : undefined
    until.addEventListener('abort', () => watch?.close(), { once: true })
    void this.#poll(poll_frequency, until, () => {
      watch?.rearm()
      changed()
    })
  }

  async #poll(everyMs: number, until: AbortSignal, look: () => void): Promise<void> {
    while (!until.aborted) {
      try {
        await this.#context.clock.sleep(everyMs, until)
      } catch {
        // The watch has ended.
        return
      }
      look()
    }
  }

  /** Reads soon, once for all changes until then. */
  #changed(until: AbortSignal): void {
    if (this.#cancelRead !== undefined || until.aborted) return
    this.#cancelRead = this.#context.clock.after(settleMs, () => {
      this.#cancelRead = undefined
      this.#reading = this.#reading.then(() => this.#readAgain(until))
    })
  }

  async #readAgain(until: AbortSignal): Promise<void> {
    try {
      const content = await contentOf(this.#args.filename)
      if (!until.aborted) this.#read(content)
    } catch (error) {
      if (until.aborted) return
      this.#context.logger.log('error', 'failed to read file', {
        err: error instanceof Error ? error : String(error),
      })
      const message = describe(error)
      this.#health = { state: 'unhealthy', message, updatedMs: this.#context.clock.now() }
    }
  }

  #read(content: string): void {
    const { clock, metrics } = this.#context
    this.#health = { state: 'healthy', message: 'read file', updatedMs: clock.now() }
    metrics.lastAccessed.set(Math.floor(clock.now() / 1000))
    const { is_secret } = this.#args
    const last = this.#published
    if (last?.reveal() === content && last.isSecret === is_secret) return
    this.#published = new OptionalSecret(content, is_secret)
    this.#context.publish({ content: this.#published })
  }

  /** Of what was read when it was opened. */
  begin(content: string): this {
    this.#read(content)
    return this
  }
}

async function contentOf(filename: string): Promise<string> {
  try {
    return textOf(await readBoundedFile(filename, sizeMax))
  } catch (cause) {
    throw new Error('failed to read file', { cause })
  }
}

const runner: Runner<D> = {
  open: async (context, args) => {
    const content = await contentOf(args.filename)
    return new LocalFile(context, args).begin(content)
  },
}

export default runner
