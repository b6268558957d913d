// What identifiers mean: a chain of maps, so that extending one costs nothing and changes nothing.

import type { Value } from './value.ts'

/** A value, or what computes it the first time it is asked for. */
export type Binding = Value | (() => Value)

export class Scope {
  static readonly empty: Scope = new Scope(new Map())

  readonly #bindings: ReadonlyMap<string, Binding>
  readonly #parent: Scope | undefined
  readonly #computed = new Map<string, Value>()

  private constructor(bindings: ReadonlyMap<string, Binding>, parent?: Scope) {
    this.#bindings = bindings
    this.#parent = parent
  }

  /** A scope that finds these names first. The map must not be changed afterwards. */
  extend(bindings: ReadonlyMap<string, Binding>): Scope {
    return bindings.size === 0 ? this : new Scope(bindings, this)
  }

  /** Nothing where the name does not exist. Throws what computing the value throws. */
  lookup(name: string): Value | undefined {
    const computed = this.#computed.get(name)
    if (computed !== undefined) return computed
    const binding = this.#bindings.get(name)
    if (binding === undefined) return this.#parent?.lookup(name)
    if (typeof binding !== 'function') return binding
    const value = binding()
    this.#computed.set(name, value)
    return value
  }

  /** Every name that can be looked up, inner ones first. */
  names(): readonly string[] {
    const outer = this.#parent?.names() ?? []
    return [...new Set([...this.#bindings.keys(), ...outer])]
  }
}
