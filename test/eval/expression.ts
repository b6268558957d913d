import { evaluate } from '../../src/eval/evaluate.ts'
import type { Binding } from '../../src/eval/scope.ts'
import { createStdlib, type Surroundings } from '../../src/eval/stdlib.ts'
import type { Value } from '../../src/eval/value.ts'
import { bytesOf } from '../../src/go/text.ts'
import { Diagnostics, DiagnosticsError } from '../../src/syntax/diagnostics.ts'
import { parseExpression } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import type { Expression } from '../../src/syntax/tree.ts'

export const surroundings: Surroundings = {
  env: (name) => (name === 'HOME' ? '/root' : undefined),
  hostname: 'box',
  os: 'linux',
  arch: 'amd64',
  version: 'v1.2.3',
}

/** Throws a `DiagnosticsError`. */
export function parse(text: string): Expression {
  const diagnostics = new Diagnostics()
  const expression = parseExpression(createSource('', bytesOf(text)), diagnostics)
  if (diagnostics.errors > 0) throw new DiagnosticsError(diagnostics.list)
  return expression
}

export function evaluateText(text: string, scope: Record<string, Binding> = {}): Value {
  const names = createStdlib(surroundings).extend(new Map(Object.entries(scope)))
  return evaluate(parse(text), names)
}
