// Cuts endless answers into records: bytes come in pieces cut anywhere, also inside a character or
// a delimiter.

/** Between the records of Go Alloy's streams. */
export const recordDelimiter = '|;|'

/** A record longer than this is left out: 4 MiB. */
const recordLengthMax = 4 << 20

export interface SplitterOptions {
  /** `|;|`, or a line feed. */
  readonly delimiter: string
  /** In UTF-16 units. */
  readonly lengthMax?: number
}

/** Holds at most one unfinished record. */
export class Splitter {
  /** Records that were left out because they were too long. */
  oversized = 0
  readonly #delimiter: string
  readonly #lengthMax: number
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #rest = ''
  /** Where the search goes on: what is before has no delimiter. */
  #searched = 0
  #isSkipping = false

  constructor({ delimiter, lengthMax = recordLengthMax }: SplitterOptions) {
    this.#delimiter = delimiter
    this.#lengthMax = lengthMax
  }

  /** The records that `bytes` finish, without their delimiters. */
  push(bytes: Uint8Array): string[] {
    return this.#take(this.#decoder.decode(bytes, { stream: true }))
  }

  /** What came after the last delimiter; empty for nothing. */
  end(): string[] {
    const records = this.#take(this.#decoder.decode())
    if (this.#rest !== '' && !this.#isSkipping) records.push(this.#rest)
    this.#rest = ''
    this.#searched = 0
    this.#isSkipping = false
    return records
  }

  #take(text: string): string[] {
    this.#rest += text
    const records: string[] = []
    let start = 0
    let end = this.#rest.indexOf(this.#delimiter, this.#searched)
    while (end >= 0) {
      this.#finish(this.#rest.slice(start, end), records)
      start = end + this.#delimiter.length
      end = this.#rest.indexOf(this.#delimiter, start)
    }
    if (start > 0) this.#rest = this.#rest.slice(start)
    this.#shorten()
    return records
  }

  #finish(record: string, records: string[]): void {
    if (this.#isSkipping) this.#isSkipping = false
    else if (record.length > this.#lengthMax) this.oversized++
    else records.push(record)
  }

  /** Of a record that is too long only what may begin its delimiter is kept. */
  #shorten(): void {
    const keep = this.#delimiter.length - 1
    if (!this.#isSkipping && this.#rest.length > this.#lengthMax + keep) {
      this.#isSkipping = true
      this.oversized++
    }
    if (this.#isSkipping) this.#rest = keep === 0 ? '' : this.#rest.slice(-keep)
    this.#searched = Math.max(0, this.#rest.length - keep)
  }
}
