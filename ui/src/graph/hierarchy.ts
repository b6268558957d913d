// Which component is in which module, and which box stands for it while modules are closed.

import type { ComponentSummary } from '../../../src/client/api.ts'

interface HierarchyOptions {
  readonly moduleId: string
  readonly opened: ReadonlySet<string>
  readonly only: ReadonlySet<string> | undefined
}

export class Hierarchy {
  readonly #byId = new Map<string, ComponentSummary>()
  readonly #members = new Map<string, ComponentSummary[]>()
  /** The component that made a module. */
  readonly #ownerOf = new Map<string, ComponentSummary>()
  readonly #inside = new Map<string, { inside: number; sickInside: number }>()
  readonly #paths = new Map<string, readonly ComponentSummary[]>()
  readonly #options: HierarchyOptions

  constructor(components: readonly ComponentSummary[], options: HierarchyOptions) {
    this.#options = options
    for (const component of components) {
      this.#byId.set(component.id, component)
      for (const id of component.createdModuleIds) this.#ownerOf.set(id, component)
    }
    for (const component of components) {
      this.#countInOwners(component)
      if (!this.#isShown(component)) continue
      const members = this.#members.get(component.moduleId) ?? []
      this.#members.set(component.moduleId, members)
      members.push(component)
    }
  }

  members(moduleId: string): readonly ComponentSummary[] {
    return this.#members.get(moduleId) ?? []
  }

  inside(component: ComponentSummary): { readonly inside: number; readonly sickInside: number } {
    return this.#inside.get(component.id) ?? { inside: 0, sickInside: 0 }
  }

  hasModules(id: string): boolean {
    return (this.#byId.get(id)?.createdModuleIds.length ?? 0) > 0
  }

  isOpen({ id, createdModuleIds }: ComponentSummary): boolean {
    return (
      this.#options.opened.has(id) &&
      createdModuleIds.some((moduleId) => this.members(moduleId).length > 0)
    )
  }

  /** The box that stands for a component; `undefined` where it is not in the picture. */
  visible(id: string): string | undefined {
    return this.#path(id).at(-1)?.id
  }

  /** The module in which two boxes part, and what they are, or are in, there. */
  siblings(
    from: string,
    to: string,
  ): { readonly moduleId: string; readonly from: string; readonly to: string } | undefined {
    const [a, b] = [this.#path(from), this.#path(to)]
    let i = 0
    while (i < a.length && a[i] === b[i]) i++
    const [first, second] = [a[i], b[i]]
    if (first === undefined || second === undefined || first.moduleId !== second.moduleId) {
      return undefined
    }
    return { moduleId: first.moduleId, from: first.id, to: second.id }
  }

  /** From the outermost box that it is in, to the box that stands for it. */
  #path(id: string): readonly ComponentSummary[] {
    const known = this.#paths.get(id)
    if (known !== undefined) return known
    const whole: ComponentSummary[] = []
    let component = this.#byId.get(id)
    while (component !== undefined) {
      whole.unshift(component)
      if (component.moduleId === this.#options.moduleId) break
      component = this.#ownerOf.get(component.moduleId)
    }
    const isInPicture = component !== undefined && whole.every((one) => this.#isShown(one))
    const closed = whole.findIndex((one) => !this.isOpen(one))
    const path = isInPicture ? whole.slice(0, closed === -1 ? whole.length : closed + 1) : []
    this.#paths.set(id, path)
    return path
  }

  #isShown({ id }: ComponentSummary): boolean {
    return this.#options.only === undefined || this.#options.only.has(id)
  }

  #countInOwners(component: ComponentSummary): void {
    let owner = this.#ownerOf.get(component.moduleId)
    for (let depth = 0; owner !== undefined && depth < 64; depth++) {
      const count = this.#inside.get(owner.id) ?? { inside: 0, sickInside: 0 }
      this.#inside.set(owner.id, count)
      count.inside++
      if (component.health.state === 'unhealthy') count.sickInside++
      owner = this.#ownerOf.get(owner.moduleId)
    }
  }
}

/**
 * The component, all that flows to it and all that comes from it, with the modules they are in; of
 * one with modules, from all that is in them.
 */
export function connectedTo(
  id: string,
  components: readonly ComponentSummary[],
  flows: readonly { readonly from: string; readonly to: string }[],
): ReadonlySet<string> {
  const forward = new Map<string, string[]>()
  const back = new Map<string, string[]>()
  const add = (from: string, to: string) => {
    forward.set(from, [...(forward.get(from) ?? []), to])
    back.set(to, [...(back.get(to) ?? []), from])
  }
  const ownerOf = new Map<string, ComponentSummary>()
  for (const component of components) {
    for (const to of component.dataFlowTo) add(component.id, to)
    for (const moduleId of component.createdModuleIds) ownerOf.set(moduleId, component)
  }
  for (const { from, to } of flows) add(from, to)
  const found = new Set<string>()
  const start = components.filter((one) => one.id === id || isWithin(one, id, ownerOf))
  for (const edges of [forward, back]) {
    const waiting = start.map((one) => one.id)
    const seen = new Set(waiting)
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      found.add(next)
      for (const other of edges.get(next) ?? []) {
        if (!seen.has(other)) waiting.push(other)
        seen.add(other)
      }
    }
  }
  for (const component of components) {
    if (!found.has(component.id)) continue
    const owner = ownerOf.get(component.moduleId)
    if (owner !== undefined) found.add(owner.id)
  }
  return found
}

function isWithin(
  component: ComponentSummary,
  id: string,
  ownerOf: ReadonlyMap<string, ComponentSummary>,
): boolean {
  let owner = ownerOf.get(component.moduleId)
  while (owner !== undefined) {
    if (owner.id === id) return true
    owner = ownerOf.get(owner.moduleId)
  }
  return false
}
