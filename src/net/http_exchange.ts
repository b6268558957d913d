// What is asked of the HTTP client, what it answers, and how it fails.

export interface HttpRequest {
  readonly method: string
  readonly url: URL | string
  /** Names in any case; they win over the client's own. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent with its length; borrowed until the request settles. */
  readonly body?: Uint8Array
  /** For the whole exchange: connecting, headers, body, redirects. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Bound of the answer's body as it arrives, in bytes: before any inflation. */
  readonly bodySizeMax: number
  /** What becomes of a longer one: the request fails (where absent), or the body is cut there. */
  readonly whenLarger?: 'fail' | 'cut'
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case; values of repeated headers are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** As sent: never decompressed. */
  readonly body: Uint8Array
  /** Where it came from, after redirects, without user info. */
  readonly url: string
}

/** Why there was no answer. Its message names the request and is free of secrets. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly reason: HttpFailure

  constructor(reason: HttpFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.reason = reason
  }
}

export type HttpFailure =
  /** The time was up. */
  | 'deadline'
  /** The caller's signal fired. */
  | 'aborted'
  /** The body is longer than `bodySizeMax`. */
  | 'size'
  /** More than ten redirects, or one that leads nowhere. */
  | 'redirect'
  /** A file, certificate or proxy of the settings cannot be used. */
  | 'settings'
  | 'network'
