// What the tests of the HTTP client share.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { HttpClient, type HttpClientOptions } from '../../src/net/http_client.ts'
import { HttpError, type HttpRequest } from '../../src/net/http_exchange.ts'
import type { HttpClientSettings } from '../../src/net/http_settings.ts'

export const userAgent = 'Alloy/v0.0.0 (linux; binary)'

export function open(settings: HttpClientSettings = {}, extra: Partial<HttpClientOptions> = {}) {
  const client = new HttpClient(settings, { userAgent, ...extra })
  onTestFinished(() => client.close())
  return client
}

export function get(url: string, extra: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, timeoutMs: 5000, bodySizeMax: 1e6, ...extra }
}

export async function failureOf(promise: Promise<unknown>): Promise<HttpError> {
  const error = await promise.then(
    () => expect.unreachable('should fail'),
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(HttpError)
  return error as HttpError
}

export function textOf({ body }: { body: Uint8Array }): string {
  return Buffer.from(body).toString('latin1')
}

export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'alloyts-net-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}
