// Records of bytes packed into segments. A segment that is less than half alive is emptied into
// the current one, so what is held stays within twice what is alive plus one segment, and every
// byte freed pays for at most one byte moved.
//
//   address  = segment number << 20 | offset of the record's bytes
//   segment  = record*          record = owner u32 · size in bytes u32 · bytes, padded to 4

/**
 * 1 MiB, which malloc maps and unmaps on its own unless larger buffers have been freed before; and
 * of a fresh segment only what was written takes memory. Emptying one takes some 5 ms at most.
 */
const segmentBits = 20
const segmentSizeBytes = 1 << segmentBits
const segmentsMax = 1 << (32 - segmentBits)
const offsetMask = segmentSizeBytes - 1
const headerBytes = 8
/** Stands in a header whose record was freed. */
const nobody = 0xffff_ffff
/** Empty segments kept for the next allocations instead of going to the garbage collector. */
const sparesMax = 1

interface Segment {
  readonly bytes: Uint8Array
  readonly words: Uint32Array
  /** Bytes handed out, freed ones included. */
  used: number
  /** Bytes of records that are not freed. */
  live: number
}

/** Where a record's bytes are. Valid until the next `alloc` or `free`. */
export class Arena {
  readonly #segments: (Segment | undefined)[] = []
  readonly #free: number[] = []
  readonly #spares: Segment[] = []
  /** Told the new address of a record that was moved. */
  readonly #moved: (owner: number, address: number) => void
  #current = 0

  constructor(moved: (owner: number, address: number) => void) {
    this.#moved = moved
    this.#open(segmentSizeBytes)
  }

  /** Bytes held, whether in use or not. */
  get capacityBytes(): number {
    let sum = 0
    for (const segment of this.#segments) sum += segment?.bytes.length ?? 0
    for (const spare of this.#spares) sum += spare.bytes.length
    return sum
  }

  /**
   * The address of `size` fresh bytes, whose content is undefined. `owner` is an id below 2^32 - 1.
   * Throws a RangeError when 4 GiB are in use.
   */
  alloc(owner: number, size: number): number {
    const needed = headerBytes + ((size + 3) & ~3)
    let segment = this.#segments[this.#current]!
    if (segment.used + needed > segment.bytes.length) {
      const full = this.#current
      segment = this.#open(Math.max(needed, segmentSizeBytes))
      this.#evacuate(full)
      // Moved records may have filled the fresh segment.
      segment = this.#segments[this.#current]!
      if (segment.used + needed > segment.bytes.length) return this.alloc(owner, size)
    }
    const word = segment.used >>> 2
    segment.words[word] = owner
    segment.words[word + 1] = size
    const address = ((this.#current << segmentBits) | (segment.used + headerBytes)) >>> 0
    segment.used += needed
    segment.live += needed
    return address
  }

  free(address: number): void {
    const number = address >>> segmentBits
    const segment = this.#segments[number]!
    const word = ((address & offsetMask) - headerBytes) >>> 2
    segment.words[word] = nobody
    segment.live -= headerBytes + ((segment.words[word + 1]! + 3) & ~3)
    if (number !== this.#current) this.#evacuate(number)
    else if (segment.live === 0) segment.used = 0
  }

  bytesAt(address: number): Uint8Array {
    return this.#segments[address >>> segmentBits]!.bytes
  }

  wordsAt(address: number): Uint32Array {
    return this.#segments[address >>> segmentBits]!.words
  }

  /** Offset in `bytesAt(address)`; a quarter of it indexes `wordsAt(address)`. */
  offsetOf(address: number): number {
    return address & offsetMask
  }

  sizeOf(address: number): number {
    return this.#segments[address >>> segmentBits]!.words[((address & offsetMask) >>> 2) - 1]!
  }

  #open(size: number): Segment {
    let segment = size === segmentSizeBytes ? this.#spares.pop() : undefined
    if (segment === undefined) {
      const length = (size + 3) & ~3
      const buffer = new ArrayBuffer(length)
      segment = { bytes: new Uint8Array(buffer), words: new Uint32Array(buffer), used: 0, live: 0 }
    }
    const number = this.#free.pop() ?? this.#segments.length
    if (number >= segmentsMax) throw new RangeError('label pool is full: 4 GiB of labels in use')
    this.#segments[number] = segment
    this.#current = number
    return segment
  }

  /** Moves what is alive in a segment that is mostly dead, and gives the segment back. */
  #evacuate(number: number): void {
    const segment = this.#segments[number]!
    if (segment.live * 2 >= segment.used) return
    this.#segments[number] = undefined
    const { bytes, words } = segment
    for (let at = 0; segment.live > 0 && at < segment.used; ) {
      const owner = words[at >>> 2]!
      const size = words[(at >>> 2) + 1]!
      const padded = (size + 3) & ~3
      if (owner !== nobody) {
        const address = this.alloc(owner, size)
        const from = at + headerBytes
        const to = this.#segments[address >>> segmentBits]!
        to.bytes.set(bytes.subarray(from, from + padded), address & offsetMask)
        this.#moved(owner, address)
        segment.live -= headerBytes + padded
      }
      at += headerBytes + padded
    }
    this.#free.push(number)
    if (bytes.length !== segmentSizeBytes || this.#spares.length >= sparesMax) return
    segment.used = 0
    segment.live = 0
    this.#spares.push(segment)
  }
}
