// One sitting at a terminal: keys change the view, the clock and the collector change the data, and
// what has changed is painted. Keys at once, data once a second, streams four times.

import type { Effect } from './commands.ts'
import { frame } from './frame.ts'
import { type Key, press } from './keys.ts'
import { Painter } from './painter.ts'
import { type Data, firstView, type State, type View } from './state.ts'
import type { Theme } from './theme.ts'

/** What a session needs of a feed. */
export interface Source {
  readonly data: Data
  want(view: View): void
  tick(nowMs: number): void
  refresh(): void
}

export interface SessionOptions {
  readonly source: Source
  readonly theme: Theme
  readonly filter: string
  readonly intervalMs: number
  write(text: string): void
  /** What it says when it has reloaded. Rejects with its reason. */
  reload(): Promise<string>
  /** Returns where the lines have been written. */
  save(name: string, lines: readonly string[]): Promise<string>
  onQuit(): void
}

const streamIntervalMs = 250

/** How long what a reload said stays. */
const messageMs = 10_000

export class Session {
  readonly #options: SessionOptions
  readonly #painter: Painter
  #view: View
  #timer: ReturnType<typeof setInterval> | undefined
  #isDirty = true
  #paintedMs = 0

  constructor(options: SessionOptions) {
    this.#options = options
    this.#painter = new Painter(options.write)
    this.#view = firstView(options.filter)
  }

  get state(): State {
    return { data: this.#options.source.data, view: this.#view }
  }

  start(width: number, height: number): void {
    this.resize(width, height)
    this.#timer = setInterval(() => this.#onClock(Date.now()), streamIntervalMs)
    this.#options.source.want(this.#view)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  resize(width: number, height: number): void {
    this.#view = { ...this.#view, size: { width, height } }
    this.#painter.forget()
    this.#paint()
  }

  /** The data is another one. It is painted with the next tick of the clock. */
  changed(): void {
    this.#isDirty = true
  }

  key(key: Key): void {
    const { effects, view } = press(this.state, key)
    this.#view = view
    this.#options.source.want(view)
    for (const effect of effects) this.#run(effect)
    this.#paint()
  }

  #onClock(nowMs: number): void {
    const { screen } = this.#view
    const isStream = screen === 'debug' || screen === 'logs'
    const isDue = nowMs - this.#paintedMs >= this.#options.intervalMs - streamIntervalMs / 2
    if (isDue) {
      this.#paintedMs = nowMs
      this.#options.source.tick(nowMs)
    }
    if (isDue || (isStream && this.#isDirty)) this.#paint()
  }

  #paint(): void {
    this.#isDirty = false
    const { height, width } = this.#view.size
    this.#painter.paint(frame(this.state, width, height, this.#options.theme))
  }

  #run(effect: Effect): void {
    const { onQuit, reload, save, source } = this.#options
    if (effect.kind === 'quit') onQuit()
    else if (effect.kind === 'refresh') source.refresh()
    else if (effect.kind === 'reload') void this.#say(reload())
    else void this.#say(save(effect.name, effect.lines).then((path) => `saved as ${path}`))
  }

  async #say(work: Promise<string>): Promise<void> {
    const message = await work.then(
      (text) => ({ text, isError: false }),
      (error: unknown) => ({
        text: error instanceof Error ? error.message : String(error),
        isError: true,
      }),
    )
    this.#view = { ...this.#view, message: { ...message, untilMs: Date.now() + messageMs } }
    this.#options.source.refresh()
    this.#paint()
  }
}
