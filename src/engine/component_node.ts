// A component in the graph: evaluated when its arguments may have changed, run by the scheduler.

import { strict as assert } from 'node:assert'
import { once } from 'node:events'
import { same } from '../eval/same.ts'
import type { Scope } from '../eval/scope.ts'
import { Struct } from '../eval/value.ts'
import type { Body } from '../schema/body.ts'
import type { Declaration } from '../schema/declaration.ts'
import type { Decoded, Fields } from '../schema/schema.ts'
import { type Component, type Runner, Stopped } from './component.ts'
import { type ComponentHost, type ComponentResources, labelsOf, openContext } from './context.ts'
import { decodeBody } from './decode_body.ts'
import { describe } from './describe.ts'
import { asFailure, type EvaluatedNode } from './evaluation.ts'
import type { Flow } from './flow.ts'
import { flowsOf } from './flows.ts'
import { type Health, worstHealth } from './health.ts'
import type { PlannedNode } from './planned.ts'
import type { Told } from './read_failures.ts'
import type { Runnable } from './scheduler.ts'

/** A component that was built, and what goes with it when it goes. */
interface Instance {
  readonly component: Component
  readonly resources: ComponentResources
  /** What it was last updated with. */
  body: Body
  state: 'built' | 'running' | 'exited'
}

export class ComponentNode implements EvaluatedNode, Runnable {
  readonly id: string
  /** `mod.default/prometheus.scrape.x` inside a module, else the id. */
  readonly globalId: string
  readonly declaration: Declaration
  readonly #host: ComponentHost
  #planned: PlannedNode | undefined
  #instance: Instance | undefined
  #exports: Struct
  #evaluation: Health
  #execution: Health
  /** In place of what the component does not tell; kept, because its time tells since when. */
  #unreadHealth: Health | undefined
  #builds = 0
  /** Called when there is something to run. */
  #onBuilt = () => {}
  /** It has left the graph for good. */
  #isClosed = false

  constructor(id: string, declaration: Declaration, host: ComponentHost) {
    this.id = id
    this.globalId = host.controllerId === '' ? id : `${host.controllerId}/${id}`
    this.declaration = declaration
    this.#host = host
    const exports = Object.entries(declaration.exports)
    this.#exports = new Struct(exports.map(([name, { type }]) => [name, type.zero]))
    this.#evaluation = this.#healthOf('unknown', 'component created')
    this.#execution = this.#evaluation
  }

  get exports(): Struct {
    return this.#exports
  }

  /** What it was last updated with; nothing before it was built. */
  get arguments(): Body | undefined {
    return this.#instance?.body
  }

  get component(): Component | undefined {
    return this.#instance?.component
  }

  get resources(): ComponentResources | undefined {
    return this.#instance?.resources
  }

  /** What it has sent since it was opened, or published as targets. */
  flows(): readonly Flow[] {
    const resources = this.#instance?.resources
    return resources === undefined ? [] : flowsOf(resources.fanouts, resources.targets)
  }

  health(): Health {
    const tell = (component: Component) => {
      const told = component.health?.()
      this.#unreadHealth = undefined
      return told
    }
    const own = this.read('health', tell, (reason) => this.#unread(reason))
    return worstHealth(this.#execution, this.#evaluation, ...(own === undefined ? [] : [own]))
  }

  /** What the component tells of itself, and `otherwise` where it throws instead. */
  read<T>(
    what: Told,
    tell: (component: Component) => T,
    otherwise: (reason: string) => T,
  ): T | undefined {
    const component = this.#instance?.component
    try {
      return component && tell(component)
    } catch (error) {
      this.#host.readFailed(what, labelsOf(this.globalId), error)
      return otherwise(describe(error))
    }
  }

  async evaluate(planned: PlannedNode, scope: Scope): Promise<void> {
    if (this.#isClosed) return
    const isLoad = planned !== this.#planned
    this.#planned = planned
    try {
      const { body, args } = decodeBody(this.declaration.arguments, planned.block, scope)
      this.#host.remember(args)
      // What has exited by itself gets another chance with each load, and none in between.
      if (isLoad && this.#instance?.state === 'exited') this.#discard()
      if (this.#instance === undefined) await this.#build(body, args)
      else if (this.#instance.state !== 'exited') await this.#update(this.#instance, body, args)
      this.#evaluation = this.#healthOf('healthy', 'component evaluated')
    } catch (error) {
      const failure = asFailure(error)
      const message = `component evaluation failed: ${failure.message}`
      this.#evaluation = this.#healthOf('unhealthy', message)
      throw failure
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    // What has exited has given its resources back: it waits to be opened anew.
    if (this.#instance?.state !== 'built') await this.#built(signal)
    const instance = this.#instance
    if (instance?.state !== 'built') return
    instance.state = 'running'
    this.#execution = this.#healthOf('healthy', 'started component')
    try {
      await instance.component.run(signal)
      this.#execution = this.#healthOf('exited', 'component shut down cleanly')
    } catch (error) {
      const message = `component shut down with error: ${describe(error)}`
      this.#execution = this.#healthOf('exited', message)
      throw error
    } finally {
      instance.state = 'exited'
    }
  }

  /** Takes its metrics away, and ends what was built but never ran. The node is not used again. */
  async close(why: Stopped): Promise<void> {
    this.#isClosed = true
    const instance = this.#instance
    this.#discard()
    if (instance?.state === 'built') await instance.component.run(AbortSignal.abort(why))
  }

  async #build(body: Body, args: Decoded<Fields>): Promise<void> {
    this.#builds++
    const build = this.#builds
    const publish = (exports: Readonly<Record<string, unknown>>) => {
      // What was replaced, or has left, may still be at work.
      if (build === this.#builds && !this.#isClosed) this.#publish(exports)
    }
    const { context, resources } = openContext(this.declaration, this.globalId, this.#host, publish)
    try {
      const runner = await loadRunner(this.declaration)
      const component = await runner.open(context, args)
      this.#instance = { component, resources, body, state: 'built' }
    } catch (error) {
      resources.dispose()
      throw error
    }
    if (this.#isClosed) await this.close(new Stopped('removed'))
    else this.#onBuilt()
  }

  async #update(instance: Instance, body: Body, args: Decoded<Fields>): Promise<void> {
    if (same(body, instance.body)) return
    await instance.component.update(args)
    instance.body = body
  }

  #publish(exports: Readonly<Record<string, unknown>>): void {
    const declared = Object.entries(this.declaration.exports)
    const values = new Struct(
      declared.map(([name, { type }]) => [name, type.encode(exports[name])]),
    )
    if (same(values, this.#exports)) return
    this.#host.remember(values)
    this.#exports = values
    this.#host.exportsChanged(this.id)
  }

  /** Resolves when there is something to run, or when nothing should run any more. */
  async #built(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const built = new Promise<void>((resolve) => {
      this.#onBuilt = resolve
    })
    await Promise.race([built, once(signal, 'abort')])
  }

  #discard(): void {
    this.#instance?.resources.dispose()
    this.#instance = undefined
  }

  #unread(reason: string): Health {
    const message = `cannot read its health: ${reason}`
    if (this.#unreadHealth?.message !== message) {
      this.#unreadHealth = this.#healthOf('unhealthy', message)
    }
    return this.#unreadHealth
  }

  #healthOf(state: Health['state'], message: string): Health {
    return { state, message, updatedMs: this.#host.clock.now() }
  }
}

/** Throws where the module cannot be loaded, such as for a missing optional package. */
async function loadRunner(declaration: Declaration): Promise<Runner> {
  assert(declaration.load !== undefined, `${declaration.name} has nothing that runs it`)
  // As `load` is documented.
  const module = (await declaration.load()) as { readonly default: Runner }
  return module.default
}
