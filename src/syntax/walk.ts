// Visits trees, in source order.

import type { Expression, File, Statement } from './tree.ts'

export type Node = File | Statement | Expression

/** Calls `enter` for a node and all below it. A node for which it returns false is not entered. */
export function walk(
  node: Node,
  enter: (node: Statement | Expression) => boolean | undefined,
): void {
  if ('body' in node && !('kind' in node)) {
    for (const statement of node.body) walk(statement, enter)
    return
  }
  if (enter(node) === false) return
  if (node.kind === 'block') for (const statement of node.body) walk(statement, enter)
  else if (node.kind === 'attribute') walk(node.value, enter)
  else for (const child of childrenOf(node)) walk(child, enter)
}

/** The expressions directly below an expression. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'literal':
    case 'identifier':
      return []
    case 'array':
      return node.elements
    case 'object':
      return node.fields.map(({ value }) => value)
    case 'index':
      return [node.value, node.index]
    case 'call':
      return [node.callee, ...node.args]
    case 'binary':
      return [node.left, node.right]
    case 'access':
    case 'unary':
    case 'paren':
      return [node.value]
  }
}
