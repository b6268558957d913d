// What goes wrong between a client and the collector it watches.

export type ClientErrorKind =
  /** Nothing answers, or the connection broke. */
  | 'unreachable'
  /** The answer did not come in time. */
  | 'timeout'
  /** The answer is an error; `status` says which. */
  | 'status'
  /** The answer is longer than the client takes. */
  | 'too_large'
  /** The answer is none of the API's: a page, or another program. */
  | 'shape'

export class ClientError extends Error {
  readonly kind: ClientErrorKind
  /** HTTP status; 0 where there was no answer. */
  readonly status: number

  constructor(
    kind: ClientErrorKind,
    message: string,
    options: { readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.status = options.status ?? 0
  }
}

/** Causes may form a ring. */
const depthMax = 8

/** The innermost reason that says something: `fetch failed` does not. */
export function reasonOf(error: unknown): string {
  let reason = ''
  let current = error
  for (let depth = 0; depth < depthMax && current instanceof Error; depth++) {
    if (current.message !== '' && current.message !== 'fetch failed') reason = current.message
    const inner =
      'errors' in current && Array.isArray(current.errors) ? current.errors[0] : undefined
    current = current.cause ?? inner
  }
  if (reason !== '') return reason
  return error instanceof Error ? error.message : String(error)
}
