// Snappy block format.
//
//   block   = varint length of the content · (literal | copy)*
//   literal = length - 1 in 6 bits, or 60/61 and 1/2 bytes · 00    the bytes follow
//   copy    = offset below 2048, length 4 to 11: 2 bytes · 01      offset in 2 bytes, 1 to 64 · 10
//
// Source: the format description of google/snappy.

/** Matches are looked for within fragments, so that offsets fit into 2 bytes. */
const fragmentSizeBytes = 1 << 16
const tableBitsMax = 14
/** Bytes at the end of a fragment that are not searched, so that 4 can be read everywhere. */
const marginBytes = 15
const multiplier = 0x1e35a7bd

/** The most that `size` bytes can become, and what may be overwritten behind that. */
export function compressedSizeMax(size: number): number {
  return 32 + size + Math.floor(size / 6)
}

/** Reuses one table; a compressor works on one block at a time. */
export class SnappyCompressor {
  readonly #table = new Uint16Array(1 << tableBitsMax)

  /**
   * Compresses the first `size` bytes of `source` into `out`, which has room for
   * `compressedSizeMax(size)`. Returns how many bytes were written.
   *
   * Hot: 1 ns a byte.
   */
  compress(source: Uint8Array, size: number, out: Uint8Array): number {
    const view = new DataView(source.buffer, source.byteOffset, size)
    const outView = new DataView(out.buffer, out.byteOffset, out.byteLength)
    let at = 0
    let rest = size
    while (rest > 127) {
      out[at++] = (rest & 127) | 128
      rest >>>= 7
    }
    out[at++] = rest
    for (let from = 0; from < size; from += fragmentSizeBytes) {
      const end = Math.min(from + fragmentSizeBytes, size)
      at = this.#fragment(source, view, from, end, out, outView, at)
    }
    return at
  }

  #fragment(
    source: Uint8Array,
    view: DataView,
    base: number,
    end: number,
    out: Uint8Array,
    outView: DataView,
    start: number,
  ): number {
    const table = this.#table
    const limit = end - marginBytes
    let at = start
    let literalFrom = base
    let bits = 8
    while (1 << bits < end - base && bits < tableBitsMax) bits++
    const shift = 32 - bits
    table.fill(0, 0, 1 << bits)
    let p = base + 1
    while (p <= limit) {
      // The longer nothing matches, the larger the steps: data that does not compress costs little.
      let skip = 32
      let candidate = base
      for (; p <= limit; p += skip++ >>> 5) {
        const hash = Math.imul(view.getInt32(p, true), multiplier) >>> shift
        candidate = base + table[hash]!
        table[hash] = p - base
        if (view.getInt32(p, true) === view.getInt32(candidate, true)) break
      }
      if (p > limit) break
      at = putLiteral(source, view, literalFrom, p, out, outView, at)
      for (;;) {
        let i = p + 4
        let j = candidate + 4
        while (i + 4 <= end && view.getInt32(i, true) === view.getInt32(j, true)) {
          i += 4
          j += 4
        }
        while (i < end && source[i] === source[j]) {
          i++
          j++
        }
        at = putCopy(out, at, p - candidate, i - p)
        p = i
        literalFrom = i
        if (p >= limit) break
        const before = Math.imul(view.getInt32(p - 1, true), multiplier) >>> shift
        table[before] = p - 1 - base
        const word = view.getInt32(p, true)
        const hash = Math.imul(word, multiplier) >>> shift
        candidate = base + table[hash]!
        table[hash] = p - base
        if (word !== view.getInt32(candidate, true)) break
      }
      p++
    }
    return literalFrom < end ? putLiteral(source, view, literalFrom, end, out, outView, at) : at
  }
}

function putLiteral(
  source: Uint8Array,
  view: DataView,
  from: number,
  to: number,
  out: Uint8Array,
  outView: DataView,
  start: number,
): number {
  const length = to - from
  let at = start
  if (length <= 60) out[at++] = (length - 1) << 2
  else if (length <= 256) {
    out[at] = 60 << 2
    out[at + 1] = length - 1
    at += 2
  } else {
    out[at] = 61 << 2
    out[at + 1] = (length - 1) & 255
    out[at + 2] = (length - 1) >>> 8
    at += 3
  }
  if (length > 256) out.set(source.subarray(from, to), at)
  else {
    let i = 0
    for (; i + 4 <= length; i += 4) outView.setInt32(at + i, view.getInt32(from + i, true), true)
    for (; i < length; i++) out[at + i] = source[from + i]!
  }
  return at + length
}

function putCopy(out: Uint8Array, start: number, offset: number, length: number): number {
  let at = start
  let left = length
  // The last copy must have 4 bytes at least to take the short form.
  for (; left >= 68; left -= 64) at = putLongCopy(out, at, offset, 64)
  if (left > 64) {
    at = putLongCopy(out, at, offset, 60)
    left -= 60
  }
  if (left >= 12 || offset >= 2048) return putLongCopy(out, at, offset, left)
  out[at] = 1 | ((left - 4) << 2) | ((offset >>> 8) << 5)
  out[at + 1] = offset & 255
  return at + 2
}

function putLongCopy(out: Uint8Array, at: number, offset: number, length: number): number {
  out[at] = 2 | ((length - 1) << 2)
  out[at + 1] = offset & 255
  out[at + 2] = offset >>> 8
  return at + 3
}

/**
 * The content of a block. Throws when the block is corrupt in any way, or says that its content is
 * larger than `sizeMax`, before anything of that size is allocated.
 */
export function decompressSnappy(block: Uint8Array, sizeMax: number): Uint8Array {
  const head = contentSize(block)
  if (head === undefined) throw corrupt()
  if (head.size > sizeMax) {
    throw new Error(`snappy: content of ${head.size} bytes exceeds the limit of ${sizeMax} bytes`)
  }
  // A copy of 3 bytes makes at most 64: a small block cannot ask for much memory.
  if (head.size > block.length * 64) throw corrupt()
  const out = new Uint8Array(head.size)
  if (!decompressInto(block, head.end, out)) throw corrupt()
  return out
}

function corrupt(): Error {
  return new Error('snappy: corrupt input')
}

/** Whether the block fills `out` exactly. */
function decompressInto(block: Uint8Array, start: number, out: Uint8Array): boolean {
  let p = start
  let at = 0
  while (p < block.length) {
    const tag = block[p++]!
    if ((tag & 3) === 0) {
      let length = (tag >>> 2) + 1
      if (length > 60) {
        const count = length - 60
        if (p + count > block.length) return false
        length = 0
        for (let i = count - 1; i >= 0; i--) length = length * 256 + block[p + i]!
        length++
        p += count
      }
      if (p + length > block.length || at + length > out.length) return false
      if (length > 32) out.set(block.subarray(p, p + length), at)
      else for (let i = 0; i < length; i++) out[at + i] = block[p + i]!
      p += length
      at += length
      continue
    }
    const extra = (tag & 3) === 3 ? 4 : tag & 3
    if (p + extra > block.length) return false
    let offset = 0
    for (let i = extra - 1; i >= 0; i--) offset = offset * 256 + block[p + i]!
    p += extra
    let length = (tag >>> 2) + 1
    if (extra === 1) {
      length = ((tag >>> 2) & 7) + 4
      offset += (tag >>> 5) << 8
    }
    if (offset === 0 || offset > at || at + length > out.length) return false
    if (offset >= length && length > 32) out.copyWithin(at, at - offset, at - offset + length)
    else for (let i = 0; i < length; i++) out[at + i] = out[at - offset + i]!
    at += length
  }
  return at === out.length
}

/** What the head of a block says, and where the head ends; undefined where there is none. */
function contentSize(block: Uint8Array): { size: number; end: number } | undefined {
  let size = 0
  for (let i = 0; i < 5 && i < block.length; i++) {
    const byte = block[i]!
    size += (byte & 127) * 2 ** (7 * i)
    if (byte < 128) return size < 2 ** 32 ? { size, end: i + 1 } : undefined
  }
  return undefined
}
