// What expressions may refer to before anything runs: what only a running program knows is unknown.

import type { Scope } from '../../eval/scope.ts'
import { createStdlib } from '../../eval/stdlib.ts'
import { FunctionValue, type ObjectValue, Unknown, type Value } from '../../eval/value.ts'
import type { Exported } from '../../schema/declaration.ts'
import type { Type } from '../../schema/type.ts'

const stdlib = createStdlib({ env: () => '', hostname: '', os: '', arch: '', version: '' })

/** The standard library, which tells nothing of the environment and the machine. */
export const staticScope: Scope = stdlib.extend(
  new Map<string, Value>([
    ['env', unknownCall('env')],
    ['sys', new Map([['env', unknownCall('sys', 'env')]])],
    ['constants', new Map([...spaceOf('constants').keys()].map((name) => [name, unknownText()]))],
    ['module_path', unknownText()],
  ]),
)

function spaceOf(name: string): ObjectValue {
  const space = stdlib.lookup(name)
  return space instanceof Map ? space : new Map()
}

function unknownText(): Unknown {
  return new Unknown('string')
}

/** A function of the library that takes what it always takes, and returns a text nobody knows. */
function unknownCall(first: string, second?: string): FunctionValue {
  const original = second === undefined ? stdlib.lookup(first) : spaceOf(first).get(second)
  return new FunctionValue([first, second].filter(Boolean).join('.'), (args) => {
    if (original instanceof FunctionValue) original.call(args)
    return unknownText()
  })
}

/** What a component will export: which names, and of which types. */
export function unknownExports(exports: Exported): Unknown {
  const fields = new Map(
    Object.entries(exports).map(([name, { type }]) => [name, unknownOf(type)] as const),
  )
  return new Unknown('object', { field: (name) => fields.get(name) })
}

export function unknownOf({ name, word, capsule }: Type<unknown>): Unknown {
  if (name === 'any') return new Unknown('any')
  return new Unknown(word, capsule === undefined ? {} : { capsuleType: capsule })
}

/**
 * Puts `value` at the end of a path such as `prometheus.echo.default`. Where two ids share a
 * beginning that is one of them, nothing is said of it any more.
 */
export function bindPath(
  bindings: Map<string, Value>,
  path: readonly string[],
  value: Value,
): void {
  const [name = '', ...rest] = path
  const there = bindings.get(name)
  if (rest.length === 0) {
    bindings.set(name, there === undefined ? value : new Unknown('any'))
  } else if (there === undefined || there instanceof Map) {
    const inner = new Map<string, Value>(there ?? [])
    bindPath(inner, rest, value)
    bindings.set(name, inner)
  } else bindings.set(name, new Unknown('any'))
}
