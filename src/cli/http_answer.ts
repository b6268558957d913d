// Requests of commands to a running instance, errors worded as Go's net/http does.

import { STATUS_CODES } from 'node:http'
import { textOf } from '../go/text.ts'
import type { HttpClient } from '../net/http_client.ts'
import type { HttpRequest } from '../net/http_exchange.ts'

/** The body of a 200. Rejects with the reason otherwise, `404 Not Found: 404 page not found`. */
export async function bodyOfOk(client: HttpClient, request: HttpRequest): Promise<Uint8Array> {
  const { body, status } = await client.request(request)
  if (status === 200) return body
  throw new Error(`${status} ${STATUS_CODES[status] ?? ''}: ${textOf(body).trim()}`)
}
