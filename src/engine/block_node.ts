// A configuration block in the graph, such as `logging`: it hands its arguments to its service.

import { same } from '../eval/same.ts'
import type { Scope } from '../eval/scope.ts'
import { type Body, emptyBody } from '../schema/body.ts'
import { decodeBody } from './decode_body.ts'
import { type EvaluatedNode, EvaluationFailed } from './evaluation.ts'
import type { PlannedNode } from './planned.ts'
import type { Service } from './service.ts'

const nothing = { fields: {} }

export class BlockNode implements EvaluatedNode {
  readonly id: string
  readonly exports = undefined
  readonly #service: Service
  readonly #remember: (values: unknown) => void
  #applied: Body | undefined

  constructor(id: string, service: Service, remember: (values: unknown) => void = () => {}) {
    this.id = id
    this.#service = service
    this.#remember = remember
  }

  /** What was applied last. */
  get arguments(): Body {
    return this.#applied ?? emptyBody(this.#service.declaration.arguments ?? nothing)
  }

  async evaluate({ block }: PlannedNode, scope: Scope): Promise<void> {
    const schema = this.#service.declaration.arguments ?? nothing
    const { body, args } = decodeBody(schema, block, scope)
    this.#remember(args)
    if (same(body, this.#applied)) return
    try {
      await this.#service.configure(args)
    } catch (error) {
      throw EvaluationFailed.ofArguments(error)
    }
    this.#applied = body
  }
}
