// An import: modules from elsewhere, whose declares its namespace offers. Content that does not fit
// leaves the last one in place.

import { strict as assert } from 'node:assert'
import { join } from 'node:path'
import { same } from '../../eval/same.ts'
import type { Scope } from '../../eval/scope.ts'
import { Secret } from '../../eval/secret.ts'
import type { Logger } from '../../model/logger.ts'
import type { Body } from '../../schema/body.ts'
import type { Concealed } from '../../syntax/concealed.ts'
import { idOf } from '../classify.ts'
import { Stopped } from '../component.ts'
import { decodeBody } from '../decode_body.ts'
import { describe } from '../describe.ts'
import { asFailure } from '../evaluation.ts'
import type { Health } from '../health.ts'
import type { PlannedImport, PlannedNode } from '../planned.ts'
import { Scheduler } from '../scheduler.ts'
import type { ConfigSource } from '../sources.ts'
import { type ParsedContent, parseContent, sameContent, UnfitContent } from './import_content.ts'
import type { ImportedContent, ImportSource, OpenImport } from './import_source.ts'
import {
  checkNesting,
  globalIdOf,
  type ModuleHost,
  NodeHealth,
  type RunningNode,
} from './module.ts'
import { Registry } from './registry.ts'

/** Content in use, with the imports that it has itself. */
interface Held {
  readonly parsed: ParsedContent
  readonly modulePath: string
  readonly nested: ReadonlyMap<string, ImportNode>
}

export class ImportNode implements RunningNode {
  readonly id: string
  readonly globalId: string
  readonly exports = undefined
  readonly #kind: string
  readonly #label: string
  readonly #host: ModuleHost
  readonly #logger: Logger
  readonly #source: ImportSource
  readonly #health: NodeHealth
  readonly #nestedRuns: Scheduler
  #contentHealth: Health
  #applied: Body | undefined
  /** What was published last, and need not be looked at again. */
  #seen: ImportedContent | undefined
  #held: Held | undefined
  #content: Registry | undefined
  #taking: Promise<void> = Promise.resolve()
  #isRunning = false
  #isClosed = false

  constructor(planned: PlannedImport, host: ModuleHost, open: OpenImport) {
    const { clock, internal, program } = host
    this.id = planned.id
    this.#kind = planned.block.name
    this.#label = planned.block.label
    this.globalId = globalIdOf(planned.id, host)
    this.#host = host
    const slash = this.globalId.lastIndexOf('/')
    this.#logger = host.logger.with({
      config_path: `/${this.globalId.slice(0, Math.max(slash, 0))}`,
      config_id: this.id,
    })
    this.#health = new NodeHealth(clock, 'import created')
    this.#contentHealth = this.#health.of('unknown', 'import created')
    const { shutdownDeadlineMs } = host
    this.#nestedRuns = new Scheduler({ clock, logger: this.#logger, shutdownDeadlineMs })
    this.#source = open({
      id: this.globalId,
      label: planned.block.label,
      dataDir: join(host.storagePath, this.globalId),
      clock,
      logger: this.#logger,
      internal,
      program,
      modulePath: planned.registry.modulePath,
      publish: (content) => this.#take(content),
    })
  }

  /** What it was last updated with; nothing before that went well. */
  get arguments(): Body | undefined {
    return this.#applied
  }

  /** What can be instantiated; a new one whenever that changes. */
  get content(): Registry | undefined {
    return this.#content
  }

  /** The texts in use, those of the imports inside included. */
  get sources(): readonly ConfigSource[] {
    if (this.#held === undefined) return []
    const { nested, parsed } = this.#held
    return [...parsed.sources, ...[...nested.values()].flatMap((node) => node.sources)]
  }

  health(): Health {
    const nested = [...(this.#held?.nested.values() ?? [])].map((node) => node.health())
    return this.#health.worst(this.#contentHealth, this.#source.health(), ...nested)
  }

  async evaluate(planned: PlannedNode, scope: Scope): Promise<void> {
    if (this.#isClosed) return
    assert(planned.kind === 'import')
    try {
      checkNesting(this.globalId)
      const schema = planned.declaration.arguments ?? { fields: {} }
      const { args, body } = decodeBody(schema, planned.block, scope)
      this.#host.remember(args)
      if (!same(body, this.#applied)) await this.#source.update(args)
      this.#applied = body
      this.#health.evaluated('healthy', 'source evaluated')
    } catch (error) {
      const failure = asFailure(error)
      this.#health.evaluated('unhealthy', `source evaluation failed: ${failure.message}`)
      throw failure
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#isRunning = true
    this.#health.ran('healthy', 'started import')
    this.#runNested()
    try {
      await this.#source.run(signal)
      this.#health.ran('exited', 'import shut down cleanly')
    } catch (error) {
      this.#health.ran('exited', `import shut down with error: ${describe(error)}`)
      throw error
    } finally {
      this.#isRunning = false
      await this.#nestedRuns.stop()
    }
  }

  async close(why: Stopped): Promise<void> {
    this.#isClosed = true
    this.#source.close?.()
    const nested = [...(this.#held?.nested.values() ?? [])]
    await Promise.all([this.#nestedRuns.stop(why.why), ...nested.map((node) => node.close(why))])
  }

  /** One content after the other. */
  #take(content: ImportedContent): Promise<void> {
    this.#taking = this.#taking.then(async () => {
      if (this.#isClosed || (this.#seen !== undefined && sameContent(content, this.#seen))) return
      this.#seen = content
      try {
        await this.#replace(content)
        this.#contentHealth = this.#health.of('healthy', 'content updated')
      } catch (error) {
        this.#contentHealth = this.#health.of('unhealthy', describe(error))
        const fields = { err: describe(error) }
        if (error instanceof UnfitContent) this.#logger.log('error', error.event, fields)
        else {
          // It may fit the next time, though its text is the same.
          this.#seen = undefined
          this.#logger.log('error', 'failed to evaluate nested import', fields)
        }
      }
    })
    return this.#taking
  }

  async #replace(content: ImportedContent): Promise<void> {
    const { catalog, remember } = this.#host
    const parsed = await parseContent(content, {
      id: this.id,
      kind: this.#kind,
      label: this.#label,
      catalog,
      remember: (concealed) => remember(secretTexts(concealed)),
    })
    const { modulePath } = content
    const nested = await this.#openNested(parsed, modulePath)
    if (this.#isClosed) return closeAll(nested)
    const before = this.#held?.nested ?? new Map()
    this.#held = { parsed, modulePath, nested }
    this.#offer()
    if (this.#isRunning) this.#runNested()
    await closeAll(before)
  }

  /** The imports inside, which see nothing of what is around; all of them or none. */
  async #openNested(
    { imports }: ParsedContent,
    modulePath: string,
  ): Promise<ReadonlyMap<string, ImportNode>> {
    const { catalog, scope } = this.#host
    const variables = new Map([['module_path', modulePath]])
    const nested = new Map<string, ImportNode>()
    try {
      for (const block of imports) {
        const declaration = catalog.block(block.name)
        const open = this.#host.imports.get(block.name)
        if (declaration === undefined || open === undefined) {
          throw new Error(`${block.name} blocks are not available in alloyts yet`)
        }
        const registry = new Registry(modulePath)
        const id = idOf(block)
        const common = { id, block, declaration, registry, references: [] }
        const planned: PlannedImport = { ...common, kind: 'import' }
        const { label } = block
        const isHeld = () => this.#held?.nested.get(label) === nested.get(label)
        const node = new ImportNode(planned, this.#nestedHost(isHeld), open)
        nested.set(label, node)
        await node.evaluate(planned, scope.extend(variables))
      }
      return nested
    } catch (cause) {
      await closeAll(nested)
      throw new Error('nested import block failed to evaluate', { cause })
    }
  }

  /** What is not in use yet changes nothing. */
  #nestedHost(isHeld: () => boolean): ModuleHost {
    const exportsChanged = () => {
      if (isHeld()) this.#offer()
    }
    return { ...this.#host, controllerId: this.globalId, exportsChanged }
  }

  /** Shows what is held, as something new. */
  #offer(): void {
    if (this.#held === undefined || this.#isClosed) return
    const { modulePath, nested, parsed } = this.#held
    const registry = new Registry(modulePath)
    for (const { label, body } of parsed.declares) registry.declare(label, body)
    for (const [label, node] of nested) registry.import(label, () => node.content)
    this.#content = registry
    this.#host.exportsChanged(this.id)
  }

  #runNested(): void {
    const nodes = [...(this.#held?.nested.values() ?? [])]
    void this.#nestedRuns.synchronize(nodes.map((node) => [node]))
  }
}

async function closeAll(nested: ReadonlyMap<string, ImportNode>): Promise<void> {
  const why = new Stopped('removed')
  await Promise.all([...nested.values()].map((node) => node.close(why)))
}

function secretTexts(concealed: readonly Concealed[]): Secret[] {
  const hidden = concealed.filter(({ isPublic }) => !isPublic)
  return hidden.flatMap(({ texts }) => texts.map((text) => new Secret(text)))
}
