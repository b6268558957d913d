// GraphQL over HTTP below the UI's prefix, as upstream serves it with its flag.
// Source of the behaviour: recordings of Alloy 1.18.

import type { InternalRequest, InternalResponse } from '../../engine/internal_network.ts'
import { jsonString } from '../../go/json_text.ts'
import { bytesOf, textOf } from '../../go/text.ts'
import { empty, json } from '../answers.ts'
import type { EngineView } from '../engine_view.ts'
import type { Route, RoutedRequest } from '../route.ts'
import type { GraphQlExecutor, GraphQlQuery, GraphQlResult } from './executor.ts'
import { playgroundPage } from './playground.ts'

/** Queries are short; variables are ids. */
const bodySizeMax = 64 * 1024

export interface GraphQlOptions {
  readonly engine: EngineView
  /** With the `v`. */
  readonly version: string
  /** Whether there is a page to try it. */
  readonly hasPlayground: boolean
}

export function graphql({ engine, hasPlayground, version }: GraphQlOptions): Route {
  let executor: Promise<GraphQlExecutor> | undefined
  const load = async () => {
    const { GraphQlExecutor } = await import('./executor.ts')
    return new GraphQlExecutor(engine, version)
  }
  return async (asked) => {
    if (asked.uiPath === 'graphql/playground' && hasPlayground) return playgroundPage()
    if (asked.uiPath !== 'graphql') return undefined
    const read = readQuery(asked)
    if ('status' in read) return read
    executor ??= load()
    return resultAnswer(await (await executor).run(read))
  }
}

/** The query, or the answer where there is none. */
function readQuery({ query, request }: RoutedRequest): GraphQlQuery | InternalResponse {
  switch (request.method) {
    case 'OPTIONS':
      return empty(200, { allow: 'OPTIONS, GET, POST' })
    case 'HEAD':
      return empty(405)
    case 'GET':
      return ofParameters(query)
    case 'POST':
      return isJson(request) ? ofBody(request) : unsupported()
    default:
      return unsupported()
  }
}

function isJson({ headers }: InternalRequest): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  return type.trim().toLowerCase() === 'application/json'
}

function ofParameters(query: URLSearchParams): GraphQlQuery | InternalResponse {
  const variables = parsed(query.get('variables') ?? '{}')
  if (!isRecord(variables)) return badRequest('variables could not be decoded')
  const operationName = query.get('operationName') || undefined
  return { query: query.get('query') ?? '', operationName, variables }
}

function ofBody({ body = new Uint8Array() }: InternalRequest): GraphQlQuery | InternalResponse {
  if (body.length > bodySizeMax) {
    const headers = { 'content-type': 'application/json' }
    return { status: 413, headers, body: errorBody('request body too large') }
  }
  const asked = parsed(textOf(body))
  const { operationName, query = '', variables } = isRecord(asked) ? asked : { query: null }
  if (typeof query !== 'string' || !(variables == null || isRecord(variables))) {
    return badRequest('json request body could not be decoded')
  }
  const name = typeof operationName === 'string' && operationName !== '' ? operationName : undefined
  return { query, operationName: name, variables: variables ?? undefined }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Not JSON, which the caller reports.
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function badRequest(message: string): InternalResponse {
  const headers = { 'content-type': 'application/json' }
  return { status: 400, headers, body: errorBody(message) }
}

function unsupported(): InternalResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  return { status: 400, headers, body: errorBody('transport not supported') }
}

function errorBody(message: string): Uint8Array {
  return bytesOf(`{"errors":[{"message":${JSON.stringify(message)}}],"data":null}`)
}

/** Errors of fields are no errors of the request. */
async function resultAnswer({ data, errors, ran }: GraphQlResult): Promise<InternalResponse> {
  const { body } = await json(jsonPieces(errors.length === 0 ? { data } : { errors, data }))
  return { status: ran ? 200 : 422, headers: { 'content-type': 'application/json' }, body }
}

/** As Go writes JSON, in pieces: results may be long. */
function* jsonPieces(value: unknown): Generator<string> {
  let comma = ''
  if (Array.isArray(value)) {
    yield '['
    for (const element of value) {
      yield comma
      yield* jsonPieces(element)
      comma = ','
    }
    yield ']'
  } else if (typeof value === 'object' && value !== null) {
    yield '{'
    for (const [name, inner] of Object.entries(value)) {
      yield `${comma}${jsonString(name)}:`
      yield* jsonPieces(inner)
      comma = ','
    }
    yield '}'
  } else yield typeof value === 'string' ? jsonString(value) : JSON.stringify(value)
}
