// Writes answers to whoever asked over a socket.

import { once } from 'node:events'
import { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { InternalResponse } from '../engine/internal_network.ts'
import type { Incoming, Outgoing } from './port.ts'
import { unlessAborted } from './unless_aborted.ts'

/** Shorter answers gain nothing. */
const gzipSizeMin = 1024

const compress = promisify(gzip)

export interface AnswerBounds {
  /** Whether the connection takes no request after this one. */
  readonly isLast: boolean
  /** A client that reads nothing for so long, or at most twice, is cut off. */
  readonly stallTimeoutMs: number
}

export async function writeAnswer(
  request: Incoming,
  response: Outgoing,
  answer: InternalResponse,
  { isLast, stallTimeoutMs }: AnswerBounds,
): Promise<void> {
  if (response.destroyed) return
  // Bytes that the system takes count as progress.
  response.setTimeout(stallTimeoutMs)
  const isPlain = answer.headers['content-encoding'] === undefined
  const zipped = isPlain && acceptsGzip(request) && answer.body.length >= gzipSizeMin
  const body = zipped ? await compress(answer.body) : answer.body
  // A request that was not read to its end makes the connection useless.
  if (isLast || !request.complete) leave(response)
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': body.length }),
  })
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}

export interface StreamBounds {
  readonly signal: AbortSignal
  readonly stallTimeoutMs: number
}

/**
 * Writes an answer without end until it ends after all, the client goes or the signal fires. Its
 * producer is asked for no more than the client reads, and is left when this resolves: it has the
 * same signal.
 */
export async function writeStream(
  request: Incoming,
  response: Outgoing,
  answer: InternalResponse & { readonly stream: AsyncIterable<Uint8Array> },
  { signal, stallTimeoutMs }: StreamBounds,
): Promise<void> {
  if (response.destroyed) return
  // Once the server closes, nobody may ask again on the same connection.
  leave(response)
  response.writeHead(answer.status, answer.headers)
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // Who waits for the first chunk sees that it is served. HTTP/2 sends headers at once.
  if (response instanceof ServerResponse) response.flushHeaders()
  const sink: Writable = response
  const iterator = answer.stream[Symbol.asyncIterator]()
  try {
    for (;;) {
      const step = await unlessAborted(iterator.next(), signal)
      if (step === undefined || step.done === true) break
      if (sink.write(step.value)) continue
      // Only while there is something to read is it the client who is slow.
      response.setTimeout(stallTimeoutMs)
      await unlessAborted(once(response, 'drain'), signal)
      response.setTimeout(0)
    }
  } finally {
    // Not waited for: a producer that has nothing to tell may not hear of it before its next word.
    iterator.return?.().catch(() => {})
  }
  response.setTimeout(stallTimeoutMs)
  response.end()
}

/** Ends with the answer what it came on: the connection, or with HTTP/2 a stream of it. */
function leave(response: Outgoing): void {
  if (response instanceof ServerResponse) response.shouldKeepAlive = false
  else response.once('finish', () => response.stream.close())
}

function acceptsGzip(request: Incoming): boolean {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  return /(^|,)\s*gzip\s*(;\s*q=(1|0?\.\d*[1-9]\d*|1\.0*))?\s*(,|$)/i.test(accepted)
}
