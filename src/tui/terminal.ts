// The terminal: its other screen while the program is there, and what it was before afterwards,
// whichever way the program ends.

import process from 'node:process'

/** The other screen, without a cursor, and without lines that wrap. */
const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l'
const leave = '\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l'

/** A frame comes as a whole, where the terminal knows how. */
const begin = '\x1b[?2026h'
const end = '\x1b[?2026l'

export interface TerminalEvents {
  /** It has another size, or was used by another program. */
  onResize(width: number, height: number): void
  /** The process should end. */
  onEnd(): void
}

export class Terminal {
  readonly #events: TerminalEvents
  #isOpen = false
  readonly #resize = () => this.#events.onResize(this.width, this.height)
  readonly #end = () => this.#events.onEnd()
  readonly #restore = () => this.close()
  readonly #stop = () => {
    this.#leave()
    process.kill(process.pid, 'SIGSTOP')
  }
  readonly #continue = () => {
    this.#enter()
    this.#resize()
  }

  constructor(events: TerminalEvents) {
    this.#events = events
  }

  get width(): number {
    return process.stdout.columns ?? 80
  }

  get height(): number {
    return process.stdout.rows ?? 24
  }

  open(): void {
    process.stdout.on('resize', this.#resize)
    // Whoever read it has gone.
    process.stdout.on('error', this.#end)
    process.on('exit', this.#restore).on('uncaughtExceptionMonitor', this.#restore)
    process.on('SIGINT', this.#end).on('SIGTERM', this.#end)
    if (process.platform !== 'win32') {
      process.on('SIGHUP', this.#end).on('SIGTSTP', this.#stop).on('SIGCONT', this.#continue)
    }
    this.#enter()
  }

  write(text: string): void {
    if (this.#isOpen) process.stdout.write(begin + text + end)
  }

  /**
   * Also called before an error that nobody catches is printed, which then is on the screen that
   * stays. Errors of writing are heard further on: the last words may fail too.
   */
  close(): void {
    this.#leave()
    process.stdout.off('resize', this.#resize)
    process.off('exit', this.#restore).off('uncaughtExceptionMonitor', this.#restore)
    process.off('SIGINT', this.#end).off('SIGTERM', this.#end)
    process.off('SIGHUP', this.#end).off('SIGTSTP', this.#stop).off('SIGCONT', this.#continue)
  }

  #enter(): void {
    this.#isOpen = true
    process.stdout.write(enter)
  }

  #leave(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    process.stdout.write(leave)
  }
}
