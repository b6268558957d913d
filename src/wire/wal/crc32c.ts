// CRC-32C (Castagnoli), as fragments of a write-ahead log carry it.

const polynomial = 0x82f63b78
/** Eight tables of 256 words: what a byte does to the sum with 0 to 7 bytes behind it. */
const tables = new Uint32Array(8 * 256)

for (let byte = 0; byte < 256; byte++) {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ ((sum & 1) * polynomial)
  tables[byte] = sum
}
for (let i = 256; i < tables.length; i++) {
  const sum = tables[i - 256]!
  tables[i] = (sum >>> 8) ^ tables[sum & 255]!
}

/**
 * The sum over `bytes` from `from` up to `to`, without sign.
 *
 * Hot: 1 ns a byte, eight bytes at a time.
 */
export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length): number {
  const t = tables
  let sum = -1
  let at = from
  for (const end = to - 7; at < end; at += 8) {
    const low =
      sum ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24))
    sum =
      t[1792 + (low & 255)]! ^
      t[1536 + ((low >>> 8) & 255)]! ^
      t[1280 + ((low >>> 16) & 255)]! ^
      t[1024 + (low >>> 24)]! ^
      t[768 + bytes[at + 4]!]! ^
      t[512 + bytes[at + 5]!]! ^
      t[256 + bytes[at + 6]!]! ^
      t[bytes[at + 7]!]!
  }
  for (; at < to; at++) sum = (sum >>> 8) ^ t[(sum ^ bytes[at]!) & 255]!
  return ~sum >>> 0
}
