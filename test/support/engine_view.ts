// An engine that answers what a test says.

import type { ComponentView } from '../../src/engine/component_view.ts'
import type { EngineView } from '../../src/server/engine_view.ts'

export function componentView(
  id: string,
  { moduleId = '', ...changes }: Partial<ComponentView> = {},
): ComponentView {
  const parts = id.split('.')
  return {
    name: parts.slice(0, -1).join('.'),
    label: parts.at(-1) ?? '',
    localId: id,
    moduleId,
    referencesTo: [],
    referencedBy: [],
    dataFlowEdgesTo: [],
    createdModuleIds: [],
    supportsLiveDebugging: false,
    health: () => ({ state: 'healthy', message: 'started component', updatedMs: 0 }),
    arguments: () => [],
    exports: () => [],
    debugInfo: () => [],
    flows: () => [],
    ...changes,
  }
}

export function engineView(
  components: readonly ComponentView[],
  changes: Partial<EngineView> = {},
): EngineView {
  return {
    isReady: () => true,
    components: (moduleId) => {
      const found = components.filter((component) => component.moduleId === moduleId)
      return found.length === 0 && moduleId !== '' ? undefined : found
    },
    component: (id) =>
      components.find(({ localId, moduleId }) => id === (moduleId ? `${moduleId}/` : '') + localId),
    isLiveDebuggingEnabled: () => false,
    watch: () => () => undefined,
    reload: async () => undefined,
    metrics: async () => 'a 1\n',
    ...changes,
  }
}
