// Follows what flows through the components that the user looks at, as long as he does.

import type { AlloyClient } from '../client/client.ts'
import { reconnecting } from '../client/reconnect.ts'
import type { DebugData, DebugRecord, View } from './state.ts'

/** Records that are kept. */
const recordsMax = 5000

/** The most of a record that is kept, in characters. */
const recordLengthMax = 8192

export class DebugTap {
  readonly #client: AlloyClient
  readonly #onChange: (debug: DebugData) => void
  readonly #errors = new Map<string, string>()
  #records: DebugRecord[] = []
  #total = 0
  #missed = 0
  #shown: readonly DebugRecord[] = []
  #isPaused = false
  #key = ''
  #components: readonly string[] = []
  #following = new AbortController()

  constructor(client: AlloyClient, onChange: (debug: DebugData) => void) {
    this.#client = client
    this.#onChange = onChange
  }

  /** Other components begin anew; a pause keeps what is shown while more is counted. */
  want({ debugIds, debugProbability, isPaused, screen }: View): void {
    this.#isPaused = isPaused
    const ids = screen === 'debug' ? debugIds : []
    const key = JSON.stringify([ids, debugProbability])
    if (key !== this.#key) {
      this.#key = key
      this.#restart(ids, debugIds, debugProbability)
    }
    this.#tell()
  }

  close(): void {
    this.#following.abort()
  }

  #restart(ids: readonly string[], chosen: readonly string[], probability: number): void {
    this.#following.abort()
    this.#following = new AbortController()
    this.#errors.clear()
    if (chosen.join('\n') !== this.#components.join('\n')) {
      this.#components = chosen
      this.#records = []
      this.#total = 0
      this.#missed = 0
    }
    for (const id of ids) void this.#follow(id, probability, this.#following.signal)
  }

  async #follow(component: string, probability: number, signal: AbortSignal): Promise<void> {
    const records = reconnecting({
      signal,
      open: (own, onOpen) => {
        const onMissed = (count: number) => {
          this.#missed += count
        }
        return this.#client.debug({ component, probability, signal: own, onOpen, onMissed })
      },
      onState: ({ error, state }) => {
        if (state === 'connecting') return
        if (state === 'open') this.#errors.delete(component)
        else this.#errors.set(component, `${component}: ${error}`)
        this.#tell()
      },
    })
    for await (const text of records) {
      if (signal.aborted) return
      this.#total++
      this.#records.push({ component, atMs: Date.now(), text: text.slice(0, recordLengthMax) })
      // Now and then, so that not every record moves all others.
      if (this.#records.length > recordsMax * 1.5) this.#records = this.#records.slice(-recordsMax)
      this.#tell()
    }
  }

  #tell(): void {
    if (!this.#isPaused) this.#shown = this.#records
    else if (this.#shown === this.#records) this.#shown = [...this.#records]
    this.#onChange({
      components: this.#components,
      records: this.#shown,
      total: this.#total,
      missed: this.#missed,
      error: [...this.#errors.values()].join('  '),
    })
  }
}
