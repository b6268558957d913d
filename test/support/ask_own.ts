// Asks our own API of an engine that a test makes up.

import type { EngineView } from '../../src/server/engine_view.ts'
import { ownApi } from '../../src/server/own/own_api.ts'
import type { ProgramView } from '../../src/server/own/program_view.ts'
import { programView } from './program_view.ts'

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Parsed; of streams and lines, nothing. */
  readonly body: unknown
  readonly text: string
  readonly stream: AsyncIterable<Uint8Array> | undefined
}

/** `target` is what follows `api/alloyts/v1/`, with its query: `targets?q=a`, `POST info`. */
export async function askOwn(
  engine: EngineView,
  target: string,
  options: { readonly program?: ProgramView; readonly signal?: AbortSignal } = {},
): Promise<Answered | undefined> {
  const { program = programView(), signal = new AbortController().signal } = options
  const [method = 'GET', written = ''] = target.includes(' ') ? target.split(' ') : ['GET', target]
  const mark = written.indexOf('?')
  const [path, search] = mark < 0 ? [written, ''] : [written.slice(0, mark), written.slice(mark)]
  const uiPath = `api/alloyts/v1/${path}`
  const answer = await ownApi(
    engine,
    program,
  )({
    request: { method, path: `/${uiPath}${search}`, headers: {}, signal },
    path: `/${uiPath}`,
    uiPath,
    search,
    query: new URLSearchParams(search),
  })
  if (answer === undefined) return undefined
  const { status, headers, body, stream } = answer
  const text = Buffer.from(body).toString()
  const isJson = headers['content-type']?.startsWith('application/json') === true
  return { status, headers, body: isJson ? JSON.parse(text) : undefined, text, stream }
}
