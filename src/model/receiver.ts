// The contract of everything that flows: who owns a row, and who may send it again.

/** How long a receiver may take to settle once the push's signal has fired. */
export const stuckAfterMs = 1000

/** Who pushes, and until when. */
export interface PushContext {
  /** After it fires, a receiver settles within 1 s. */
  readonly signal: AbortSignal
  /** Of the request that brought the batch: tenant, headers. */
  readonly metadata?: ReadonlyMap<string, readonly string[]>
}

/** A row that was not taken, with a reason that its sender may be told. */
export interface RefusedRow {
  readonly row: number
  readonly reason: string
}

/** A child that did not take the batch. */
export interface MissedChild {
  readonly id: string
  readonly reason: string
  /**
   * It had not settled 1 s after the signal. What it took is unknown, and it may still read the
   * columns: whoever made them takes fresh ones.
   */
  readonly stuck: boolean
}

/** What a settled push says. Every row not in `refused` is owned from then on. */
export interface Outcome {
  readonly refused: readonly RefusedRow[]
  readonly missed: readonly MissedChild[]
}

export const accepted: Outcome = { refused: [], missed: [] }

/**
 * Nobody behind the receiver owns anything of the batch. Only after this may a caller push the same
 * rows again, and only where it is not permanent.
 */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly permanent: boolean
  readonly retryAfterMs?: number
  /** The component no longer runs. */
  readonly exited: boolean
  /** It may still be reading an earlier batch, so it was not offered this one. */
  readonly stuck: boolean

  constructor(
    message: string,
    options: {
      permanent: boolean
      retryAfterMs?: number
      exited?: boolean
      stuck?: boolean
      cause?: unknown
    },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.permanent = options.permanent
    this.exited = options.exited ?? false
    this.stuck = options.stuck ?? false
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs
  }
}

/** The refusal of a component that no longer runs. */
export function hasExited(id: string): Refused {
  return new Refused(`${id} has exited`, { permanent: true, exited: true })
}

/**
 * Takes batches. A caller has one push outstanding. The batch is borrowed: its columns are valid
 * and unchanged until the push settles, so whoever keeps rows copies them. A push resolves when
 * every row is owned (in a log, delivered, or dropped on purpose and counted) or listed as refused,
 * and rejects with `Refused`, or throws it at once, when no row is owned.
 */
export interface Receiver<B> {
  /** Of the component that owns it: `prometheus.remote_write.default`. */
  readonly id: string
  push(batch: B, context: PushContext): Outcome | Promise<Outcome>
}
