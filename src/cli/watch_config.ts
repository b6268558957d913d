// Reloads when the configuration's files change. What they import is watched by the imports.

import { describe } from '../engine/describe.ts'
import { type FileReader, hashSources, readSources } from '../engine/sources.ts'
import type { Clock } from '../model/clock.ts'
import type { Logger } from '../model/logger.ts'
import type { WatchPath } from '../storage/watch_path.ts'

export interface WatchOptions {
  readonly path: string
  readonly clock: Clock
  readonly logger: Logger
  readonly files: FileReader
  readonly watch: WatchPath
  /** Of the texts that the last load had. */
  readonly lastHash: () => string | undefined
  readonly reload: () => Promise<void>
}

/** Whoever writes several files, or one in several steps, is done when nothing came for so long. */
const settleMs = 500
/** Whoever never stops writing is not waited for. */
const settleMaxMs = 5_000
/** For what no event tells: links into other folders, and file systems of other machines. */
const pollMs = 10_000

/** Until the signal aborts. A file that cannot be read is no reason to reload. */
export async function watchConfig(options: WatchOptions, signal: AbortSignal): Promise<void> {
  await new ConfigWatch(options).run(signal)
}

class ConfigWatch {
  readonly #options: WatchOptions
  #firstMs: number | undefined
  #cancel = () => {}
  #looking: Promise<void> = Promise.resolve()
  #unreadable = ''

  constructor(options: WatchOptions) {
    this.#options = options
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, path, watch } = this.#options
    const watching = watch(path, () => this.#changed(signal))
    // What changed between the first load and the watch.
    this.#changed(signal)
    while (!signal.aborted) {
      try {
        await clock.sleep(pollMs, signal)
      } catch {
        break
      }
      watching.rearm()
      this.#look(signal)
    }
    watching.close()
    this.#cancel()
    await this.#looking
  }

  #changed(signal: AbortSignal): void {
    if (signal.aborted) return
    const { clock } = this.#options
    const nowMs = clock.monotonic()
    this.#firstMs ??= nowMs
    this.#cancel()
    const waitMs = Math.min(settleMs, Math.max(this.#firstMs + settleMaxMs - nowMs, 0))
    this.#cancel = clock.after(waitMs, () => {
      this.#firstMs = undefined
      this.#look(signal)
    })
  }

  #look(signal: AbortSignal): void {
    this.#looking = this.#looking.then(async () => {
      if (!signal.aborted && (await this.#isChanged())) {
        this.#options.logger.log('info', 'the configuration has changed, reloading')
        await this.#options.reload()
      }
    })
  }

  async #isChanged(): Promise<boolean> {
    const { files, lastHash, logger, path } = this.#options
    try {
      const hash = hashSources(await readSources(path, files))
      this.#unreadable = ''
      return hash !== lastHash()
    } catch (error) {
      const reason = describe(error)
      const fields = { path, err: reason }
      if (reason !== this.#unreadable) logger.log('warn', 'cannot read the configuration', fields)
      this.#unreadable = reason
      return false
    }
  }
}
