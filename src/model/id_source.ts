// Dense ids that are used again.

const wordsFirst = 256

/**
 * Gives the lowest id that is not out, from 1 on, so that columns indexed by id get shorter again
 * when most ids have been given back.
 */
export class IdSource {
  /** One bit for each id that was ever out; set while it is out. */
  #taken = new Uint32Array(wordsFirst)
  /** Words before this one have no free id. */
  #firstOpen = 0
  #used = 0

  /** How many ids are out. */
  get used(): number {
    return this.#used
  }

  take(): number {
    let word = this.#firstOpen
    while (word < this.#taken.length && this.#taken[word] === 0xffff_ffff) word++
    if (word === this.#taken.length) this.#grow()
    this.#firstOpen = word
    const taken = this.#taken[word]!
    const bit = 31 - Math.clz32(~taken & (taken + 1))
    this.#taken[word] = taken | (1 << bit)
    this.#used++
    return word * 32 + bit + 1
  }

  give(id: number): void {
    const word = (id - 1) >>> 5
    this.#taken[word]! &= ~(1 << ((id - 1) & 31))
    this.#used--
    if (word < this.#firstOpen) this.#firstOpen = word
  }

  #grow(): void {
    const grown = new Uint32Array(this.#taken.length * 2)
    grown.set(this.#taken)
    this.#taken = grown
  }
}
