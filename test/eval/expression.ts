import { evaluateSource } from '../../src/eval/batch.ts'
import type { Binding } from '../../src/eval/scope.ts'
import { createStdlib, type Surroundings } from '../../src/eval/stdlib.ts'
import type { Value } from '../../src/eval/value.ts'

export const surroundings: Surroundings = {
  env: (name) => (name === 'HOME' ? '/root' : undefined),
  hostname: 'box',
  os: 'linux',
  arch: 'amd64',
  version: 'v1.2.3',
}

const library = createStdlib(surroundings)

/** Throws a `DiagnosticsError`. */
export function evaluateText(text: string, scope: Record<string, Binding> = {}): Value {
  return evaluateSource(text, library.extend(new Map(Object.entries(scope))))
}
