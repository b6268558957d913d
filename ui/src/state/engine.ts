// What the whole UI knows of the running program: who it is, its components, and how old that is.

import { useSyncExternalStore } from 'react'
import type { ComponentSummary, Info } from '../../../src/client/api.ts'
import { reasonOf } from '../../../src/client/client_error.ts'
import { reconnecting } from '../../../src/client/reconnect.ts'
import { client } from '../api/client.ts'

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

/** What nobody announces is seen after so long; on a page that nobody sees, six times that. */
const pollMs = 5000

/** Events come in bursts, after a reload one for each component. */
const burstMs = 200

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
let wake: () => void = () => undefined
let known = ''

export function useEngine(): EngineState {
  return useSyncExternalStore(subscribe, () => state)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(changes: Partial<EngineState>): void {
  state = { ...state, ...changes }
  for (const listener of listeners) listener()
}

/** Reads again at once. */
export function refreshEngine(): void {
  wake()
}

/** Follows the program for as long as the page is open. */
export async function followEngine(): Promise<void> {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wake()
  })
  await Promise.all([poll(), followEvents()])
}

async function poll(): Promise<void> {
  for (;;) {
    try {
      await read()
    } catch (error) {
      client.forget()
      change({ problem: reasonOf(error) })
    }
    await nextTurn()
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, document.hidden ? 6 * pollMs : pollMs)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

async function read(): Promise<void> {
  const { kind } = await client.server()
  const [info, components] = await Promise.all([
    kind === 'alloyts' ? client.info() : undefined,
    client.components(),
  ])
  const fresh = { kind, info, freshMs: Date.now(), problem: '' }
  const text = JSON.stringify(components)
  if (text === known) return change(fresh)
  known = text
  const byId = new Map(components.map((component) => [component.id, component]))
  change({ ...fresh, components, byId, epoch: state.epoch + 1 })
}

/** Go Alloy has no events: there the polling is all. */
async function followEvents(): Promise<void> {
  const { signal } = new AbortController()
  const open = async function* (ends: AbortSignal, onOpen: () => void) {
    const { kind } = await client.server()
    if (kind === 'alloyts') yield* client.events({ signal: ends, onOpen })
  }
  for await (const event of reconnecting({ signal, open })) {
    if (event.kind !== 'health') change({ epoch: state.epoch + 1 })
    setTimeout(() => wake(), burstMs)
  }
}
