// Requests to the server that the page came from.

import { basePath } from './base.ts'

const timeoutMs = 20_000

export class RequestFailure extends Error {
  /** 0 where there was no answer. */
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.name = 'RequestFailure'
    this.status = status
  }
}

/** Throws RequestFailure for anything but an answer of the server that is fine. */
export async function request(
  path: string,
  signal?: AbortSignal,
  init: RequestInit = {},
): Promise<Response> {
  let response: Response
  try {
    response = await fetch(basePath + path, { ...init, ...(signal ? { signal } : {}) })
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw new RequestFailure('the server cannot be reached', 0)
  }
  if (response.ok) return response
  throw new RequestFailure(await problemOf(response), response.status)
}

async function problemOf(response: Response): Promise<string> {
  const text = (await response.text()).trim().slice(0, 2000)
  try {
    const { error } = JSON.parse(text) as { readonly error?: unknown }
    if (typeof error === 'string') return error
  } catch {
    // Not JSON: the text itself says what is wrong.
  }
  return text.startsWith('<') || text === '' ? `the server answered ${response.status}` : text
}

/**
 * JSON, as the server has it. Where it does not know a path it may answer 200 with a page: that is
 * a failure with status 404.
 */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const limit = AbortSignal.timeout(timeoutMs)
  const response = await request(path, signal ? AbortSignal.any([signal, limit]) : limit)
  const text = await response.text()
  try {
    return JSON.parse(text) as T // the server's word: shapes of src/client/api.ts
  } catch {
    throw new RequestFailure(`the server does not know ${path}`, 404)
  }
}

/** Reload is of the server as a whole: its path has no prefix. */
export async function reloadConfig(): Promise<string> {
  const response = await fetch('/-/reload', { method: 'POST' }).catch(() => undefined)
  if (response === undefined) throw new RequestFailure('the server cannot be reached', 0)
  if (!response.ok) throw new RequestFailure(await problemOf(response), response.status)
  return (await response.text()).trim()
}
