// Components as `api/v0/web` gives them, ours or Go Alloy's, with global ids.

import { type BodyStatement, parseBody } from './alloy_body.ts'
import type { ComponentSummary, HealthReport } from './api.ts'
import { ClientError } from './client_error.ts'
import { fieldsOf, listOf, stringOf, stringsOf, timeOf } from './json_fields.ts'
import type { Requester } from './requester.ts'

export interface ComponentDetail {
  /** Global. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly moduleId: string
  readonly health: HealthReport
  /** Global ids. */
  readonly referencesTo: readonly string[]
  readonly referencedBy: readonly string[]
  readonly dataFlowTo: readonly string[]
  readonly createdModuleIds: readonly string[]
  readonly supportsLiveDebugging: boolean
  readonly arguments: readonly BodyStatement[]
  readonly exports: readonly BodyStatement[]
  readonly debugInfo: readonly BodyStatement[]
}

/** More modules are not read: a mistake of a `foreach` must not keep a client busy for ever. */
const modulesMax = 5000

/** Requests at once. */
const requestsMax = 4

/**
 * The components of all modules, those of remotecfg at the end. Go Alloy lists each module in the
 * order of its hash tables, different in every start, so they are sorted by id in each.
 */
export async function allComponents(
  requester: Requester,
  signal?: AbortSignal,
): Promise<readonly ComponentSummary[]> {
  const roots = [
    { path: 'api/v0/web/components', isNeeded: true },
    { path: 'api/v0/web/remotecfg/components', isNeeded: false },
  ]
  const found: ComponentSummary[] = []
  const seen = new Set<string>()
  const waiting = [...roots]
  while (waiting.length > 0) {
    const some = waiting.splice(0, requestsMax)
    const lists = await Promise.all(some.map((each) => oneList(requester, each, signal)))
    for (const list of lists) {
      found.push(...list)
      for (const id of list.flatMap(({ createdModuleIds }) => createdModuleIds)) {
        if (seen.has(id) || seen.size === modulesMax) continue
        seen.add(id)
        waiting.push({ path: moduleComponents(id), isNeeded: false })
      }
    }
  }
  return inTreeOrder(found)
}

/** Where the components of a module are listed. */
function moduleComponents(id: string): string {
  const remote = id.startsWith('remotecfg/') ? 'remotecfg/' : ''
  return `api/v0/web/${remote}modules/${pathOf(id)}/components`
}

/** Where one component is shown. */
export function componentPath(id: string): string {
  return `api/v0/web/${id.startsWith('remotecfg/') ? 'remotecfg/' : ''}components/${pathOf(id)}`
}

/** An id in the path of a URL; its slashes stay. */
export function pathOf(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/')
}

/** A module may be gone by now, and remotecfg not have started: those are empty. */
async function oneList(
  requester: Requester,
  { isNeeded, path }: { readonly path: string; readonly isNeeded: boolean },
  signal: AbortSignal | undefined,
): Promise<readonly ComponentSummary[]> {
  try {
    const json = await requester.json(path, signal === undefined ? {} : { signal })
    return listOf(json)
      .map(summaryOf)
      .sort((a, b) => compare(a.id, b.id))
  } catch (error) {
    const isGone = error instanceof ClientError && error.kind !== 'unreachable'
    if (!isNeeded && isGone && error.kind !== 'timeout') return []
    throw error
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What a component has made comes right after it. */
export function inTreeOrder(components: readonly ComponentSummary[]): readonly ComponentSummary[] {
  const byModule = new Map<string, ComponentSummary[]>()
  for (const component of components) {
    const siblings = byModule.get(component.moduleId)
    if (siblings === undefined) byModule.set(component.moduleId, [component])
    else siblings.push(component)
  }
  const ordered: ComponentSummary[] = []
  const done = new Set<string>()
  const visit = (moduleId: string) => {
    if (done.has(moduleId)) return
    done.add(moduleId)
    for (const component of byModule.get(moduleId) ?? []) {
      ordered.push(component)
      component.createdModuleIds.forEach(visit)
    }
  }
  visit('')
  for (const moduleId of byModule.keys()) visit(moduleId)
  return ordered
}

/** Throws a ClientError where it is no component of Go Alloy's API. */
export function summaryOf(json: unknown): ComponentSummary {
  const fields = fieldsOf(json)
  const localId = stringOf(fields.localID)
  if (localId === '') throw new ClientError('shape', 'the answer is not a component')
  const moduleId = stringOf(fields.moduleID)
  const globally = (ids: unknown) => stringsOf(ids).map((id) => globalId(moduleId, id))
  return {
    id: globalId(moduleId, localId),
    name: stringOf(fields.name),
    label: stringOf(fields.label),
    moduleId,
    health: healthOf(fields.health),
    dataFlowTo: [...new Set(globally(fields.dataFlowEdgesTo))],
    referencesTo: globally(fields.referencesTo),
    createdModuleIds: stringsOf(fields.createdModuleIDs).toSorted(compare),
  }
}

/** Throws a ClientError where it is no component with its bodies. */
export function detailOf(json: unknown): ComponentDetail {
  const fields = fieldsOf(json)
  const summary = summaryOf(fields)
  return {
    ...summary,
    referencedBy: stringsOf(fields.referencedBy).map((id) => globalId(summary.moduleId, id)),
    supportsLiveDebugging: fields.liveDebuggingEnabled === true,
    arguments: parseBody(fields.arguments),
    exports: parseBody(fields.exports),
    debugInfo: parseBody(fields.debugInfo),
  }
}

export function globalId(moduleId: string, localId: string): string {
  return moduleId === '' ? localId : `${moduleId}/${localId}`
}

function healthOf(json: unknown): HealthReport {
  const fields = fieldsOf(json)
  const state = stringOf(fields.state)
  const isKnown = state === 'healthy' || state === 'unhealthy' || state === 'exited'
  return {
    state: isKnown ? state : 'unknown',
    message: stringOf(fields.message),
    updatedMs: timeOf(fields.updatedTime),
  }
}
