// Writes answers to whoever asked over a socket.

import { once } from 'node:events'
import { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { promisify } from 'node:util'
import { deflate, gzip } from 'node:zlib'
import type { InternalResponse } from '../engine/internal_network.ts'
import { accepts } from './accepted_encoding.ts'
import type { Incoming, Outgoing } from './port.ts'
import { unlessAborted } from './unless_aborted.ts'

/** Shorter answers gain nothing. */
const compressedSizeMin = 1024

/** Best first. */
const encodings = ['gzip', 'deflate'] as const

type Encoding = (typeof encodings)[number]

const compress = { gzip: promisify(gzip), deflate: promisify(deflate) }

export interface AnswerBounds {
  /** Whether the connection takes no request after this one. */
  readonly isLast: boolean
  /** A client that reads nothing for so long, or at most twice, is cut off. */
  readonly stallMs: number
}

export async function writeAnswer(
  request: Incoming,
  response: Outgoing,
  answer: InternalResponse,
  { isLast, stallMs }: AnswerBounds,
): Promise<void> {
  if (response.destroyed) return
  // Bytes that the system takes count as progress.
  response.setTimeout(stallMs)
  const encoding = encodingFor(request, answer)
  const body = encoding === undefined ? answer.body : await compress[encoding](answer.body)
  // A request that was not read to its end makes the connection useless.
  if (isLast || !request.complete) leave(response)
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': body.length }),
  })
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}

export interface StreamBounds {
  readonly signal: AbortSignal
  readonly stallMs: number
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
  { signal, stallMs }: StreamBounds,
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
      response.setTimeout(stallMs)
      await unlessAborted(once(response, 'drain'), signal)
      response.setTimeout(0)
    }
  } finally {
    // Not waited for: a producer that has nothing to tell may not hear of it before its next word.
    iterator.return?.().catch(() => {})
  }
  response.setTimeout(stallMs)
  response.end()
}

/** Ends with the answer what it came on: the connection, or with HTTP/2 a stream of it. */
function leave(response: Outgoing): void {
  if (response instanceof ServerResponse) {
    response.shouldKeepAlive = false
    return
  }
  const { stream } = response
  response.once('finish', () => {
    stream.close()
    // What has come already and nobody reads would keep it open.
    stream.resume()
  })
}

/** Nothing for what is short or compressed already. */
function encodingFor(request: Incoming, { headers, body }: InternalResponse): Encoding | undefined {
  if (body.length < compressedSizeMin || 'content-encoding' in headers) return undefined
  const accepted = String(request.headers['accept-encoding'] ?? '')
  return encodings.find((name) => accepts(accepted, name))
}
