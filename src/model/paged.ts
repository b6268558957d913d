// Columns indexed by dense ids, in pages of 1,024: growing allocates one page, never copies the
// whole, and a page whose ids are all gone is given back.

const pageBits = 10
export const pageSize = 1 << pageBits
const pageMask = pageSize - 1

/** Unsigned 32-bit numbers by id; 0 where nothing was set. */
export class PagedUint32 {
  readonly #pages: (Uint32Array | undefined)[] = []
  /** How many numbers of each page are not 0. */
  readonly #used: number[] = []

  get(id: number): number {
    const page = this.#pages[id >>> pageBits]
    return page === undefined ? 0 : page[id & pageMask]!
  }

  /** The page that holds `id`, to be indexed by `id & 1023`; for reading only. */
  page(id: number): Uint32Array | undefined {
    return this.#pages[id >>> pageBits]
  }

  set(id: number, value: number): void {
    const number = id >>> pageBits
    let page = this.#pages[number]
    if (page === undefined) {
      if (value === 0) return
      page = new Uint32Array(pageSize)
      this.#pages[number] = page
      this.#used[number] = 0
    }
    const before = page[id & pageMask]!
    page[id & pageMask] = value
    if ((before === 0) === (value === 0)) return
    this.#used[number]! += value === 0 ? -1 : 1
    if (this.#used[number] === 0) this.#pages[number] = undefined
  }

  /** Sets all `ids` to 0. */
  clear(ids: Uint32Array): void {
    for (let i = 0; i < ids.length; i++) this.set(ids[i]!, 0)
  }

  get bytes(): number {
    return this.#pages.reduce((sum, page) => sum + (page?.byteLength ?? 0), 0)
  }
}

/** Signed 32-bit numbers by id; 0 where nothing was set. */
export class PagedInt32 {
  readonly #pages: (Int32Array | undefined)[] = []
  /** How many numbers of each page are not 0. */
  readonly #used: number[] = []

  get(id: number): number {
    const page = this.#pages[id >>> pageBits]
    return page === undefined ? 0 : page[id & pageMask]!
  }

  /** The page that holds `id`, to be indexed by `id & 1023`; for reading only. */
  page(id: number): Int32Array | undefined {
    return this.#pages[id >>> pageBits]
  }

  set(id: number, value: number): void {
    const number = id >>> pageBits
    let page = this.#pages[number]
    if (page === undefined) {
      if (value === 0) return
      page = new Int32Array(pageSize)
      this.#pages[number] = page
      this.#used[number] = 0
    }
    const before = page[id & pageMask]!
    page[id & pageMask] = value
    if ((before === 0) === (value === 0)) return
    this.#used[number]! += value === 0 ? -1 : 1
    if (this.#used[number] === 0) this.#pages[number] = undefined
  }

  /** Sets all `ids` to 0. */
  clear(ids: Uint32Array): void {
    for (let i = 0; i < ids.length; i++) this.set(ids[i]!, 0)
  }

  get bytes(): number {
    return this.#pages.reduce((sum, page) => sum + (page?.byteLength ?? 0), 0)
  }
}

/** Doubles by id, such as the time last sent; 0 where nothing was set. */
export class PagedFloat64 {
  readonly #pages: (Float64Array | undefined)[] = []
  /** How many numbers of each page are not 0. */
  readonly #used: number[] = []

  get(id: number): number {
    const page = this.#pages[id >>> pageBits]
    return page === undefined ? 0 : page[id & pageMask]!
  }

  set(id: number, value: number): void {
    const number = id >>> pageBits
    let page = this.#pages[number]
    if (page === undefined) {
      if (value === 0) return
      page = new Float64Array(pageSize)
      this.#pages[number] = page
      this.#used[number] = 0
    }
    const before = page[id & pageMask]!
    page[id & pageMask] = value
    if ((before === 0) === (value === 0)) return
    this.#used[number]! += value === 0 ? -1 : 1
    if (this.#used[number] === 0) this.#pages[number] = undefined
  }

  /** Sets all `ids` to 0. */
  clear(ids: Uint32Array): void {
    for (let i = 0; i < ids.length; i++) this.set(ids[i]!, 0)
  }

  get bytes(): number {
    return this.#pages.reduce((sum, page) => sum + (page?.byteLength ?? 0), 0)
  }
}
