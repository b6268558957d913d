// `components` and `writers`: what there is, how it does, and where telemetry goes.

import type { ComponentSummary, DeliveryReport, Writer } from '../../client/api.ts'
import { Slice } from '../../engine/slice.ts'
import { everyComponent, type Visited } from '../component_walk.ts'
import type { EngineView } from '../engine_view.ts'

export async function componentSummaries(engine: EngineView): Promise<ComponentSummary[]> {
  const summaries: ComponentSummary[] = []
  const slice = new Slice()
  for (const visited of everyComponent(engine)) {
    summaries.push(summaryOf(visited))
    if (slice.due()) await slice.pause()
  }
  return summaries
}

export async function writers(engine: EngineView): Promise<Writer[]> {
  const found: Writer[] = []
  const slice = new Slice()
  for (const { id, component } of everyComponent(engine)) {
    if (component.delivery !== undefined) found.push({ id, ...reportOf(component.delivery()) })
    if (slice.due()) await slice.pause()
  }
  return found
}

function summaryOf({ id, component }: Visited): ComponentSummary {
  const { name, label, moduleId, createdModuleIds, delivery } = component
  const { state, message, updatedMs } = component.health()
  const global = (localIds: readonly string[]) => {
    const prefix = moduleId === '' ? '' : `${moduleId}/`
    return [...new Set(localIds)].map((localId) => prefix + localId)
  }
  return {
    id,
    name,
    label,
    moduleId,
    health: { state, message, updatedMs },
    dataFlowTo: global(component.dataFlowEdgesTo),
    referencesTo: global(component.referencesTo),
    createdModuleIds,
    ...(delivery && { delivery: reportOf(delivery()) }),
  }
}

function reportOf(state: DeliveryReport): DeliveryReport {
  const { isDelivering, message, lagSeconds } = state
  return { isDelivering, message, ...(lagSeconds !== undefined && { lagSeconds }) }
}
