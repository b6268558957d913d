import { useCallback, useEffect, useRef, useState } from 'react'
import { ClientError, reasonOf } from '../../../src/client/client_error.ts'

export interface Resource<T> {
  /** The last that was read, also while it is read again or cannot be. */
  readonly value: T | undefined
  /** Empty while all is well. */
  readonly problem: string
  readonly failure: ClientError | undefined
  readonly isLoading: boolean
  refresh(): void
}

interface State<T> {
  readonly key: string
  readonly value: T | undefined
  readonly problem: string
  readonly failure: ClientError | undefined
  readonly isLoading: boolean
}

/** Reads when `key` changes and every `intervalMs`; what was read for another key is dropped. */
export function useResource<T>(
  key: string,
  read: (signal: AbortSignal) => Promise<T>,
  intervalMs?: number,
): Resource<T> {
  const start = { key, value: undefined, problem: '', failure: undefined, isLoading: true }
  const [state, setState] = useState<State<T>>(start)
  const [turn, setTurn] = useState(0)
  const reader = useRef(read)
  reader.current = read
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for another reading.
  useEffect(() => {
    const control = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const once = async () => {
      const next = await attempt(reader.current, control.signal)
      if (control.signal.aborted) return
      setState((old) => ({ key, isLoading: false, value: valueFor(old, key), ...next }))
      if (intervalMs !== undefined) timer = setTimeout(() => void once(), intervalMs)
    }
    void once()
    return () => {
      control.abort()
      clearTimeout(timer)
    }
  }, [key, intervalMs, turn])
  const refresh = useCallback(() => setTurn((n) => n + 1), [])
  return state.key === key ? { ...state, refresh } : { ...start, refresh }
}

function valueFor<T>(state: State<T>, key: string): T | undefined {
  return state.key === key ? state.value : undefined
}

async function attempt<T>(read: (signal: AbortSignal) => Promise<T>, signal: AbortSignal) {
  try {
    return { value: await read(signal), problem: '', failure: undefined }
  } catch (error) {
    const failure = error instanceof ClientError ? error : undefined
    return { problem: reasonOf(error), failure }
  }
}
