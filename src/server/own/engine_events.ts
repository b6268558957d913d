// `events`: says that something should be read again. While somebody listens, the engine is looked
// at once a second, however many they are.

import type { EngineEvent, LoadReport } from '../../client/api.ts'
import { Slice } from '../../engine/slice.ts'
import type { Clock } from '../../model/clock.ts'
import { everyComponent } from '../component_walk.ts'
import type { EngineView } from '../engine_view.ts'
import { keepAlive, untilEither } from './ndjson.ts'

const lookEveryMs = 1000

interface Listener {
  /** By kind and component, so that whoever reads slowly has one of each at most. */
  readonly pending: Map<string, EngineEvent>
  wake(): void
}

/** What was seen at one look. */
interface Seen {
  readonly load: LoadReport
  /** Health of each component, as a text to compare. */
  readonly health: ReadonlyMap<string, string>
}

export interface EngineEventsOptions {
  readonly engine: EngineView
  readonly clock: Clock
  lastLoad(): LoadReport
}

export class EngineEvents {
  readonly #options: EngineEventsOptions
  readonly #listeners = new Set<Listener>()
  #isLooking = false

  constructor(options: EngineEventsOptions) {
    this.#options = options
  }

  /** What changes from now on, until the signal fires. */
  follow(signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
    const listener: Listener = { pending: new Map(), wake: () => {} }
    if (!signal.aborted) {
      this.#listeners.add(listener)
      signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true })
      if (!this.#isLooking) void this.#look()
    }
    return this.#lines(listener, signal)
  }

  async *#lines(listener: Listener, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
    const { pending } = listener
    while (!signal.aborted) {
      if (pending.size > 0) {
        const lines = Array.from(pending.values(), (event) => `${JSON.stringify(event)}\n`)
        pending.clear()
        yield Buffer.from(lines.join(''))
        continue
      }
      const came = await untilEither(signal, this.#options.clock, (wake) => {
        listener.wake = wake
        return () => {
          listener.wake = () => {}
        }
      })
      if (!came && !signal.aborted) yield keepAlive
    }
  }

  async #look(): Promise<void> {
    const { clock } = this.#options
    this.#isLooking = true
    let before = await this.#see()
    while (this.#listeners.size > 0) {
      await clock.sleep(lookEveryMs)
      const now = await this.#see()
      for (const event of changes(before, now, clock.now())) this.#tell(event)
      before = now
    }
    this.#isLooking = false
  }

  async #see(): Promise<Seen> {
    const { engine, lastLoad } = this.#options
    const load = lastLoad()
    const health = new Map<string, string>()
    const slice = new Slice()
    for (const { id, component } of everyComponent(engine)) {
      const { state, message } = component.health()
      health.set(id, `${state} ${message}`)
      if (slice.due()) await slice.pause()
    }
    return { load, health }
  }

  #tell(event: EngineEvent): void {
    for (const { pending, wake } of this.#listeners) {
      const key = `${event.kind} ${event.component ?? ''}`
      // Deleted first, so that the order is that of the last of each.
      pending.delete(key)
      pending.set(key, event)
      wake()
    }
  }
}

function* changes(before: Seen, now: Seen, atMs: number): Generator<EngineEvent> {
  if (now.load.atMs !== before.load.atMs)
    yield { atMs, kind: now.load.ok ? 'loaded' : 'load_failed' }
  const left = [...before.health.keys()].some((id) => !now.health.has(id))
  const came = [...now.health.keys()].some((id) => !before.health.has(id))
  if (left || came) yield { atMs, kind: 'components' }
  for (const [component, health] of now.health) {
    const earlier = before.health.get(component)
    if (earlier !== undefined && earlier !== health) yield { atMs, kind: 'health', component }
  }
}
