// Requests within the process: what `alloy.internal:12345` answers, without sockets.

export interface InternalRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly signal: AbortSignal
}

export interface InternalResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /**
   * An answer without end, in place of `body`. Its reader stops reading when the request's signal
   * fires, and its producer must end by itself then.
   */
  readonly stream?: AsyncIterable<Uint8Array>
}

export interface InternalNetwork {
  /** `alloy.internal:12345` unless a flag says otherwise; targets with this address stay inside. */
  readonly address: string
  request(request: InternalRequest): Promise<InternalResponse>
}
