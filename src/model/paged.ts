// Columns indexed by dense ids, in pages of 1,024: growing allocates one page, never copies the
// whole, and a page whose ids are all gone is given back.

import { IdSource } from './id_source.ts'

const pageBits = 10
const pageSize = 1 << pageBits
const pageMask = pageSize - 1

const pageBytes = pageSize * 4
const slabPages = 256

/**
 * Pages of 4 KiB, cut from slabs of 1 MiB, which go back to the system as a whole. Taken one by one
 * from malloc, pages that stay would hold the memory of all that were between them.
 */
export class PagePool {
  readonly #numbers = new IdSource()
  readonly #slabs: (ArrayBuffer | undefined)[] = []
  /** Pages in use of each slab. */
  readonly #used: number[] = []

  get bytes(): number {
    return this.#numbers.used * pageBytes
  }

  /** A page of zeros. */
  take(): Page {
    const number = this.#numbers.take()
    const slab = Math.floor((number - 1) / slabPages)
    let buffer = this.#slabs[slab]
    if (buffer === undefined) {
      buffer = new ArrayBuffer(slabPages * pageBytes)
      this.#slabs[slab] = buffer
      this.#used[slab] = 0
    }
    this.#used[slab]!++
    return { number, buffer, offset: ((number - 1) % slabPages) * pageBytes }
  }

  /** Takes a page back; its bytes must be 0. */
  give(number: number): void {
    const slab = Math.floor((number - 1) / slabPages)
    this.#numbers.give(number)
    if (--this.#used[slab]! === 0) this.#slabs[slab] = undefined
  }
}

export interface Page {
  readonly number: number
  readonly buffer: ArrayBuffer
  readonly offset: number
}

/** Unsigned 32-bit numbers by id; 0 where nothing was set. */
export class PagedUint32 {
  readonly #pool: PagePool
  readonly #pages: (Uint32Array | undefined)[] = []
  readonly #numbers: number[] = []
  /** How many numbers of each page are not 0. */
  readonly #used: number[] = []

  constructor(pool: PagePool) {
    this.#pool = pool
  }

  get(id: number): number {
    const page = this.#pages[id >>> pageBits]
    return page === undefined ? 0 : page[id & pageMask]!
  }

  /** The page that holds `id`, to be indexed by `id & 1023`; for reading only. */
  page(id: number): Uint32Array | undefined {
    return this.#pages[id >>> pageBits]
  }

  set(id: number, value: number): void {
    const at = id >>> pageBits
    let page = this.#pages[at]
    if (page === undefined) {
      if (value === 0) return
      page = this.#open(at)
    }
    const before = page[id & pageMask]!
    page[id & pageMask] = value
    if ((before === 0) === (value === 0)) return
    this.#used[at]! += value === 0 ? -1 : 1
    if (this.#used[at] === 0) this.#close(at)
  }

  /** Sets all `ids` to 0. */
  clear(ids: Uint32Array): void {
    for (let i = 0; i < ids.length; i++) this.set(ids[i]!, 0)
  }

  /** Ids whose number is not 0. */
  *ids(): Generator<number> {
    for (const [at, page] of this.#pages.entries()) {
      if (page === undefined) continue
      for (let i = 0; i < pageSize; i++) if (page[i] !== 0) yield at * pageSize + i
    }
  }

  #open(at: number): Uint32Array {
    const { number, buffer, offset } = this.#pool.take()
    const page = new Uint32Array(buffer, offset, pageSize)
    this.#pages[at] = page
    this.#numbers[at] = number
    this.#used[at] = 0
    return page
  }

  #close(at: number): void {
    this.#pages[at] = undefined
    this.#pool.give(this.#numbers[at]!)
  }
}

/** Signed 32-bit numbers by id; 0 where nothing was set. */
export class PagedInt32 {
  readonly #column: PagedUint32

  constructor(pool: PagePool) {
    this.#column = new PagedUint32(pool)
  }

  get(id: number): number {
    return this.#column.get(id) | 0
  }

  set(id: number, value: number): void {
    this.#column.set(id, value >>> 0)
  }

  /** Sets all `ids` to 0. */
  clear(ids: Uint32Array): void {
    this.#column.clear(ids)
  }
}
