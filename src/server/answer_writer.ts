// Writes answers to whoever asked over a socket.

import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { InternalResponse } from '../engine/internal_network.ts'

/** Shorter answers gain nothing. */
const gzipSizeMin = 1024

const compress = promisify(gzip)

/** @param stallTimeoutMs a client that reads nothing for so long, or at most twice, is cut off. */
export async function writeAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: InternalResponse,
  stallTimeoutMs: number,
): Promise<void> {
  if (response.destroyed) return
  // Of the connection, which Node closes then: bytes that the system takes count as progress.
  response.setTimeout(stallTimeoutMs)
  const zipped = acceptsGzip(request) && answer.body.length >= gzipSizeMin
  const body = zipped ? await compress(answer.body) : answer.body
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    ...(answer.status === 204 ? {} : { 'content-length': body.length }),
    ...closing(request),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * Writes an answer without end until it ends after all, the client goes or the signal fires. Its
 * producer is asked for no more than the client reads, and is left when this resolves: it has the
 * same signal.
 */
export async function writeStream(
  request: IncomingMessage,
  response: ServerResponse,
  answer: InternalResponse & { readonly stream: AsyncIterable<Uint8Array> },
  { signal, stallTimeoutMs }: { readonly signal: AbortSignal; readonly stallTimeoutMs: number },
): Promise<void> {
  if (response.destroyed) return
  // Once the server closes, nobody may ask again on the same connection.
  response.shouldKeepAlive = false
  response.writeHead(answer.status, answer.headers)
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // Who waits for the first chunk knows by the headers that it is served.
  response.flushHeaders()
  const iterator = answer.stream[Symbol.asyncIterator]()
  try {
    for (;;) {
      const step = await unlessAborted(iterator.next(), signal)
      if (step === undefined || step.done === true) break
      if (response.write(step.value)) continue
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

/** `undefined` once the signal has fired. Leaves nothing at the signal, unlike `Promise.race`. */
function unlessAborted<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(undefined)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** A request that was not read to its end makes the connection useless. */
function closing(request: IncomingMessage): Readonly<Record<string, string>> {
  return request.complete ? {} : { connection: 'close' }
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  return /(^|,)\s*gzip\s*(;\s*q=(1|0?\.\d*[1-9]\d*|1\.0*))?\s*(,|$)/i.test(accepted)
}
