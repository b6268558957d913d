// What a group of routes is asked, and how it answers.

import type { InternalRequest, InternalResponse } from '../engine/internal_network.ts'

export interface RoutedRequest {
  readonly request: InternalRequest
  /** Decoded and clean, without the query: `/-/ready`. */
  readonly path: string
  /** What follows the UI's prefix, `api/v0/web/peers`; absent for all that is not below it. */
  readonly uiPath: string | undefined
  /** As written, with its `?`; or empty. */
  readonly search: string
  readonly query: URLSearchParams
}

/**
 * Answers what is its own, and nothing else. A rejection is answered with 500 and its message.
 */
export type Route = (asked: RoutedRequest) => Answering

type Answer = InternalResponse | undefined

export type Answering = Answer | Promise<Answer>
