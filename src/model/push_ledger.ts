// Tells when every push that was under way at some moment has settled.

/** Counts pushes in two halves: those begun before the last `mark`, and those begun since. */
export class PushLedger {
  readonly #unsettled = [0, 0]
  #half = 0
  /** Pushes that are not waited for any more, though a receiver may still read their columns. */
  stuck = 0

  /**
   * What a push hands to `settled` when no receiver can read its columns any more, or when what
   * they name is retained.
   */
  begun(): number {
    this.#unsettled[this.#half]!++
    return this.#half
  }

  settled(half: number): void {
    this.#unsettled[half]!--
  }

  /** Pushes that are under way. */
  get size(): number {
    return this.#unsettled[0]! + this.#unsettled[1]!
  }

  /** Whether every push begun before the last `mark` has settled. */
  get passed(): boolean {
    return this.#unsettled[1 - this.#half] === 0
  }

  /** Begins a new half; only once the mark before has passed. */
  mark(): void {
    this.#half = 1 - this.#half
  }
}
