// Answers without end, taken up again when they break off.

import { RequestFailure, request } from './http.ts'

export type StreamState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly reason: string; readonly isFinal: boolean }

export interface StreamListener {
  /** A piece between two delimiters; those without content are left out. */
  record(text: string): void
  state(state: StreamState): void
}

const retryMinMs = 1000
const retryMaxMs = 8000

/** A record that is longer is given up: nothing sends such. In characters. */
const recordSizeMax = 4 * 1024 * 1024

/** Reads `path` until the signal fires. What the server refuses (4xx, 5xx) is not asked again. */
export async function readStream(
  path: string,
  delimiter: string,
  listener: StreamListener,
  signal: AbortSignal,
): Promise<void> {
  let waitMs = retryMinMs
  while (!signal.aborted) {
    listener.state({ kind: 'connecting' })
    try {
      const response = await request(path, signal)
      if (response.headers.get('content-type')?.startsWith('text/html') === true) {
        throw new RequestFailure('the server does not have this stream', 404)
      }
      listener.state({ kind: 'open' })
      waitMs = retryMinMs
      await readBody(response, delimiter, listener)
      listener.state({ kind: 'broken', reason: 'the server ended the stream', isFinal: false })
    } catch (error) {
      if (signal.aborted) return
      const isFinal = error instanceof RequestFailure && error.status !== 0
      const reason = error instanceof RequestFailure ? error.message : 'the connection broke'
      listener.state({ kind: 'broken', reason, isFinal })
      if (isFinal) return
    }
    await pause(waitMs, signal)
    waitMs = Math.min(waitMs * 2, retryMaxMs)
  }
}

async function readBody(
  response: Response,
  delimiter: string,
  listener: StreamListener,
): Promise<void> {
  if (response.body === null) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const records = (rest + value).split(delimiter)
    rest = records.pop() ?? ''
    if (rest.length > recordSizeMax) rest = ''
    for (const record of records) if (record !== '') listener.record(record)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
