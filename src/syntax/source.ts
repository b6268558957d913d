// Source texts and places in them. Offsets count UTF-8 bytes, as every position users see does.

/** One configuration file, or one expression given by itself. */
export interface Source {
  /** As diagnostics show it: a path, `<stdin>`, or empty. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Offset of the first byte of each line; the first is 0. */
  readonly lineStarts: readonly number[]
}

/** A range of bytes, end exclusive. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** Line and column start at 1; a column counts bytes. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function createSource(name: string, bytes: Uint8Array): Source {
  const lineStarts = [0]
  for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, i + 1)) lineStarts.push(i + 1)
  return { name, bytes, lineStarts }
}

export function positionOf({ lineStarts }: Source, offset: number): Position {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lineStarts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - lineStarts[low]! + 1 }
}

/** How many bytes of a source a text stands for, escaped invalid bytes counting one each. */
export function byteLength(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) length++
    else if (unit < 0xd800 || unit > 0xdfff) length += 2
    else if (unit < 0xdc00) {
      length += 2
      i++
    }
  }
  return length
}
