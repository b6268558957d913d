// What the loader evaluates: nodes of the graph, each by its block and the exports it refers to.

import type { Scope } from '../eval/scope.ts'
import type { Value } from '../eval/value.ts'
import type { Problem } from '../schema/decode.ts'
import {
  type Diagnostic,
  type Diagnostics,
  describeDiagnostic,
  summarize,
} from '../syntax/diagnostics.ts'
import { describe } from './describe.ts'
import type { Registry } from './modules/registry.ts'
import type { PlannedNode } from './planned.ts'

export interface EvaluatedNode {
  readonly id: string
  /**
   * Applies the block as `planned` has it; what it refers to is in the scope. Does nothing when
   * that gives the same arguments as before. Rejects with an `EvaluationFailed`, and what was
   * applied last still holds.
   *
   * @param variables what the scope adds to the standard library, for those that hand it on.
   */
  evaluate(planned: PlannedNode, scope: Scope, variables: ReadonlyMap<string, Value>): Promise<void>
  /** What others may refer to; undefined where the kind of node has nothing. */
  readonly exports: Value | undefined
  /** Of imports: what can be instantiated. */
  readonly content?: Registry | undefined
}

/** Why a node could not be evaluated. */
export class EvaluationFailed extends Error {
  override readonly name = 'EvaluationFailed'
  /** What is wrong with the block's text; empty where the failure is none of the text. */
  readonly problems: readonly Problem[]

  private constructor(message: string, problems: readonly Problem[], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.problems = problems
  }

  /** The block does not decode. */
  static ofText(problems: readonly Problem[]): EvaluationFailed {
    const [first] = problems
    const more = problems.length - 1
    const rest = more > 0 ? ` (and ${more} more diagnostics)` : ''
    const message = first === undefined ? 'no errors' : withPlace(first)
    return new EvaluationFailed(`decoding configuration: ${message}${rest}`, problems)
  }

  /** The component or service does not take the arguments. */
  static ofArguments(error: unknown): EvaluationFailed {
    return new EvaluationFailed(describe(error), [], error)
  }

  /** Nodes of the module inside could not be planned or evaluated. */
  static ofModule(diagnostics: readonly Diagnostic[]): EvaluationFailed {
    const problems = diagnostics.map((diagnostic) => ({ ...diagnostic, plain: false }))
    return new EvaluationFailed(`updating custom component: ${summarize(diagnostics)}`, problems)
  }

  /**
   * For the report: problems at their places; what the original knows no place of at the block,
   * after `what` failed.
   */
  diagnostics(what: string, block: Diagnostic['span']): Diagnostic[] {
    if (this.problems.length === 0) {
      return [{ severity: 'error', message: `${what}: ${this.message}`, span: block }]
    }
    return this.problems.map(({ plain, ...problem }) => {
      if (!plain) return problem
      const message = `${what}: decoding configuration: ${problem.message}`
      return { ...problem, message, span: block }
    })
  }
}

export function asFailure(error: unknown): EvaluationFailed {
  return error instanceof EvaluationFailed ? error : EvaluationFailed.ofArguments(error)
}

/** What loads say of a node that could not be evaluated. */
export function report(
  planned: PlannedNode,
  failure: EvaluationFailed,
  diagnostics: Diagnostics,
): void {
  const { block } = planned
  const what = failureOf(planned)
  if (what.endsWith('config block')) diagnostics.error(`${what}: ${failure.message}`, block?.span)
  else for (const found of failure.diagnostics(what, block?.span)) diagnostics.add(found)
}

function failureOf(planned: PlannedNode): string {
  switch (planned.kind) {
    case 'component':
    case 'custom':
    case 'foreach':
      return 'Failed to build component'
    case 'block':
      if (planned.declaration.service === true) return 'Failed to evaluate service'
      return 'Failed to evaluate node for config block'
    default:
      return 'Failed to evaluate node for config block'
  }
}

function withPlace(problem: Problem): string {
  return problem.plain ? problem.message : describeDiagnostic(problem)
}
