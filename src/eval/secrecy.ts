// What is made of a secret is a secret: functions that look into values of any kind ask here.

import { OptionalSecret, Secret } from './secret.ts'
import type { Value } from './value.ts'

/** Whether the value, or anything inside, is a secret. */
export function containsSecret(value: Value): boolean {
  if (value instanceof Secret) return true
  if (value instanceof OptionalSecret) return value.isSecret
  if (Array.isArray(value)) return value.some(containsSecret)
  if (!(value instanceof Map)) return false
  for (const element of value.values()) if (containsSecret(element)) return true
  return false
}

/** The text, as a secret where one of the values that it was made of is one. */
export function guardText(text: string, sources: readonly Value[]): string | Secret {
  return sources.some(containsSecret) ? new Secret(text) : text
}
