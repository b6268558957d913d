// The standard library: what identifiers mean that no scope defines.

import { joinPath } from '../go/path.ts'
import { define, defineVariadic, secret, text } from './functions.ts'
import { Scope } from './scope.ts'
import { arrays, coalesce } from './stdlib/arrays.ts'
import { encodings, jsonPath } from './stdlib/encodings.ts'
import { strings } from './stdlib/strings.ts'
import type { FunctionValue, Value } from './value.ts'

/** What the library says of the machine. */
export interface Surroundings {
  /** The value of an environment variable, where it is set. */
  readonly env: (name: string) => string | undefined
  readonly hostname: string
  /** Go's word: `linux`, `darwin`, `windows`. */
  readonly os: string
  /** Go's word: `amd64`, `arm64`. */
  readonly arch: string
  /** `v1.2.3`; `v0.0.0` if unknown. */
  readonly version: string
}

/** Old names, which warn at load, and the functions that they stand for. */
export const deprecatedNames: ReadonlyMap<string, string> = new Map([
  ['env', 'sys.env'],
  ['nonsensitive', 'convert.nonsensitive'],
  ['concat', 'array.concat'],
  ['json_decode', 'encoding.from_json'],
  ['yaml_decode', 'encoding.from_yaml'],
  ['base64_decode', 'encoding.from_base64'],
  ['format', 'string.format'],
  ['join', 'string.join'],
  ['replace', 'string.replace'],
  ['split', 'string.split'],
  ['to_lower', 'string.to_lower'],
  ['to_upper', 'string.to_upper'],
  ['trim', 'string.trim'],
  ['trim_prefix', 'string.trim_prefix'],
  ['trim_suffix', 'string.trim_suffix'],
  ['trim_space', 'string.trim_space'],
])

/** Dotted names that need `--stability.level=experimental`. */
export const experimentalNames: ReadonlySet<string> = new Set([
  'array.combine_maps',
  'array.group_by',
])

/** A scope that others extend. */
export function createStdlib(surroundings: Surroundings): Scope {
  const functions = [
    ...strings,
    ...arrays,
    ...encodings,
    coalesce,
    jsonPath,
    define('convert.nonsensitive', 'string', [secret], (value) => value.reveal()),
    define('sys.env', 'string', [text], (name) => surroundings.env(name) ?? ''),
    defineVariadic('file.path_join', 'string', [], text, (_, parts) =>
      joinPath(parts, surroundings.os === 'windows' ? '\\' : '/'),
    ),
  ]
  const names = new Map<string, Value>()
  for (const each of functions) add(names, each.name, each)
  for (const constant of ['hostname', 'os', 'arch', 'version'] as const) {
    add(names, `constants.${constant}`, surroundings[constant])
  }
  const byName = new Map<string, FunctionValue>(functions.map((each) => [each.name, each]))
  for (const [old, name] of deprecatedNames) names.set(old, byName.get(name)!)
  return Scope.empty.extend(names)
}

/** Puts a value below its namespace, where its name has one. */
function add(names: Map<string, Value>, name: string, value: Value): void {
  const [first = '', second] = name.split('.')
  if (second === undefined) {
    names.set(first, value)
    return
  }
  const space = names.get(first)
  if (space instanceof Map) space.set(second, value)
  else names.set(first, new Map([[second, value]]))
}
