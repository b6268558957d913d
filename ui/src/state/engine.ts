// What the whole UI knows of the running program: who it is, its components, and how old that is.

import { useSyncExternalStore } from 'react'
import type { ComponentSummary, EngineEvent, Info } from '../../../src/client/api.ts'
import { ownApi } from '../api/base.ts'
import { getJson, RequestFailure } from '../api/http.ts'
import { readStream } from '../api/stream.ts'
import { listByModule } from '../api/web-api.ts'

export interface EngineState {
  /** `alloy` is one without our own API. */
  readonly kind: 'unknown' | 'alloyts' | 'alloy'
  readonly info: Info | undefined
  readonly components: readonly ComponentSummary[]
  readonly byId: ReadonlyMap<string, ComponentSummary>
  /** Unix time in ms of the last answer; 0 before the first. */
  readonly freshMs: number
  /** Why there is none now; empty while all is well. */
  readonly problem: string
  /** Counts what may have changed what pages show: loads and changes of components. */
  readonly epoch: number
}

/** What nobody announces is seen after so long. */
const pollMs = 5000

/** Events come in bursts, after a reload one for each component. */
const burstMs = 250

let state: EngineState = {
  kind: 'unknown',
  info: undefined,
  components: [],
  byId: new Map(),
  freshMs: 0,
  problem: '',
  epoch: 0,
}
const listeners = new Set<() => void>()

function change(changes: Partial<EngineState>): void {
  state = { ...state, ...changes }
  for (const listener of listeners) listener()
}

export function useEngine(): EngineState {
  return useSyncExternalStore(subscribe, () => state)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

let known = ''
let wake: () => void = () => undefined

/** Reads again at once. */
export function refreshEngine(): void {
  wake()
}

/** Follows the program until the page is closed. */
export function followEngine(): void {
  void poll()
  const events = {
    record: (line: string) => heard(JSON.parse(line) as EngineEvent),
    state: () => undefined,
  }
  void readStream(`${ownApi}events`, '\n', events, new AbortController().signal)
}

function heard(event: EngineEvent): void {
  if (event.kind !== 'health') change({ epoch: state.epoch + 1 })
  setTimeout(() => wake(), burstMs)
}

async function poll(): Promise<void> {
  for (;;) {
    try {
      await read()
    } catch (error) {
      const problem = error instanceof RequestFailure ? error.message : 'no answer in time'
      change({ problem })
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, document.hidden ? 6 * pollMs : pollMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

async function read(): Promise<void> {
  const info = await readInfo()
  const components =
    info === undefined
      ? await listByModule('')
      : await getJson<readonly ComponentSummary[]>(`${ownApi}components`)
  const kind = info === undefined ? 'alloy' : 'alloyts'
  const text = JSON.stringify(components)
  const fresh = { kind, info, freshMs: Date.now(), problem: '' } as const
  if (text === known) return change(fresh)
  known = text
  const byId = new Map(components.map((component) => [component.id, component]))
  change({ ...fresh, components, byId, epoch: state.epoch + 1 })
}

/** `undefined` where the server is Go Alloy, which answers with a page or 404. */
async function readInfo(): Promise<Info | undefined> {
  try {
    const info = await getJson<Partial<Info>>(`${ownApi}info`)
    return info.alloyts === 1 ? (info as Info) : undefined
  } catch (error) {
    if (error instanceof RequestFailure && error.status === 404) return undefined
    throw error
  }
}
