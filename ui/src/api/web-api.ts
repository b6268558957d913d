// The API that Go Alloy has too.

import type { ComponentSummary } from '../../../src/client/api.ts'
import { webApi } from './base.ts'
import { getJson } from './http.ts'

/** A value in the encoding of arguments, exports and debug info. */
export type JsonValue =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string' | 'function' | 'capsule'; readonly value: string }
  | { readonly type: 'array'; readonly value: readonly JsonValue[] }
  | {
      readonly type: 'object'
      readonly value: readonly { readonly key: string; readonly value: JsonValue }[]
    }

export type Statement =
  | { readonly type: 'attr'; readonly name: string; readonly value: JsonValue }
  | {
      readonly type: 'block'
      readonly name: string
      readonly label?: string
      readonly body: readonly Statement[]
    }

export interface WebComponent {
  readonly name: string
  readonly localID: string
  readonly moduleID: string
  readonly label?: string
  readonly referencesTo: readonly string[]
  readonly referencedBy: readonly string[]
  readonly dataFlowEdgesTo: readonly string[]
  readonly health: {
    readonly state: ComponentSummary['health']['state']
    readonly message: string
    readonly updatedTime: string
  }
  readonly arguments: readonly Statement[]
  readonly exports: readonly Statement[]
  readonly debugInfo: readonly Statement[]
  readonly createdModuleIDs?: readonly string[]
  readonly liveDebuggingEnabled: boolean
}

export interface Peer {
  readonly name: string
  readonly addr: string
  readonly isSelf: boolean
  readonly state: string
}

/** Deeper modules are not asked for: nobody nests so far. */
const depthMax = 12

/** The components of all modules, for a server that lists only one module at a time. */
export async function listByModule(
  host: '' | 'remotecfg/',
  signal?: AbortSignal,
): Promise<readonly ComponentSummary[]> {
  const found: ComponentSummary[] = []
  const visit = async (path: string, moduleId: string, depth: number): Promise<void> => {
    const list = await getJson<readonly WebComponent[]>(webApi + host + path, signal)
    for (const component of list) {
      found.push(summary(component, moduleId))
      if (depth === depthMax) continue
      for (const id of component.createdModuleIDs ?? []) {
        await visit(`modules/${encodeURI(id)}/components`, id, depth + 1)
      }
    }
  }
  await visit('components', '', 0)
  return found
}

function summary(component: WebComponent, moduleId: string): ComponentSummary {
  const inModule = (id: string) => globalId(moduleId, id)
  return {
    id: inModule(component.localID),
    name: component.name,
    label: component.label ?? '',
    moduleId,
    health: {
      state: component.health.state,
      message: component.health.message,
      updatedMs: Date.parse(component.health.updatedTime) || 0,
    },
    dataFlowTo: component.dataFlowEdgesTo.map(inModule),
    referencesTo: component.referencesTo.map(inModule),
    createdModuleIds: component.createdModuleIDs ?? [],
  }
}

export function globalId(moduleId: string, localId: string): string {
  return moduleId === '' ? localId : `${moduleId}/${localId}`
}
