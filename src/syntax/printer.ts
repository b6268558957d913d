// Turns the texts of a tree and the comments of its source into aligned output.
// Source: syntax/printer of Grafana Alloy, as measured.
//
// Whoever walks the tree states texts, mostly with their place in the source, and the white space
// between them. White space waits in a queue until the next text, because comments that belong
// before that text may replace it.

import { byteLength, positionOf, type Source } from './source.ts'
import { opaqueMark, TabWriter, trimLines } from './tabwriter.ts'
import type { Comment } from './tree.ts'

/** `>` and `<` change the indentation, `''` is an entry that a comment has used up. */
export type Space = ' ' | '\v' | '\n' | '\f' | '>' | '<' | ''

export interface PrinterOptions {
  readonly source: Source
  readonly comments: readonly (readonly Comment[])[]
  /** Whether a line comment always ends its line, whatever the original does. */
  readonly isSafe: boolean
}

interface Place {
  offset: number
  line: number
}

export class Printer {
  readonly #source: Source
  readonly #comments: readonly Comment[]
  readonly #isSafe: boolean
  readonly #writer = new TabWriter()
  #nextComment = 0
  #queue: Space[] = []
  #level = 0
  /** Where in the source the next text is; an estimate after texts without places of their own. */
  #place: Place = { offset: 0, line: 1 }
  /** Where the last text ends. */
  #last: Place = { offset: 0, line: 1 }
  #isEmpty = true
  #isLineStart = true

  constructor({ source, comments, isSafe }: PrinterOptions) {
    this.#source = source
    this.#isSafe = isSafe
    this.#comments = comments.flat()
  }

  space(...entries: Space[]): void {
    this.#queue.push(...entries)
  }

  /** A text, with its offset where it is the place of a token that the tree knows. */
  text(text: string, offset?: number): void {
    if (offset !== undefined) this.#place = this.#placeOf(offset)
    const next = this.#place
    this.#catchUp(next)
    this.#write(text, next)
  }

  /** A text that is aligned by its width alone, whatever white space is in it. */
  opaque(text: string, offset: number): void {
    this.#place = this.#placeOf(offset)
    const next = this.#place
    this.#catchUp(next)
    this.#write(text, next, opaqueMark)
  }

  /** Everything, comments to the end included. */
  finish(): string {
    this.#catchUp(undefined)
    return trimLines(this.#writer.finish())
  }

  #placeOf(offset: number): Place {
    return { offset, line: positionOf(this.#source, offset).line }
  }

  /** Prints what stands before `next`: the comments, or else the white space. */
  #catchUp(next: Place | undefined): void {
    const first = this.#comments[this.#nextComment]
    if (first !== undefined && (next === undefined || first.span.start <= next.offset)) {
      this.#printComments(next)
    } else if (next !== undefined) {
      this.#flush(this.#queue.length)
    }
  }

  #printComments(next: Place | undefined): void {
    let isBlock = false
    for (;;) {
      const comment = this.#comments[this.#nextComment]
      if (comment === undefined || (next !== undefined && comment.span.start > next.offset)) break
      this.#nextComment++
      const place = this.#placeOf(comment.span.start)
      this.#separateComment(place, next)
      this.#write(comment.text, place, opaqueMark)
      isBlock = comment.text.startsWith('/*')
    }
    if (next !== undefined) this.#leaveComments(next, isBlock)
  }

  #separateComment(comment: Place, next: Place | undefined): void {
    if (this.#isEmpty) return
    if (comment.line === this.#last.line) {
      this.#emit(comment.line === next?.line ? ' ' : '\t')
      return
    }
    const used = this.#queue.findIndex((entry) => entry !== '>' && entry !== '<')
    if (used >= 0) {
      this.#queue[used] = ''
      this.#flush(used)
    }
    this.#breakLines('\f', comment.line - this.#last.line)
  }

  #leaveComments(next: Place, isBlock: boolean): void {
    if (isBlock && this.#last.line === next.line) this.#emit(' ')
    const breaker = this.#queue.includes('\f') ? '\f' : '\n'
    this.#queue = this.#queue.filter((entry) => entry === '>' || entry === '<')
    this.#flush(this.#queue.length)
    const hidesNext = this.#isSafe && !isBlock && next.line <= this.#last.line
    this.#breakLines(breaker, hidesNext ? 1 : next.line - this.#last.line)
  }

  /** At most two, so that at most one line stays empty. */
  #breakLines(breaker: '\n' | '\f', count: number): void {
    if (count > 0) this.#emit(breaker.repeat(Math.min(2, count)))
  }

  #flush(count: number): void {
    for (const entry of this.#queue.splice(0, count)) {
      if (entry === '>') this.#level++
      else if (entry === '<') this.#level--
      else if (entry !== '') this.#emit(entry)
    }
  }

  #emit(space: string): void {
    this.#writer.write(space)
    this.#isEmpty = false
    this.#isLineStart = space.endsWith('\n') || space.endsWith('\f')
  }

  #write(text: string, place: Place, mark = ''): void {
    if (this.#isLineStart) this.#writer.write('\t'.repeat(this.#level))
    this.#writer.write(mark + text + mark)
    this.#isEmpty = false
    this.#isLineStart = false
    this.#place = advanced(place, text)
    this.#last = this.#place
  }
}

function advanced({ offset, line }: Place, text: string): Place {
  let lines = 0
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lines++
  return { offset: offset + byteLength(text), line: line + lines }
}
