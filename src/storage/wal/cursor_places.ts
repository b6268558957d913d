// Where the readers of a write-ahead log are, in a small file for each:
//
//   cursors/<name>.json = {"version":1,"segment":7,"row":1234}

import { join } from 'node:path'
import type { Files } from '../files.ts'
import type { KeptSegment } from './replay.ts'

/** No place is longer. */
const sizeMaxBytes = 4096

export class CursorPlaces {
  readonly #files: Files
  readonly #folder: string
  readonly #saved = new Map<string, string>()

  constructor(files: Files, folder: string) {
    this.#files = files
    this.#folder = folder
  }

  /**
   * The position that was saved under a name; undefined where there is none. A place that cannot
   * be read, or that is in a segment whose rows can no longer be counted, is taken for the begin of
   * what it may mean: rows are sent twice rather than not at all.
   */
  load(name: string, segments: readonly KeptSegment[], end: number): number | undefined {
    const text = this.#read(name)
    if (text === undefined) return undefined
    const start = segments[0]?.first ?? end
    const place = parse(text)
    if (place === undefined) return start
    const segment = segments.find(({ index }) => index >= place.segment)
    if (segment === undefined) return end
    if (segment.index > place.segment || segment.isDamaged) return segment.first
    return segment.first + Math.min(place.row, segment.rows)
  }

  /**
   * `next` is the segment that is written next. Throws where the disk does not take the place; then
   * the one saved before stays.
   */
  save(name: string, position: number, segments: readonly KeptSegment[], next: number): void {
    const segment = segments.findLast(({ first }) => first <= position)
    const row = segment === undefined ? 0 : Math.min(position - segment.first, segment.rows)
    const text = JSON.stringify({ version: 1, segment: segment?.index ?? next, row })
    if (this.#saved.get(name) === text) return
    this.#files.makeFolder(this.#folder)
    const path = this.#path(name)
    const file = this.#files.create(`${path}.tmp`)
    try {
      file.write(Buffer.from(text))
    } finally {
      file.close()
    }
    this.#files.rename(`${path}.tmp`, path)
    this.#saved.set(name, text)
  }

  #read(name: string): string | undefined {
    const path = this.#path(name)
    if (!this.#files.list(this.#folder).some((file) => join(this.#folder, file) === path)) {
      return undefined
    }
    const file = this.#files.openToRead(path)
    try {
      const bytes = Buffer.alloc(sizeMaxBytes)
      return bytes.toString('utf8', 0, file.read(bytes, 0))
    } finally {
      file.close()
    }
  }

  #path(name: string): string {
    return join(this.#folder, `${encodeURIComponent(name)}.json`)
  }
}

function parse(text: string): { readonly segment: number; readonly row: number } | undefined {
  try {
    const { row, segment, version } = JSON.parse(text)
    const isPlace = version === 1 && Number.isSafeInteger(row) && Number.isSafeInteger(segment)
    return isPlace && row >= 0 && segment >= 0 ? { row, segment } : undefined
  } catch {
    return undefined
  }
}
