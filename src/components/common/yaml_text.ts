// YAML texts that are the configuration of what a component wraps.

import type { OptionalSecret } from '../../eval/secret.ts'
import type { Value } from '../../eval/value.ts'
import { decodeYaml } from '../../eval/yaml/decode.ts'

const shownMax = 10

/**
 * What keeps a text from being a mapping, in the words that yaml.v3 has for the Go type `into`.
 * Nothing of a secret text is shown. Null is fine.
 */
export function yamlMappingProblem(text: OptionalSecret, into: string): string | undefined {
  try {
    const value = decodeYaml(text.reveal())
    if (value === null || value instanceof Map) return undefined
    return (
      'yaml: unmarshal errors:\n' +
      `  line ${lineOf(text.reveal())}: cannot unmarshal ${shown(value, text)} into ${into}`
    )
  } catch (error) {
    return text.isSecret ? 'yaml: not valid' : (error as Error).message
  }
}

/** Of the first line that says something. */
function lineOf(text: string): number {
  return text.split('\n').findIndex((line) => /^\s*[^\s#]/.test(line) && line !== '---') + 1
}

function shown(value: Value, text: OptionalSecret): string {
  if (Array.isArray(value)) return '!!seq'
  const tag = typeof value === 'string' ? '!!str' : numberTag(value)
  if (text.isSecret) return tag
  const scalar = typeof value === 'string' ? value : text.reveal().trim()
  const cut = scalar.length > shownMax ? `${scalar.slice(0, shownMax - 3)}...` : scalar
  return `${tag} \`${cut}\``
}

function numberTag(value: Value): string {
  if (typeof value === 'boolean') return '!!bool'
  return typeof value === 'number' && !Number.isInteger(value) ? '!!float' : '!!int'
}
