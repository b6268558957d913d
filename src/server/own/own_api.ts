// Our own API, below `PREFIX/api/alloyts/v1/`: what upstream's leaves out. Its shapes are in
// src/client/api.ts, its page is docs/api.md.

import { describe } from '../../engine/describe.ts'
import type { InternalResponse } from '../../engine/internal_network.ts'
import { json, jsonFailure } from '../answers.ts'
import type { EngineView } from '../engine_view.ts'
import type { Route } from '../route.ts'
import { componentSummaries, writers } from './component_list.ts'
import { EngineEvents } from './engine_events.ts'
import { exportNames, exportPage } from './export_page.ts'
import { followedLines, lastLines, logNames } from './log_lines.ts'
import { ndjsonHeaders } from './ndjson.ts'
import type { ProgramView } from './program_view.ts'
import { BadRequest, pageOf, Query } from './query.ts'
import { searchEverything, searchNames } from './search_everything.ts'
import { targetNames, targetPage } from './target_list.ts'

const apiPrefix = 'api/alloyts/v1/'

interface Asked {
  readonly engine: EngineView
  readonly program: ProgramView
  /** What stands in the path in place of `*`; empty for others. */
  readonly name: string
  readonly query: Query
  readonly events: EngineEvents
  readonly signal: AbortSignal
}

interface Endpoint {
  /** All parameters that it takes. */
  readonly parameters: readonly string[]
  answer(asked: Asked): Promise<InternalResponse>
}

const endpoints: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ['info', { parameters: [], answer: ({ program }) => jsonOf(program.info()) }],
  [
    'components',
    { parameters: [], answer: async ({ engine }) => listOf(await componentSummaries(engine)) },
  ],
  ['writers', { parameters: [], answer: async ({ engine }) => listOf(await writers(engine)) }],
  ['config', { parameters: [], answer: config }],
  ['doc/*', { parameters: [], answer: documentation }],
  ['logs', { parameters: logNames, answer: logs }],
  ['meta', { parameters: ['seconds'], answer: meta }],
  ['events', { parameters: [], answer: events }],
  ['search', { parameters: searchNames, answer: search }],
  ['targets', { parameters: targetNames, answer: targets }],
  ['components/*/exports', { parameters: exportNames, answer: exports }],
])

/** Answers with an `ApiError` where the request is at fault, or what it asks for fails. */
export function ownApi(engine: EngineView, program: ProgramView): Route {
  const { clock } = program
  const lastLoad = () => program.info().lastLoad
  const events = new EngineEvents({ engine, clock, lastLoad })
  return async ({ request: { method, signal }, uiPath, search }) => {
    if (uiPath?.startsWith(apiPrefix) !== true) return undefined
    const found = endpointOf(uiPath.slice(apiPrefix.length))
    if (found === undefined) return undefined
    const { endpoint, name } = found
    if (method !== 'GET' && method !== 'HEAD') {
      const { headers, ...refusal } = jsonFailure(405, `${method} is not allowed: GET, HEAD`)
      return { ...refusal, headers: { ...headers, allow: 'GET, HEAD' } }
    }
    try {
      const query = new Query(search, endpoint.parameters)
      return await endpoint.answer({ engine, events, program, name, query, signal })
    } catch (error) {
      if (error instanceof BadRequest) return jsonFailure(400, error.message)
      return jsonFailure(500, program.mask(describe(error)))
    }
  }
}

/** The path, or a pattern of which `*` is a name, which may have slashes. */
function endpointOf(path: string): { endpoint: Endpoint; name: string } | undefined {
  const exact = path.includes('*') ? undefined : endpoints.get(path)
  if (exact !== undefined) return { endpoint: exact, name: '' }
  for (const [pattern, endpoint] of endpoints) {
    const [before = '', after] = pattern.split('*')
    if (after === undefined || !path.startsWith(before) || !path.endsWith(after)) continue
    const name = path.slice(before.length, path.length - after.length)
    if (name !== '') return { endpoint, name }
  }
  return undefined
}

async function targets({ engine, program, query }: Asked): Promise<InternalResponse> {
  const component = query.text('component')
  if (component !== '' && engine.component(component) === undefined) {
    return noComponent(component)
  }
  const { items, ...rest } = await targetPage(engine, program, {
    state: query.oneOf('state', ['up', 'down', 'unknown']),
    component,
    text: query.text('q'),
    ...pageOf(query),
  })
  return json(pieces(`${JSON.stringify(rest).slice(0, -1)},"items":[`, textsOf(items), ']}'))
}

async function exports({ engine, name, program, query }: Asked): Promise<InternalResponse> {
  const component = engine.component(name)
  if (component === undefined) return noComponent(name)
  const filter = { path: query.text('path'), text: query.text('q'), ...pageOf(query) }
  const { total, items } = await exportPage(component.exports(), program, filter)
  return json(pieces(`{"total":${total},"items":[`, items, ']}'))
}

async function config({ program }: Asked): Promise<InternalResponse> {
  return json(pieces('{"sources":[', textsOf(await program.sources()), ']}'))
}

async function documentation({ name, program }: Asked): Promise<InternalResponse> {
  const found = await program.documentation(name)
  if (found !== undefined) return jsonOf(found)
  return jsonFailure(404, `there is no component or block ${JSON.stringify(name)}`)
}

async function logs({ program, query, signal }: Asked): Promise<InternalResponse> {
  const { clock, logs: buffer } = program
  if (buffer === undefined) {
    return jsonFailure(404, 'lines of the log are not kept: see --log-buffer.memory-limit')
  }
  const filter = {
    level: query.oneOf('level', ['debug', 'info', 'warn', 'error']) ?? 'debug',
    component: query.text('component'),
  }
  const count = query.integer('tail', { min: 0, max: 10_000, otherwise: 200 })
  if (query.oneOf('follow', ['0', '1']) === '1') {
    return streamOf(followedLines(buffer, filter, count, { clock, signal }))
  }
  return { ...(await json(lastLines(buffer, filter, count))), headers: ndjsonHeaders }
}

async function meta({ program, query }: Asked): Promise<InternalResponse> {
  const seconds = query.integer('seconds', { min: 1, max: 900, otherwise: 900 })
  return jsonOf(program.meta.meta(seconds))
}

async function events({ events, signal }: Asked): Promise<InternalResponse> {
  return streamOf(events.follow(signal))
}

async function search({ engine, program, query }: Asked): Promise<InternalResponse> {
  return jsonOf(await searchEverything(engine, program, query))
}

function streamOf(stream: AsyncIterable<Uint8Array>): InternalResponse {
  return { status: 200, headers: ndjsonHeaders, body: new Uint8Array(), stream }
}

function noComponent(id: string): InternalResponse {
  return jsonFailure(404, `there is no component ${JSON.stringify(id)}`)
}

function jsonOf(value: object): Promise<InternalResponse> {
  return json([JSON.stringify(value)])
}

function listOf(items: readonly object[]): Promise<InternalResponse> {
  return json(pieces('[', textsOf(items), ']'))
}

/** One by one, so that the event loop may turn. */
function* textsOf(items: readonly object[]): Generator<string> {
  for (const item of items) yield JSON.stringify(item)
}

function* pieces(open: string, items: Iterable<string>, close: string): Generator<string> {
  yield open
  let comma = ''
  for (const item of items) {
    yield comma + item
    comma = ','
  }
  yield close
}
