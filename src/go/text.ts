// Go strings are bytes. Here they are JavaScript strings whose bytes that are not valid UTF-8 stand
// as lone low surrogates U+DC80 to U+DCFF (a byte b as U+DC00 + b), which valid UTF-8 can never
// contain: ordinary text costs nothing, and every byte string survives a round trip.

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of `bytes`, with invalid bytes escaped. */
export function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeEscaping(bytes)
  }
}

/** The bytes of a text, the inverse of `textOf`. */
export function bytesOf(text: string): Uint8Array {
  return isEscaped(text) ? encodeEscaped(text) : encoder.encode(text)
}

/** Whether the text holds bytes that are not valid UTF-8. */
export function isEscaped(text: string): boolean {
  return !text.isWellFormed()
}

/** Orders texts as their bytes: negative where `a` comes first, 0 where they are equal. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    // UTF-16 units below the surrogates sort like their bytes.
    return x < 0xd800 && y < 0xd800 ? x - y : compareBytes(bytesOf(a), bytesOf(b))
  }
  return a.length - b.length
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

function decodeEscaping(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i)
    if (length === 0) text += String.fromCharCode(0xdc00 + bytes[i]!)
    else text += strict.decode(bytes.subarray(i, i + length))
    i += length || 1
  }
  return text
}

/** How many bytes the valid sequence at `i` has; 0 where there is none. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i]!
  const length =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (length < 2) return length
  if (i + length > bytes.length) return 0
  const second = bytes[i + 1]!
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let k = 2; k < length; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return 0
  return length
}

function encodeEscaped(text: string): Uint8Array {
  const parts: Uint8Array[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const escaped = unit >= 0xdc80 && unit <= 0xdcff && !followsHighSurrogate(text, i)
    if (!escaped) continue
    if (i > from) parts.push(encoder.encode(text.slice(from, i)))
    parts.push(Uint8Array.of(unit - 0xdc00))
    from = i + 1
  }
  if (from < text.length) parts.push(encoder.encode(text.slice(from)))
  return concat(parts)
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function followsHighSurrogate(text: string, i: number): boolean {
  const before = i > 0 ? text.charCodeAt(i - 1) : 0
  return before >= 0xd800 && before <= 0xdbff
}
