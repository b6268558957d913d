// An engine under a simulated clock, with test components, fed with texts.

import { declaration as argument } from '../../src/components/config/argument.ts'
import { declaration as declareBlocks } from '../../src/components/config/declare.ts'
import { declaration as exportBlocks } from '../../src/components/config/export.ts'
import { declaration as foreach } from '../../src/components/config/foreach.ts'
import { declaration as importFile } from '../../src/components/config/import/file.ts'
import { declaration as importString } from '../../src/components/config/import/string.ts'
import { Engine, LoadError } from '../../src/engine/engine.ts'
import type { EngineOptions } from '../../src/engine/runtime.ts'
import { Scope } from '../../src/eval/scope.ts'
import { FunctionValue } from '../../src/eval/value.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { type BlockDeclaration, declareBlock } from '../../src/schema/declaration.ts'
import { string } from '../../src/schema/scalars.ts'
import { optional, schema } from '../../src/schema/schema.ts'
import { fileImport } from '../../src/services/imports/file.ts'
import { openStringImport } from '../../src/services/imports/string.ts'
import { renderReport } from '../../src/syntax/report.ts'
import { MemoryFiles } from './memory_files.ts'
import { RecordingLogger } from './recording_logger.ts'
import { SimulatedClock, settle } from './simulated_clock.ts'
import { Journal, testComponents } from './test_components.ts'

const logging = declareBlock({
  name: 'logging',
  stability: 'generally-available',
  summary: 'For tests.',
  label: 'none',
  where: 'root',
  arguments: schema({ level: optional(string, 'info', 'Level.') }),
})

const services = declareBlock({
  name: 'http',
  stability: 'generally-available',
  summary: 'For tests.',
  label: 'none',
  where: 'root',
  service: true,
  arguments: schema({}),
})

const blocks = new Map(
  [logging, services, argument, exportBlocks, declareBlocks, foreach, importFile, importString].map(
    (each) => [each.name, each as BlockDeclaration],
  ),
)

export class TestEngine {
  readonly journal = new Journal()
  readonly clock = new SimulatedClock()
  readonly logger = new RecordingLogger()
  readonly files = new MemoryFiles()
  readonly levels: string[] = []
  readonly engine: Engine
  readonly stop = new AbortController()
  done: Promise<void> | undefined

  constructor(options: Partial<EngineOptions> = {}) {
    const components = testComponents(this.journal)
    this.engine = new Engine({
      catalog: {
        component: async (name) => components.get(name),
        block: (name) => blocks.get(name),
      },
      features: { stability: 'public-preview', community: false },
      scope: Scope.empty.extend(new Map([['concat', new FunctionValue('concat', () => '')]])),
      services: [
        {
          declaration: logging,
          configure: (args) => {
            this.levels.push((args as { level: string }).level)
          },
        },
      ],
      imports: new Map([
        ['import.file', fileImport({ files: this.files, watch: this.files.watch })],
        ['import.string', openStringImport],
      ]),
      clock: this.clock,
      logger: this.logger,
      files: this.files,
      pool: new LabelPool(),
      internal: {
        address: 'alloy.internal:12345',
        request: async () => ({ status: 503, headers: {}, body: new Uint8Array() }),
      },
      program: { version: 'v0.0.0', userAgent: 'test', uid: 'uid', hostname: 'host' },
      limits: { scrapeBodySizeBytes: 1, remoteWriteMemoryBytes: 1 },
      storagePath: 'data',
      shutdownDeadlineMs: 600_000,
      ...options,
    })
  }

  /** Loads a text; returns what is wrong with it, as `line:column: message`. */
  async load(text: string): Promise<string[]> {
    try {
      await this.engine.loadSources([{ name: '', bytes: Buffer.from(text) }])
      return []
    } catch (error) {
      if (!(error instanceof LoadError)) throw error
      const report = renderReport(error.list)
      return report.split('\n').filter((line) => /^(Error|Warning): /.test(line))
    } finally {
      await settle()
    }
  }

  async run(): Promise<void> {
    this.done = this.engine.run(this.stop.signal)
    await settle()
  }

  async end(): Promise<void> {
    this.stop.abort()
    await this.done
  }

  /** The live test component of that id. */
  probe<T>(id: string): T {
    return this.journal.live.get(id) as T
  }

  healthOf(id: string): string {
    const { state, message } = this.engine.component(id)!.health()
    return `${state}: ${message}`
  }
}
