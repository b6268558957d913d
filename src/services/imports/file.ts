// import.file: modules from a file, or from all *.alloy files of a folder.
// Source of the behaviour: alloy/internal/runtime/internal/importsource/import_file.go.

import { dirname } from 'node:path'
import type { declaration } from '../../components/config/import/file.ts'
import { describe } from '../../engine/describe.ts'
import type { Health } from '../../engine/health.ts'
import type {
  ImportContext,
  ImportedContent,
  ImportSource,
  OpenImport,
} from '../../engine/modules/import_source.ts'
import { type FileReader, readSources } from '../../engine/sources.ts'
import { untilAborted } from '../../engine/until_aborted.ts'
import type { Arguments } from '../../schema/declaration.ts'
import type { WatchPath } from '../../storage/watch_path.ts'

type Args = Arguments<typeof declaration>

/** Events of one change come in groups; upstream waits as long. */
const settleMs = 30

export interface FileImportPorts {
  readonly files: FileReader
  readonly watch: WatchPath
}

export function fileImport(ports: FileImportPorts): OpenImport {
  return (context) => new FileImport(context, ports)
}

class FileImport implements ImportSource {
  readonly #context: ImportContext
  readonly #ports: FileImportPorts
  #args: Args | undefined
  #health: Health
  #running: AbortSignal | undefined
  /** Ends the watch of the arguments before. */
  #watching: AbortController | undefined
  #isReadDue = false
  #reading: Promise<void> = Promise.resolve()

  constructor(context: ImportContext, ports: FileImportPorts) {
    this.#context = context
    this.#ports = ports
    this.#health = this.#healthOf('unknown', '')
  }

  async update(args: unknown): Promise<void> {
    // As the declaration decodes them.
    const next = args as Args
    const content = await this.#read(next.filename)
    this.#args = next
    await this.#publish(content)
    if (this.#running !== undefined) this.#watch(this.#running)
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#running = signal
    this.#watch(signal)
    await untilAborted(signal)
    this.#watching?.abort()
    await this.#reading
  }

  health(): Health {
    return this.#health
  }

  #watch(signal: AbortSignal): void {
    this.#watching?.abort()
    if (this.#args === undefined) return
    const control = new AbortController()
    this.#watching = control
    const { filename, detector, poll_frequency } = this.#args
    const until = AbortSignal.any([signal, control.signal])
    const changed = () => this.#changed(until)
    const watch = detector === 'fsnotify' ? this.#ports.watch(filename, changed) : undefined
    until.addEventListener('abort', () => watch?.close(), { once: true })
    void this.#poll(poll_frequency, until, () => {
      watch?.rearm()
      changed()
    })
    // What changed between the read and the watch.
    changed()
  }

  async #poll(everyMs: number, until: AbortSignal, look: () => void): Promise<void> {
    while (!until.aborted) {
      try {
        await this.#context.clock.sleep(everyMs, until)
      } catch {
        // The watch has ended.
        return
      }
      look()
    }
  }

  /** Reads soon, once for all changes until then. */
  #changed(until: AbortSignal): void {
    if (this.#isReadDue || until.aborted) return
    this.#isReadDue = true
    this.#context.clock.after(settleMs, () => {
      this.#isReadDue = false
      this.#reading = this.#reading.then(() => this.#readAgain(until))
    })
  }

  async #readAgain(until: AbortSignal): Promise<void> {
    if (until.aborted || this.#args === undefined) return
    try {
      const content = await this.#read(this.#args.filename)
      if (!until.aborted) await this.#publish(content)
    } catch (error) {
      if (until.aborted) return
      this.#health = this.#healthOf('unhealthy', describe(error))
      this.#context.logger.log('error', 'failed to read file', { err: describe(error) })
    }
  }

  async #read(filename: string): Promise<ImportedContent> {
    const { files } = this.#ports
    try {
      const sources = await readSources(filename, files)
      const isFolder = (await files.stat(filename)) === 'directory'
      return {
        texts: new Map(sources.map(({ name, bytes }) => [name, bytes])),
        modulePath: isFolder ? filename : dirname(filename),
      }
    } catch (cause) {
      throw new Error('failed to read file', { cause })
    }
  }

  async #publish(content: ImportedContent): Promise<void> {
    this.#health = this.#healthOf('healthy', 'read file')
    await this.#context.publish(content)
  }

  #healthOf(state: Health['state'], message: string): Health {
    return { state, message, updatedMs: this.#context.clock.now() }
  }
}
