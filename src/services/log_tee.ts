// Lets others read along what the program logs.

/** Of one capture, in characters; later lines are left out and counted. */
const lengthMax = 8 * 1024 * 1024

export interface LogCapture {
  /** The lines since it began. */
  text(): string
  end(): void
}

export class LogTee {
  readonly #captures = new Set<(line: string) => void>()

  /** Takes whole lines without secrets. */
  write(line: string): void {
    for (const take of this.#captures) take(line)
  }

  begin(): LogCapture {
    let text = ''
    let leftOut = 0
    const take = (line: string) => {
      if (text.length + line.length <= lengthMax) text += line
      else leftOut++
    }
    this.#captures.add(take)
    return {
      text: () => (leftOut === 0 ? text : `${text}# ${leftOut} more lines are left out\n`),
      end: () => void this.#captures.delete(take),
    }
  }
}
