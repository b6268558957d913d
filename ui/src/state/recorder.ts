// Keeps what a stream brings, up to a bound, and shows it a few times a second.

import { useEffect, useRef, useState } from 'react'
import { reconnecting, type StreamState } from '../../../src/client/reconnect.ts'

export interface Kept<T> {
  /** Counts up from the first one of the stream. */
  readonly number: number
  readonly value: T
}

export interface Recording<T> {
  /** Oldest first; while paused, those of then. */
  readonly records: readonly Kept<T>[]
  /** Of those that came, how many are no longer kept. */
  readonly dropped: number
  /** Came while it was paused, and are kept. */
  readonly waiting: number
  readonly isPaused: boolean
  readonly stream: StreamState
  pause(isPaused: boolean): void
  clear(): void
}

export interface RecorderOptions<T> {
  /** Another one begins anew. */
  readonly key: string
  readonly max: number
  open(signal: AbortSignal, onOpen: () => void): AsyncIterable<T>
}

const showMs = 200

interface Shown<T> {
  readonly records: readonly Kept<T>[]
  readonly dropped: number
  readonly waiting: number
}

/** While paused it goes on recording: nothing is lost but what exceeds the bound. */
export function useRecorder<T>(options: RecorderOptions<T>): Recording<T> {
  const { key, max } = options
  const [shown, setShown] = useState<Shown<T>>({ records: [], dropped: 0, waiting: 0 })
  const [stream, setStream] = useState<StreamState>({ state: 'connecting', error: '' })
  const [isPaused, setPaused] = useState(false)
  const latest = useRef({ options, isPaused })
  latest.current = { options, isPaused }
  const tape = useRef(new Tape<T>(max))
  useEffect(() => {
    const control = new AbortController()
    const { signal } = control
    tape.current = new Tape<T>(max)
    setShown({ records: [], dropped: 0, waiting: 0 })
    const follow = async () => {
      const open = (ends: AbortSignal, onOpen: () => void) =>
        latest.current.options.open(ends, onOpen)
      for await (const value of reconnecting({ signal, open, onState: setStream })) {
        if (key === latest.current.options.key) tape.current.add(value)
      }
    }
    void follow()
    const timer = setInterval(() => {
      const next = tape.current.next(latest.current.isPaused)
      if (next !== undefined) setShown((old) => ({ ...old, ...next }))
    }, showMs)
    return () => {
      control.abort()
      clearInterval(timer)
    }
  }, [key, max])
  return {
    ...shown,
    stream,
    isPaused,
    pause: (value) => {
      setPaused(value)
      tape.current.touch()
    },
    clear: () => {
      tape.current.clear()
      setShown({ records: [], dropped: 0, waiting: 0 })
    },
  }
}

class Tape<T> {
  readonly #max: number
  #kept: Kept<T>[] = []
  #count = 0
  #dropped = 0
  #shownCount = 0
  #isChanged = false

  constructor(max: number) {
    this.#max = max
  }

  add(value: T): void {
    this.#kept.push({ number: this.#count++, value })
    this.#isChanged = true
    // In bulk: to move ten thousand for each one that comes would be slow.
    if (this.#kept.length < this.#max * 1.1) return
    const excess = this.#kept.length - this.#max
    this.#kept = this.#kept.slice(excess)
    this.#dropped += excess
  }

  touch(): void {
    this.#isChanged = true
  }

  clear(): void {
    this.#kept = []
    this.#dropped = 0
    this.#shownCount = this.#count
    this.#isChanged = false
  }

  /** What is new to show; `undefined` for nothing. */
  next(isPaused: boolean): Partial<Shown<T>> | undefined {
    if (!this.#isChanged) return undefined
    this.#isChanged = false
    if (isPaused) return { waiting: this.#count - this.#shownCount }
    this.#shownCount = this.#count
    return { records: this.#kept.slice(), dropped: this.#dropped, waiting: 0 }
  }
}
