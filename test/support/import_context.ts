// What a source of imports is given, with what it has published.

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportContext, ImportedContent } from '../../src/engine/modules/import_source.ts'
import { RecordingLogger } from './recording_logger.ts'
import { SimulatedClock } from './simulated_clock.ts'

export class TestImportContext implements ImportContext {
  readonly id = 'import.test.m'
  readonly label = 'm'
  readonly dataDir: string
  readonly clock = new SimulatedClock()
  readonly logger = new RecordingLogger()
  readonly internal = {
    address: 'alloy.internal:12345',
    request: async () => ({ status: 503, headers: {}, body: new Uint8Array() }),
  }
  readonly program = { version: 'v0.0.0', userAgent: 'test', uid: 'uid', hostname: 'host' }
  readonly modulePath = 'here'
  readonly published: ImportedContent[] = []

  constructor(dataDir = join(tmpdir(), 'nowhere')) {
    this.dataDir = dataDir
  }

  readonly publish = async (content: ImportedContent): Promise<void> => {
    this.published.push(content)
  }

  /** What was published last, by name. */
  get texts(): Record<string, string> {
    const entries = [...(this.published.at(-1)?.texts ?? [])]
    return Object.fromEntries(
      entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
    )
  }
}
