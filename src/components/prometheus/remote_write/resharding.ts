// How many shards an endpoint needs to keep up with what comes in.
// Source of the behaviour: prometheus/storage/remote/queue_manager.go.

/** How often the number of shards is looked at. */
export const reshardEveryMs = 10_000

const newWeight = 0.2
/** Changes below this share of what runs are not worth a restart of the shards. */
const tolerance = 0.3
/** Share of the backlog to be sent besides what comes in. */
const catchUpPerSecond = 0.05

/** Per second, averaged exponentially over the last ticks. */
class Rate {
  perSecond = 0
  #isFirst = true

  tick(count: number): void {
    const now = count / (reshardEveryMs / 1000)
    this.perSecond = this.#isFirst ? now : newWeight * now + (1 - newWeight) * this.perSecond
    this.#isFirst = false
  }
}

/** What happened since the last tick. */
export interface Tick {
  /** Rows read from the log, dropped ones included. */
  readonly in: number
  readonly dropped: number
  readonly out: number
  /** Seconds that sending them took, over all shards. */
  readonly outSeconds: number
  /** How far the newest row sent is behind the newest that came in, in seconds. */
  readonly delaySeconds: number
  readonly shards: number
  /** Whether a send has finished lately, well or badly. */
  readonly isSending: boolean
  readonly isBackingOff: boolean
}

export class Resharding {
  /** By the last calculation. */
  desired: number
  readonly #min: number
  readonly #max: number
  readonly #in = new Rate()
  readonly #dropped = new Rate()
  readonly #out = new Rate()
  readonly #outSeconds = new Rate()

  constructor(min: number, max: number) {
    this.#min = min
    this.#max = max
    this.desired = min
  }

  /** The number of shards from now on. */
  tick(tick: Tick): number {
    this.#in.tick(tick.in)
    this.#dropped.tick(tick.dropped)
    this.#out.tick(tick.out)
    this.#outSeconds.tick(tick.outSeconds)
    const out = this.#out.perSecond
    if (out <= 0) return tick.shards
    const kept = out / (out + this.#dropped.perSecond)
    const wanted = this.#in.perSecond * kept
    const backlog = tick.delaySeconds * wanted
    const secondsPerRow = this.#outSeconds.perSecond / out
    const desired = secondsPerRow * (wanted + catchUpPerSecond * backlog)
    this.desired = desired
    const isNear =
      desired >= tick.shards * (1 - tolerance) && desired <= tick.shards * (1 + tolerance)
    const shards = Math.min(Math.max(Math.ceil(desired), this.#min), this.#max)
    if (isNear || !tick.isSending || tick.isBackingOff) return tick.shards
    // While there is a backlog, fewer shards would only make it grow.
    if (shards < tick.shards && tick.delaySeconds > 10) return tick.shards
    return shards
  }
}
