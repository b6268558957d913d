// The nodes through which values go into a module and out of it, and those that only hold a text.

import { strict as assert } from 'node:assert'
import { same } from '../../eval/same.ts'
import type { Scope } from '../../eval/scope.ts'
import type { Value } from '../../eval/value.ts'
import { decodeBody } from '../decode_body.ts'
import { type EvaluatedNode, EvaluationFailed } from '../evaluation.ts'
import type { PlannedNode } from '../planned.ts'
import type { Given } from './module.ts'

export class ArgumentNode implements EvaluatedNode {
  readonly id: string
  readonly #label: string
  readonly #given: () => ReadonlyMap<string, Given>
  readonly #changed: () => void
  #exports: ReadonlyMap<string, Value> = new Map()

  /** `given` is what the module has got at the moment. */
  constructor(
    planned: PlannedNode,
    given: () => ReadonlyMap<string, Given>,
    changed: (id: string) => void,
  ) {
    this.id = planned.id
    this.#label = planned.block?.label ?? ''
    this.#given = given
    this.#changed = () => changed(planned.id)
  }

  get exports(): ReadonlyMap<string, Value> {
    return this.#exports
  }

  async evaluate(planned: PlannedNode, scope: Scope): Promise<void> {
    const { optional, default: otherwise } = decode(planned, scope)
    const given = this.#given().get(this.#label)
    if (given === undefined && optional !== true) throw missingArgument(this.#label)
    // `any` decodes to the value that it is given.
    const value = given === undefined ? (otherwise as Value) : given.value
    const exports = new Map([['value', value]])
    if (same(exports, this.#exports)) return
    this.#exports = exports
    this.#changed()
  }
}

export function missingArgument(label: string): EvaluationFailed {
  const message = `missing required argument ${JSON.stringify(label)} to module`
  return EvaluationFailed.ofArguments(new Error(message))
}

export class ExportNode implements EvaluatedNode {
  readonly id: string
  readonly label: string
  readonly exports = undefined
  readonly #changed: () => void
  #value: Value | undefined

  constructor(planned: PlannedNode, changed: () => void) {
    this.id = planned.id
    this.label = planned.block?.label ?? ''
    this.#changed = changed
  }

  /** Nothing before it could be evaluated. */
  get value(): Value | undefined {
    return this.#value
  }

  async evaluate(planned: PlannedNode, scope: Scope): Promise<void> {
    // `any` decodes to the value that it is given.
    const value = decode(planned, scope).value as Value
    if (this.#value !== undefined && same(value, this.#value)) return
    this.#value = value
    this.#changed()
  }
}

/** Its body is that of its instances; but what it is made of has changed when it is evaluated. */
export class DeclareNode implements EvaluatedNode {
  readonly id: string
  readonly exports = undefined
  readonly #changed: (id: string) => void

  constructor({ id }: PlannedNode, changed: (id: string) => void) {
    this.id = id
    this.#changed = changed
  }

  async evaluate(): Promise<void> {
    this.#changed(this.id)
  }
}

function decode(planned: PlannedNode, scope: Scope): Readonly<Record<string, unknown>> {
  assert(planned.kind === 'argument' || planned.kind === 'export')
  return decodeBody(planned.declaration.arguments ?? { fields: {} }, planned.block, scope).args
}
