// `string.*`: what Go's strings package and fmt.Sprintf do.

import { toLower, toUpper, trimSpace } from '../../go/case.ts'
import type { Printable } from '../../go/print_value.ts'
import { sprintf } from '../../go/printf.ts'
import { toArray } from '../coerce.ts'
import { define, defineVariadic, known, list, text } from '../functions.ts'
import { guardText } from '../secrecy.ts'
import { OptionalSecret, Secret } from '../secret.ts'
import { Bytes, Capsule, FunctionValue, Uint64, type Value } from '../value.ts'

export const strings: readonly FunctionValue[] = [
  defineVariadic('string.format', 'any', [text], known, ([format], values) =>
    guardText(sprintf(format, ...values.map(printable)), values),
  ),
  define('string.join', 'string', [list(text), text], (parts, separator) => parts.join(separator)),
  define('string.replace', 'string', [text, text, text], replaceAll),
  define('string.split', 'array', [text, text], (whole, separator) =>
    separator === '' ? [...whole] : whole.split(separator),
  ),
  define('string.to_lower', 'string', [text], toLower),
  define('string.to_upper', 'string', [text], toUpper),
  define('string.trim', 'string', [text, text], trim),
  define('string.trim_prefix', 'string', [text, text], (whole, prefix) =>
    whole.startsWith(prefix) ? whole.slice(prefix.length) : whole,
  ),
  define('string.trim_suffix', 'string', [text, text], (whole, suffix) =>
    suffix !== '' && whole.endsWith(suffix) ? whole.slice(0, -suffix.length) : whole,
  ),
  define('string.trim_space', 'string', [text], trimSpace),
]

/** An empty `old` stands before each rune and at the end. */
function replaceAll(whole: string, old: string, replacement: string): string {
  if (old !== '') return whole.split(old).join(replacement)
  return replacement + [...whole].map((rune) => rune + replacement).join('')
}

function trim(whole: string, cutset: string): string {
  const cut = new Set(cutset)
  const runes = [...whole]
  let start = 0
  let end = runes.length
  while (start < end && cut.has(runes[start]!)) start++
  while (end > start && cut.has(runes[end - 1]!)) end--
  return runes.slice(start, end).join('')
}

/** What a value is to `fmt`. Secrets print in full: the result is a secret then. */
function printable(value: Value): Printable {
  if (value instanceof Secret) return value.reveal()
  if (value instanceof OptionalSecret) {
    const text = `{${value.isSecret} ${value.reveal()}}`
    return { goType: 'alloytypes.OptionalSecret', text }
  }
  if (value instanceof Bytes) return toArray(value).map(printable)
  if (Array.isArray(value)) return value.map(printable)
  if (value instanceof Map) {
    return new Map([...value].map(([key, element]) => [key, printable(element)]))
  }
  if (value instanceof FunctionValue) return { goType: 'func', text: 'function' }
  if (value instanceof Capsule) return { goType: value.type, text: `capsule("${value.type}")` }
  if (value instanceof Uint64 && value.value < 2n ** 63n) return value.value
  // `known` lets nothing unknown through.
  return value as Exclude<Value, object>
}
