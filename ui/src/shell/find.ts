// What the search finds without asking the server.

import type { ComponentSummary } from '../../../src/client/api.ts'
import { pathOf } from '../../../src/client/components.ts'
import { componentPath } from '../parts/component-path.ts'
import type { HealthState } from '../parts/health.tsx'
import { places } from './places.ts'

export interface Found {
  readonly kind: 'page' | 'component' | 'module' | 'target' | 'line'
  readonly key: string
  readonly title: string
  readonly note: string
  readonly path: string
  readonly health?: HealthState
}

export function findPlaces(query: string): Found[] {
  const asked = query.toLowerCase()
  return places
    .filter(({ title }) => title.toLowerCase().includes(asked))
    .map(({ path, title, key }) => ({ kind: 'page', key: path, title, note: `g ${key}`, path }))
}

/** All words must occur; whoever begins with the query, or has it as label, comes first. */
export function findComponents(
  components: readonly ComponentSummary[],
  query: string,
  max: number,
): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const ranked: { readonly rank: number; readonly component: ComponentSummary }[] = []
  for (const component of components) {
    const id = component.id.toLowerCase()
    if (!words.every((word) => id.includes(word))) continue
    const first = words[0]!
    const isLabel = component.label.toLowerCase() === first
    ranked.push({ rank: isLabel ? 0 : id.startsWith(first) ? 1 : 2, component })
  }
  ranked.sort((a, b) => a.rank - b.rank || a.component.id.length - b.component.id.length)
  return ranked.slice(0, max).flatMap(({ component }) => [
    {
      kind: 'component' as const,
      key: component.id,
      title: component.id,
      note: component.health.state,
      path: componentPath(component.id),
      health: component.health.state,
    },
    ...component.createdModuleIds.slice(0, 1).map((id) => ({
      kind: 'module' as const,
      key: id,
      title: id,
      note: 'module graph',
      path: `/graph/${pathOf(id)}`,
    })),
  ])
}
