// import.git: modules from a file or a folder of a Git repository.
// Source of the behaviour: alloy/internal/runtime/internal/importsource/import_git.go.

import { join } from 'node:path'
import type { declaration } from '../../components/config/import/git.ts'
import { describe } from '../../engine/describe.ts'
import type { Health } from '../../engine/health.ts'
import type { ImportContext, ImportSource, OpenImport } from '../../engine/modules/import_source.ts'
import { type FileReader, readSources } from '../../engine/sources.ts'
import { untilAborted } from '../../engine/until_aborted.ts'
import type { Arguments } from '../../schema/declaration.ts'
import { withLogin } from './git_login.ts'
import { checkOut, FetchFailed } from './git_repository.ts'

type Args = Arguments<typeof declaration>

export function gitImport(files: FileReader): OpenImport {
  return (context) => new GitImport(context, files)
}

class GitImport implements ImportSource {
  readonly #context: ImportContext
  readonly #files: FileReader
  readonly #directory: string
  readonly #closed = new AbortController()
  #args: Args | undefined
  #health: Health
  #running: AbortSignal | undefined
  /** Ends the pulls of the arguments before. */
  #pulling: AbortController | undefined
  /** One command after the other: they share a clone. */
  #working: Promise<void> = Promise.resolve()

  constructor(context: ImportContext, files: FileReader) {
    this.#context = context
    this.#files = files
    this.#directory = join(context.dataDir, 'repo')
    this.#health = this.#healthOf('unknown', '')
  }

  async update(args: unknown): Promise<void> {
    // As the declaration decodes them.
    const next = args as Args
    this.#pulling?.abort()
    try {
      await this.#inTurn(() => this.#pull(next, this.#closed.signal))
      this.#args = next
    } finally {
      if (this.#running !== undefined) this.#start(this.#running)
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#running = signal
    this.#start(signal)
    await untilAborted(signal)
    await this.#working
  }

  health(): Health {
    return this.#health
  }

  close(): void {
    this.#closed.abort()
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#working.then(task)
    this.#working = done.catch(() => {})
    return done
  }

  #start(signal: AbortSignal): void {
    const args = this.#args
    if (args === undefined || args.pull_frequency === 0) return
    this.#pulling = new AbortController()
    const until = AbortSignal.any([signal, this.#pulling.signal, this.#closed.signal])
    void this.#pullUntil(args, until)
  }

  async #pullUntil(args: Args, until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      try {
        await this.#context.clock.sleep(args.pull_frequency, until)
      } catch {
        return
      }
      try {
        await this.#inTurn(() => this.#pull(args, until))
      } catch (error) {
        if (until.aborted) return
        this.#failed(error)
      }
    }
  }

  /** Where the remote cannot be reached, what was there before is good enough to start with. */
  async #pull(args: Args, signal: AbortSignal): Promise<void> {
    const { clock } = this.#context
    let failure: FetchFailed | undefined
    try {
      await withLogin(args, (environment) => {
        return checkOut(this.#directory, args, { clock, signal, environment })
      })
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error
      failure = error
    }
    await this.#publish(args.path)
    if (failure === undefined) this.#health = this.#healthOf('healthy', 'module updated')
    else this.#failed(failure)
  }

  async #publish(path: string): Promise<void> {
    const sources = await readSources(join(this.#directory, path), this.#files)
    const texts = sources.map(({ name, bytes }): [string, Uint8Array] => {
      return [name.slice(this.#directory.length + 1), bytes]
    })
    await this.#context.publish({ texts: new Map(texts), modulePath: this.#directory })
  }

  #failed(error: unknown): void {
    this.#health = this.#healthOf('unhealthy', describe(error))
    this.#context.logger.log('error', 'failed to update git repository', { err: describe(error) })
  }

  #healthOf(state: Health['state'], message: string): Health {
    return { state, message, updatedMs: this.#context.clock.now() }
  }
}
