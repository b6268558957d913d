// Targets and receivers whose behaviour a test turns.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Listening {
  readonly port: number
  readonly address: string
  readonly requests: IncomingMessage[]
  close(): Promise<void>
}

export type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

/** A server on loopback that answers with whatever `answer` returns at the time. */
export async function serve(answer: () => Answer, port = 0): Promise<Listening> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => answer()(request, response, Buffer.concat(parts)))
    request.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const bound = (server.address() as AddressInfo).port
  const close = () => closed(server)
  onTestFinished(close)
  return { port: bound, address: `127.0.0.1:${bound}`, requests, close }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Answers with an exposition page that is made anew for each request. */
export function page(text: () => string): Answer {
  return (_, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    response.end(text())
  }
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(code, headers)
    response.end(`answered ${code}\n`)
  }
}

/** Takes the request and never answers. */
export const hang: Answer = () => {}
