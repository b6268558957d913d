// `search`: components, targets and lines of the configuration that have a text.

import type { SearchResults } from '../../client/api.ts'
import { Slice } from '../../engine/slice.ts'
import { everyComponent } from '../component_walk.ts'
import type { EngineView } from '../engine_view.ts'
import type { ProgramView } from './program_view.ts'
import { BadRequest, type Query } from './query.ts'
import { targetPage } from './target_list.ts'
import { type TextSearch, textSearch } from './text_search.ts'

export const searchNames = ['q', 'limit'] as const

/** Of longer lines only the part around what was found is shown. */
const lineLengthMax = 500

/** At most `limit` of each kind, in any case of the text. */
export async function searchEverything(
  engine: EngineView,
  program: ProgramView,
  query: Query,
): Promise<SearchResults> {
  const text = query.text('q')
  if (text === '') throw new BadRequest('parameter "q" is missing: the text to look for')
  const limit = query.integer('limit', { min: 1, max: 100, otherwise: 20 })
  const finds = textSearch(text)
  const wanted = { state: undefined, component: '', text, limit, offset: 0 }
  const { items, total } = await targetPage(engine, program, wanted)
  return {
    components: await componentsWith(engine, finds, limit),
    targets: { total, items },
    config: await linesWith(program, finds, text.length, limit),
  }
}

async function componentsWith(
  engine: EngineView,
  finds: TextSearch,
  limit: number,
): Promise<string[]> {
  const found: string[] = []
  const slice = new Slice()
  for (const { id } of everyComponent(engine)) {
    if (finds(id)) found.push(id)
    if (found.length === limit) break
    if (slice.due()) await slice.pause()
  }
  return found
}

async function linesWith(
  program: ProgramView,
  finds: TextSearch,
  length: number,
  limit: number,
): Promise<SearchResults['config']> {
  const found: { path: string; line: number; text: string }[] = []
  const slice = new Slice()
  for (const { path, text } of await program.sources()) {
    for (const [i, line] of text.split('\n').entries()) {
      if (slice.due()) await slice.pause()
      if (!finds(line)) continue
      found.push({ path, line: i + 1, text: shortened(line.trim(), finds, length) })
      if (found.length === limit) return found
    }
  }
  return found
}

function shortened(line: string, finds: TextSearch, length: number): string {
  if (line.length <= lineLengthMax) return line
  const step = Math.max(1, lineLengthMax - length)
  for (let at = 0; at < line.length; at += step) {
    const part = line.slice(at, at + lineLengthMax)
    if (finds(part)) return part
  }
  return line.slice(0, lineLengthMax)
}
