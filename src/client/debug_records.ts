// Puts records of a live debugging stream together again that their own text has cut: log lines
// may hold the delimiter.

import { recordDelimiter } from './framing.ts'

/** More parts are not waited for. */
const partsMax = 16

/** How records begin that say where they end. */
const guarded = [
  { begins: /^\[(?:IN|OUT)\]: timestamp: /, ends: /, structured_metadata: \{.*\}\s*$/s },
  { begins: /^sample: ts=/, ends: /, value=\S+\s*$/ },
]

/** Takes what lies between the delimiters, gives whole records. */
export class RecordJoiner {
  #parts: string[] = []

  push(piece: string): string[] {
    if (this.#parts.length === 0) return this.#begin(piece)
    if (guarded.some(({ begins }) => begins.test(piece)))
      return [...this.end(), ...this.#begin(piece)]
    this.#parts.push(piece)
    const whole = this.#parts.join(recordDelimiter)
    if (isOpen(whole) && this.#parts.length < partsMax) return []
    this.#parts = []
    return [whole]
  }

  /** What is still held. */
  end(): string[] {
    const held = this.#parts.length === 0 ? [] : [this.#parts.join(recordDelimiter)]
    this.#parts = []
    return held
  }

  #begin(piece: string): string[] {
    if (!isOpen(piece)) return piece === '' ? [] : [piece]
    this.#parts = [piece]
    return []
  }
}

function isOpen(record: string): boolean {
  return guarded.some(({ begins, ends }) => begins.test(record) && !ends.test(record))
}
