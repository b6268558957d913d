// `run --tui`: the terminal UI as a process of its own beside the engine, which it asks over
// loopback like any other. In one process its frames would hold up scrapes.

import process from 'node:process'

/** Exit code where a terminal is needed and there is none. */
export const noTerminal = 74

/** Lines of the log that are kept while the terminal shows something else. */
const heldLinesMax = 200

export interface RunTuiOptions {
  /** The file that starts this program. */
  readonly program: string
  /** Below which the API is. */
  readonly uiPathPrefix: string
  stderr(text: string): void
}

export class RunTui {
  readonly #options: RunTuiOptions
  #isShown = false
  #held: string[] = []
  #dropped = 0

  constructor(options: RunTuiOptions) {
    this.#options = options
  }

  /** The log, on the terminal or, while that is taken, held until it is free. */
  stderr(text: string): void {
    if (!this.#isShown) {
      this.#options.stderr(text)
      return
    }
    this.#held.push(text)
    if (this.#held.length <= heldLinesMax) return
    this.#held.shift()
    this.#dropped++
  }

  /** Resolves when the user quits, or the signal has ended it. */
  async run(address: string, signal: AbortSignal): Promise<void> {
    this.#isShown = true
    const failure = await this.#show(`http://${loopback(address)}`, signal)
    this.#isShown = false
    this.#release()
    if (failure !== undefined) this.#options.stderr(`the terminal UI has ended: ${failure}\n`)
  }

  /** Why it ended, unless it was asked to. */
  async #show(url: string, signal: AbortSignal): Promise<string | undefined> {
    const { program, uiPathPrefix } = this.#options
    const { execa } = await import('execa')
    const result = await execa(
      process.execPath,
      [program, 'tui', url, `--prefix=${uiPathPrefix}`],
      {
        stdio: 'inherit',
        cancelSignal: signal,
        forceKillAfterDelay: 2000,
        reject: false,
      },
    )
    return result.failed && !result.isCanceled ? result.shortMessage : undefined
  }

  #release(): void {
    const held = this.#held
    this.#held = []
    if (this.#dropped > 0)
      this.#options.stderr(`${this.#dropped} lines before these are not shown\n`)
    this.#dropped = 0
    for (const text of held) this.#options.stderr(text)
  }
}

/** Where one asks what listens everywhere. */
export function loopback(address: string): string {
  return address.replace(/^(?:0\.0\.0\.0)?:(?=\d+$)/, '127.0.0.1:').replace(/^\[::\]:/, '[::1]:')
}
