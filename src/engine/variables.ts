// The names of components in a scope: nested objects, as the dots of their ids have it.

import type { Value } from '../eval/value.ts'

/** Puts `value` at the end of the path; what lies there already is kept beside it. */
export function bind(bindings: Map<string, Value>, path: readonly string[], value: Value): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    const inner = bindings.get(name)
    bindings.set(name, inner instanceof Map && value instanceof Map ? merged(inner, value) : value)
    return
  }
  const inner = bindings.get(name)
  const next = new Map<string, Value>(inner instanceof Map ? inner : [])
  bind(next, rest, value)
  bindings.set(name, next)
}

function merged(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...a, ...b])
}

/** What lies at the end of the path. */
export function lookUp(
  variables: ReadonlyMap<string, Value>,
  path: readonly string[],
): Value | undefined {
  let value: Value | undefined = variables
  for (const name of path) value = value instanceof Map ? value.get(name) : undefined
  return value
}
