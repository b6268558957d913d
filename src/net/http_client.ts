// The HTTP client of every component that makes requests.

import type { InternalNetwork } from '../engine/internal_network.ts'
import type { HttpRequest, HttpResponse } from './http_exchange.ts'
import type { HttpClientSettings } from './http_settings.ts'

export interface HttpClientOptions {
  /** Sent unless the request or the settings name another. */
  readonly userAgent: string
  /** Requests to its address stay in the process. Without it they go to the resolver. */
  readonly internal?: InternalNetwork
}

/** Holds its connections until closed; requests may overlap. */
export interface HttpClient {
  /**
   * Resolves with whatever the server answered, redirects followed where the settings say so;
   * rejects with `HttpError`. A 301, 302 or 303 to anything but GET and HEAD is an answer: it is
   * never turned into a GET, which would count unsent data as sent.
   */
  request(request: HttpRequest): Promise<HttpResponse>
  /** Ends idle connections at once and busy ones when their request settles. */
  close(): void
}

/** Throws an `HttpError` where the settings name what cannot work. */
export type OpenHttpClient = (
  settings: HttpClientSettings,
  options: HttpClientOptions,
) => HttpClient
