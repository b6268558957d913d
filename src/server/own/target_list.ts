// `targets`: what is scraped, by whom, and how it went the last time.

import type { ScrapedTarget, TargetPage } from '../../client/api.ts'
import { Slice } from '../../engine/slice.ts'
import type { TargetState } from '../../engine/target_state.ts'
import { everyComponent } from '../component_walk.ts'
import type { EngineView } from '../engine_view.ts'
import type { ProgramView } from './program_view.ts'
import { type Page, pageNames } from './query.ts'
import { textSearch } from './text_search.ts'
import { textWithoutUserInfo, withoutUserInfo } from './user_info.ts'

export const targetNames = ['state', 'component', 'q', ...pageNames] as const

export interface TargetFilter extends Page {
  readonly state: ScrapedTarget['state'] | undefined
  /** Global id; all where it is empty. */
  readonly component: string
  /** A part of component, job, URL, `label=value` or error, in any case. */
  readonly text: string
}

/**
 * One page of the targets that match.
 *
 * Hot: goes through all targets, 10,000 in two milliseconds, and copies only those of the page;
 * with a text in 15 to 70, in slices.
 */
export async function targetPage(
  engine: EngineView,
  program: ProgramView,
  filter: TargetFilter,
): Promise<TargetPage> {
  const counts = { up: 0, down: 0, unknown: 0 }
  const items: ScrapedTarget[] = []
  const isFiltered = filter.text !== ''
  const finds = textSearch(filter.text)
  const owner = program.info().hostname
  let total = 0
  let seen = 0
  const slice = new Slice()
  for (const [component, target] of targetsOf(engine, filter.component)) {
    if (++seen % targetsPerStep === 0 && slice.due()) await slice.pause()
    if (isFiltered && !finds(textOfTarget(component, target))) continue
    const shown = () => shownTarget(component, target, owner, program)
    // A secret is not found either: the number of those that match would tell.
    if (isFiltered && !finds(shownText(shown()))) continue
    const { health } = target.status
    counts[health]++
    if (filter.state !== undefined && health !== filter.state) continue
    if (total >= filter.offset && items.length < filter.limit) items.push(shown())
    total++
  }
  return { counts, total, items }
}

/** Targets between two looks at the clock: 0.1 ms. */
const targetsPerStep = 32

function* targetsOf(engine: EngineView, wanted: string): Generator<[string, TargetState]> {
  if (wanted !== '') {
    for (const target of engine.component(wanted)?.targets?.() ?? []) yield [wanted, target]
    return
  }
  for (const { id, component } of everyComponent(engine)) {
    for (const target of component.targets?.() ?? []) yield [id, target]
  }
}

/** Line by line, what a text is looked for in: one search of it all is the fastest. */
function textOfTarget(component: string, { job, url, labels, status }: TargetState): string {
  let text = `${component}\n${job}\n${url}\n${status.lastError}`
  for (let i = 0; i < labels.length; i += 2) text += `\n${labels[i]}=${labels[i + 1]}`
  return text
}

function shownText({ component, job, url, labels, lastError }: ScrapedTarget): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  return [component, job, url, lastError, ...pairs].join('\n')
}

function shownTarget(
  component: string,
  { job, url, labels, status }: TargetState,
  owner: string,
  { mask }: ProgramView,
): ScrapedTarget {
  const shown: [string, string][] = []
  for (let i = 0; i < labels.length; i += 2) shown.push([labels[i]!, mask(labels[i + 1]!)])
  return {
    component,
    job: mask(job),
    url: mask(withoutUserInfo(url)),
    state: status.health,
    // Entries, for a label may be called `__proto__`.
    labels: Object.fromEntries(shown),
    lastScrapeMs: status.lastScrapeMs,
    lastDurationSeconds: status.lastDurationMs / 1000,
    lastError: mask(textWithoutUserInfo(status.lastError)),
    owner,
  }
}
