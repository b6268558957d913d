import { useCallback, useEffect, useRef, useState } from 'react'
import { RequestFailure } from '../api/http.ts'

export interface Resource<T> {
  /** The last that was read, also while it is read again or cannot be. */
  readonly value: T | undefined
  /** Empty while all is well. */
  readonly problem: string
  /** Of the failure; 0 for none, or for no answer. */
  readonly status: number
  readonly isLoading: boolean
  refresh(): void
}

interface State<T> {
  readonly key: string
  readonly value: T | undefined
  readonly problem: string
  readonly status: number
  readonly isLoading: boolean
}

/** Reads whenever `key` changes, and every `intervalMs`; what was read for another key is dropped. */
export function useResource<T>(
  key: string,
  read: (signal: AbortSignal) => Promise<T>,
  intervalMs?: number,
): Resource<T> {
  const start = { key, value: undefined, problem: '', status: 0, isLoading: true }
  const [state, setState] = useState<State<T>>(start)
  const [turn, setTurn] = useState(0)
  const reader = useRef(read)
  reader.current = read
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for another reading.
  useEffect(() => {
    const control = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const once = async () => {
      try {
        const value = await reader.current(control.signal)
        if (control.signal.aborted) return
        setState({ key, value, problem: '', status: 0, isLoading: false })
      } catch (error) {
        if (control.signal.aborted) return
        const failed = error instanceof RequestFailure ? error : undefined
        const problem = failed?.message ?? 'no answer in time'
        const status = failed?.status ?? 0
        setState((old) => ({
          key,
          value: old.key === key ? old.value : undefined,
          problem,
          status,
          isLoading: false,
        }))
      }
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
