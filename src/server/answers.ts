// Answers as Go's net/http gives them.

import type { InternalResponse } from '../engine/internal_network.ts'
import { Slice } from '../engine/slice.ts'
import { bytesOf } from '../go/text.ts'

const plain = 'text/plain; charset=utf-8'

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8', vary: 'Accept-Encoding' }

/** A line of text, its LF included. */
export function text(status: number, line: string, contentType = plain): InternalResponse {
  return { status, headers: { 'content-type': contentType }, body: bytesOf(line) }
}

/** As `http.Error`. */
export function failure(status: number, message: string): InternalResponse {
  const headers = { 'content-type': plain, 'x-content-type-options': 'nosniff' }
  return { status, headers, body: bytesOf(`${message}\n`) }
}

/** As our own API tells errors. */
export function jsonFailure(status: number, error: string): InternalResponse {
  return { status, headers: jsonHeaders, body: bytesOf(JSON.stringify({ error })) }
}

/** As `http.Redirect` answers to GET. */
export function found(location: string): InternalResponse {
  const headers = { location, 'content-type': 'text/html; charset=utf-8' }
  return { status: 302, headers, body: bytesOf(`<a href="${location}">Found</a>.\n\n`) }
}

/** @param allow the methods that there are, `GET, POST`. */
export function wrongMethod(allow: string): InternalResponse {
  return empty(405, { allow })
}

export function notFound(): InternalResponse {
  return failure(404, '404 page not found')
}

export function empty(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): InternalResponse {
  return { status, headers, body: new Uint8Array() }
}

/** JSON that may be long: the event loop turns while the pieces are made and joined. */
export async function json(pieces: Iterable<string>): Promise<InternalResponse> {
  const slice = new Slice()
  const chunks: Uint8Array[] = []
  let chunk = ''
  let size = 0
  const keep = () => {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    size += bytes.length
    chunk = ''
  }
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < 16_384) continue
    keep()
    if (slice.due()) await slice.pause()
  }
  keep()
  return { status: 200, headers: jsonHeaders, body: await joined(chunks, size) }
}

/** To join 30 MB in one go takes 15 ms. */
async function joined(chunks: readonly Uint8Array[], size: number): Promise<Uint8Array> {
  const slice = new Slice()
  const body = Buffer.allocUnsafe(size)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
    if (slice.due()) await slice.pause()
  }
  return body
}
