// A module: a graph of its own inside a node of another one, such as an instance of a `declare`.

import type { Scope } from '../../eval/scope.ts'
import type { Value } from '../../eval/value.ts'
import type { Clock } from '../../model/clock.ts'
import type { Diagnostic } from '../../syntax/diagnostics.ts'
import type { Span } from '../../syntax/source.ts'
import type { Statement } from '../../syntax/tree.ts'
import type { Catalog } from '../catalog.ts'
import type { Stopped } from '../component.ts'
import type { ComponentHost } from '../context.ts'
import type { EvaluatedNode } from '../evaluation.ts'
import { type Health, worstHealth } from '../health.ts'
import type { MetricStore } from '../metrics.ts'
import type { Runnable } from '../scheduler.ts'
import type { OpenImport } from './import_source.ts'
import type { Registry } from './registry.ts'

/** A node that works on its own, besides being evaluated. */
export interface RunningNode extends EvaluatedNode, Runnable {
  /** `mod.default/prometheus.scrape.x` inside a module, else the id. */
  readonly globalId: string
  health(): Health
  /** Ends what was never run, and takes its metrics away. The node is not used again. */
  close(why: Stopped): Promise<void>
}

export interface Given {
  readonly value: Value
  readonly span?: Span | undefined
}

export interface ModuleInput {
  readonly body: readonly Statement[]
  readonly modulePath: string
  readonly parent?: Registry | undefined
  readonly variables?: ReadonlyMap<string, Value>
  readonly arguments?: ReadonlyMap<string, Given>
}

export interface ModuleResult {
  /** False when the graph could not be built: then the old one is still in place. */
  readonly active: boolean
  readonly diagnostics: readonly Diagnostic[]
}

export interface Module {
  /** Loads are done one after the other by whoever owns the module. */
  load(input: ModuleInput): Promise<ModuleResult>
  /** New values for the arguments that the module was loaded with. */
  update(given: ReadonlyMap<string, Given>): Promise<ModuleResult>
  /** Runs what is loaded until the signal aborts, and stops it in order. */
  run(signal: AbortSignal): Promise<void>
  close(why: Stopped): Promise<void>
}

export interface ModuleOptions {
  /** Global id: that of the node, or of the node and the item. */
  readonly id: string
  readonly metrics: MetricStore
  /** Gets what the module exports when that may have changed. */
  readonly exported: (values: ReadonlyMap<string, Value>) => void
}

/** What nodes that hold modules get, besides what components get. */
export interface ModuleHost extends ComponentHost {
  readonly catalog: Catalog
  /** The standard library. */
  readonly scope: Scope
  readonly shutdownDeadlineMs: number
  /** What reads imports, by the name of the block. */
  readonly imports: ReadonlyMap<string, OpenImport>
  openModule(options: ModuleOptions): Module
  /** A store whose metrics nobody sees. */
  hiddenMetrics(): MetricStore
}

export function globalIdOf(id: string, { controllerId }: ComponentHost): string {
  return controllerId === '' ? id : `${controllerId}/${id}`
}

/** Modules in modules; what imports or instantiates itself has no end. */
export const nestingMax = 20

/** Throws where modules are nested too deep. */
export function checkNesting(globalId: string): void {
  if (globalId.split('/').length <= nestingMax) return
  throw new Error(`modules are nested more than ${nestingMax} deep`)
}

/** The health of a node from its evaluations and its run. */
export class NodeHealth {
  readonly #clock: Clock
  #evaluation: Health
  #execution: Health

  constructor(clock: Clock, created: string) {
    this.#clock = clock
    this.#evaluation = this.of('unknown', created)
    this.#execution = this.#evaluation
  }

  worst(...others: readonly Health[]): Health {
    return worstHealth(this.#execution, this.#evaluation, ...others)
  }

  evaluated(state: Health['state'], message: string): void {
    this.#evaluation = this.of(state, message)
  }

  ran(state: Health['state'], message: string): void {
    this.#execution = this.of(state, message)
  }

  of(state: Health['state'], message: string): Health {
    return { state, message, updatedMs: this.#clock.now() }
  }
}
