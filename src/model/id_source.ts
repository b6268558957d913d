// Dense ids that are used again.

/** Gives ids from 1; the ones given back come first. */
export class IdSource {
  #free = new Uint32Array(1024)
  #freeCount = 0
  #next = 1

  /** How many ids are out. */
  get used(): number {
    return this.#next - 1 - this.#freeCount
  }

  take(): number {
    return this.#freeCount > 0 ? this.#free[--this.#freeCount]! : this.#next++
  }

  give(id: number): void {
    if (this.#freeCount === this.#free.length) {
      const grown = new Uint32Array(this.#free.length * 2)
      grown.set(this.#free)
      this.#free = grown
    }
    this.#free[this.#freeCount++] = id
  }
}
