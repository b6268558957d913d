// Aligns the cells of consecutive lines as Go's text/tabwriter does with minimum width 0, tabs of
// width 8, padding 1, blanks for padding, and the flags DiscardEmptyColumns and TabIndent.
//
// Tabs end cells: `\t` always, `\v` so that a column of empty cells takes no room. `\n` and `\f`
// end lines; `\f`, and a line of one cell, end the run of lines that are aligned with one another.
// The last cell of a line belongs to no column.

/** Starts and ends text that is passed on as it is. Texts cannot hold a lone high surrogate. */
export const opaqueMark = '\ud800'

/** The mark, but not where it is half of a character such as U+10000. */
const loneMark = /\ud800/u

const tabWidth = 8
const padding = 1

interface Cell {
  readonly text: string
  /** In characters, marks left out. */
  readonly width: number
  /** Ended by `\t`, so that its column stays even where it is empty. */
  readonly isFirm: boolean
}

export class TabWriter {
  #output = ''
  #lines: Cell[][] = [[]]
  #text = ''
  #width = 0
  #isOpaque = false

  write(text: string): void {
    for (const character of text) {
      if (character === opaqueMark) {
        this.#isOpaque = !this.#isOpaque
        this.#text += character
      } else if (this.#isOpaque || character > '\f' || character < '\t') {
        this.#text += character
        this.#width++
      } else if (character === '\t' || character === '\v') {
        this.#endCell(character === '\t')
      } else {
        this.#endLine(character === '\f')
      }
    }
  }

  /** Everything written so far, aligned; line ends are `\n` and marks are still in it. */
  finish(): string {
    this.#endCell(false)
    this.#flush()
    return this.#output
  }

  #endCell(isFirm: boolean): void {
    this.#lines.at(-1)!.push({ text: this.#text, width: this.#width, isFirm })
    this.#text = ''
    this.#width = 0
  }

  #endLine(endsRun: boolean): void {
    this.#endCell(false)
    const isSingleCell = this.#lines.at(-1)!.length === 1
    this.#lines.push([])
    if (endsRun || isSingleCell) this.#flush()
  }

  #flush(): void {
    this.#format(0, this.#lines.length, [])
    this.#lines = [[]]
  }

  /** Prints lines `from` to `to`; `widths` are those of the columns to the left. */
  #format(from: number, to: number, widths: number[]): void {
    const column = widths.length
    let printed = from
    for (let line = from; line < to; line++) {
      if (!this.#hasColumn(line, column)) continue
      this.#print(printed, line, widths)
      let end = line
      let width = 0
      let isEmpty = true
      for (; end < to && this.#hasColumn(end, column); end++) {
        const cell = this.#lines[end]![column]!
        width = Math.max(width, cell.width + padding)
        if (cell.width > 0 || cell.isFirm) isEmpty = false
      }
      this.#format(line, end, [...widths, isEmpty ? 0 : width])
      printed = end
      line = end
    }
    this.#print(printed, to, widths)
  }

  #hasColumn(line: number, column: number): boolean {
    return column < this.#lines[line]!.length - 1
  }

  #print(from: number, to: number, widths: readonly number[]): void {
    for (let i = from; i < to; i++) {
      let isIndent = true
      for (const [column, cell] of this.#lines[i]!.entries()) {
        if (cell.text !== '') isIndent = false
        this.#output += cell.text + pad(cell.width, widths[column] ?? 0, isIndent)
      }
      if (i + 1 < this.#lines.length) this.#output += '\n'
    }
  }
}

/** What fills a cell up to its column's width: tabs before the first text of a line. */
function pad(width: number, columnWidth: number, isIndent: boolean): string {
  if (columnWidth === 0) return ''
  return isIndent
    ? '\t'.repeat(Math.ceil(columnWidth / tabWidth))
    : ' '.repeat(Math.max(0, columnWidth - width))
}

/** Drops blanks at the ends of lines and all marks. */
export function trimLines(text: string): string {
  return text
    .split(loneMark)
    .map((part, i, parts) => {
      if (i % 2 === 1) return part
      const trimmed = part.replace(/[ \t]+(?=\n)/g, '')
      return i === parts.length - 1 ? trimmed.replace(/[ \t]+$/, '') : trimmed
    })
    .join('')
}
