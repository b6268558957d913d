// What the expressions of a block refer to: chains of names such as
// `prometheus.remote_write.default.receiver`, of which a prefix names a node.

import type { Span } from '../syntax/source.ts'
import type { Expression, Statement } from '../syntax/tree.ts'
import { childrenOf } from '../syntax/walk.ts'

/** An identifier and the `.name`s that follow it without a break; an index or a call ends it. */
export interface Traversal {
  readonly names: readonly string[]
  readonly span: Span
}

/** A traversal that begins with a node's id. */
export interface Reference {
  readonly target: string
  /** What follows the id: the export and the way into it. */
  readonly path: readonly string[]
  readonly traversal: Traversal
}

/** In source order. */
export function traversalsOf(body: readonly Statement[]): Traversal[] {
  const found: Traversal[] = []
  const visitBody = (statements: readonly Statement[]) => {
    for (const statement of statements) {
      if (statement.kind === 'block') visitBody(statement.body)
      else visit(statement.value)
    }
  }
  const visit = (expression: Expression): void => {
    const traversal = traversalOf(expression)
    if (traversal === undefined) for (const child of childrenOf(expression)) visit(child)
    else found.push(traversal)
  }
  visitBody(body)
  return found
}

/** The shortest prefix that is a node's id wins. */
export function resolve(
  traversal: Traversal,
  isNode: (id: string) => boolean,
): Reference | undefined {
  const { names } = traversal
  let target = ''
  for (let length = 1; length <= names.length; length++) {
    target = length === 1 ? names[0]! : `${target}.${names[length - 1]!}`
    if (isNode(target)) return { target, path: names.slice(length), traversal }
  }
  return undefined
}

function traversalOf(expression: Expression): Traversal | undefined {
  const names: string[] = []
  let inner = expression
  for (; inner.kind === 'access'; inner = inner.value) names.push(inner.name)
  if (inner.kind !== 'identifier') return undefined
  return { names: [inner.name, ...names.reverse()], span: expression.span }
}
