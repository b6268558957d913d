// Serves the built UI over an engine that is made up.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { uiFiles } from '../../../src/server/ui_files.ts'
import { type FixtureApi, type FixtureOptions, fixtureApi } from './fixture_api.ts'

const dir = fileURLToPath(new URL('../../../dist/ui', import.meta.url))

export interface FixtureServer {
  /** With the prefix, and a slash at the end. */
  readonly url: string
  readonly api: FixtureApi
  /** Takes no requests any more; `resume` takes them again on the same port. */
  pause(): Promise<void>
  resume(): Promise<void>
  close(): Promise<void>
}

/** Needs `npm run build`. */
export async function startFixtureServer(options: FixtureOptions = {}): Promise<FixtureServer> {
  const uiPrefix = options.uiPathPrefix ?? '/'
  const api = fixtureApi(options)
  const files = uiFiles({ dir, uiPrefix })
  const { signal } = new AbortController()
  const server = createServer((request, response) => {
    if (api.answer(request, response)) return
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)
    if (!path.startsWith(uiPrefix)) {
      response.writeHead(404).end()
      return
    }
    const headers = { 'accept-encoding': String(request.headers['accept-encoding'] ?? '') }
    const asked = { method: request.method ?? 'GET', path, headers, signal }
    void files(asked, path.slice(uiPrefix.length)).then((answer) => {
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}${uiPrefix}`,
    api,
    pause: close,
    resume: () => listen(port),
    close,
  }
}
