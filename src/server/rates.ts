// Reads what flows between components, window by window, for streams of rates.

import type { EdgeRate } from '../client/api.ts'
import type { ComponentView } from '../engine/component_view.ts'
import { type EdgeFlow, flowsBetween } from '../graph/rates.ts'
import type { Clock } from '../model/clock.ts'
import { everyComponent } from './component_walk.ts'
import type { EngineView } from './engine_view.ts'

export interface Window {
  /** Of a whole number of windows: of more than one where its reader was late. */
  readonly seconds: number
  /** What went over the edges of all modules meanwhile. */
  readonly flows: readonly EdgeFlow[]
  readonly components: ReadonlyMap<string, ComponentView>
}

interface Reading {
  readonly flows: readonly EdgeFlow[]
  readonly components: ReadonlyMap<string, ComponentView>
}

/** Whole seconds, by default 5; `undefined` where the text is no number of 1 to 60. */
export function windowOf(query: URLSearchParams): number | undefined {
  const text = query.get('window') || '5'
  const seconds = /^[+-]?\d+$/.test(text) ? Number(text) : 0
  return seconds >= 1 && seconds <= 60 ? seconds : undefined
}

export const windowProblem = 'Invalid window: must be an integer between 1 and 60'

/** A window after each `windowSeconds`, until the signal fires. Those that are late are joined. */
export async function* windows(
  engine: EngineView,
  clock: Clock,
  windowSeconds: number,
  signal: AbortSignal,
): AsyncGenerator<Window, void> {
  const windowMs = windowSeconds * 1000
  const startMs = clock.monotonic()
  let before = read(engine)
  let done = 0
  while (!signal.aborted) {
    const waitMs = startMs + (done + 1) * windowMs - clock.monotonic()
    await clock.sleep(Math.max(waitMs, 0), signal).catch(() => undefined)
    if (signal.aborted) return
    const due = Math.max(Math.floor((clock.monotonic() - startMs) / windowMs), done + 1)
    const after = read(engine)
    const flows = flowsBetween(before.flows, after.flows)
    yield { seconds: (due - done) * windowSeconds, flows, components: after.components }
    before = after
    done = due
  }
}

function read(engine: EngineView): Reading {
  const components = new Map<string, ComponentView>()
  const flows: EdgeFlow[] = []
  for (const { id, component } of everyComponent(engine)) {
    components.set(id, component)
    for (const flow of component.flows()) flows.push({ ...flow, from: id })
  }
  return { flows, components }
}

/** A rate for every edge that is there, of modules too; targets go to whoever refers to them. */
export function edgeRates({ flows, components, seconds }: Window): readonly EdgeRate[] {
  return flows.flatMap(({ from, to, type, count, present = 0 }): EdgeRate[] => {
    if (to === undefined) {
      const { dataFlowEdgesTo = [], moduleId = '' } = components.get(from) ?? {}
      const users = [...new Set(dataFlowEdgesTo)]
      return users.map((id) => ({ from, to: globalOf(id, moduleId), type, rate: present }))
    }
    const isThere = count > 0 || components.has(to)
    return isThere ? [{ from, to, type, rate: count / seconds }] : []
  })
}

function globalOf(localId: string, moduleId: string): string {
  return moduleId === '' ? localId : `${moduleId}/${localId}`
}
