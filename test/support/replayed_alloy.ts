// A server that answers as a recorded Go Alloy did: its JSON, its page for everything unknown, and
// its streams, cut at any byte.

import { readFileSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

interface Recording {
  readonly answers: Readonly<Record<string, { readonly status: number; readonly body: string }>>
  readonly streams: Readonly<Record<string, string>>
}

export type RecordingName = 'broken' | 'logs' | 'metrics' | 'modules'

export interface ReplayOptions {
  /** `/alloy/`; `/` without. */
  readonly prefix?: string
  /** The header Authorization that it wants; anybody may ask without. */
  readonly authorization?: string
  /** The port to listen on; any free one without. */
  readonly port?: number
  /** How many bytes the pieces of streams have, in turn. */
  readonly cuts?: readonly number[]
  /** Whether streams end after their recording; they stay open without. */
  readonly endsStreams?: boolean
}

export interface ReplayedAlloy {
  readonly origin: string
  readonly port: number
  /** Method and URL of every request. */
  readonly requests: readonly string[]
  /** Breaks every connection and listens no more. */
  close(): Promise<void>
}

export function recordingOf(name: RecordingName): Recording {
  const file = new URL(`../client/fixtures/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Recording
}

/** Lives until it is closed, or the test ends. */
export async function replayAlloy(
  name: RecordingName,
  options: ReplayOptions = {},
): Promise<ReplayedAlloy> {
  const recording = recordingOf(name)
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response, recording, options)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  onTestFinished(close)
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, requests, close }
}

function answer(
  { headers, method, url = '' }: IncomingMessage,
  response: ServerResponse,
  recording: Recording,
  options: ReplayOptions,
): void {
  const { authorization, prefix = '/' } = options
  if (authorization !== undefined && headers.authorization !== authorization) {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="Restricted"' }).end()
    return
  }
  const asked = decodeURIComponent(url.split('?', 1)[0]!)
  const isPrefixed = asked.startsWith(prefix)
  const path = isPrefixed ? `/${asked.slice(prefix.length)}` : asked
  if (method === 'POST' && asked === '/-/reload') {
    response.writeHead(200).end('config reloaded\n')
    return
  }
  const stream = recording.streams[path]
  if (stream !== undefined && isPrefixed) {
    void play(stream, response, options)
    return
  }
  const isWebApi = path.startsWith('/api/v0/web/')
  const known = !isWebApi || isPrefixed ? recording.answers[isWebApi ? path : asked] : undefined
  if (known !== undefined) {
    response.writeHead(known.status, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(known.body)
  } else if (path.startsWith('/api/v0/web/debug/')) {
    response.writeHead(500).end('component not found\n')
  } else if (prefix === '/') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><p>Alloy')
  } else {
    response.writeHead(404).end('404 page not found\n')
  }
}

async function play(
  text: string,
  response: ServerResponse,
  { cuts = [1000, 1, 2, 700], endsStreams = false }: ReplayOptions,
): Promise<void> {
  response.writeHead(200).flushHeaders()
  const bytes = Buffer.from(text)
  for (let at = 0, i = 0; at < bytes.length && !response.destroyed; i++) {
    const length = Math.max(1, cuts[i % cuts.length]!)
    await new Promise((resolve) => response.write(bytes.subarray(at, at + length), resolve))
    at += length
  }
  if (endsStreams) response.end()
}
