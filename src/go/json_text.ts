// JSON text as Go's encoding/json writes it.

import { formatFloat } from './float.ts'

const special = /[<>&\u2028\u2029]|\\ud[c-f][0-9a-f]{2}/g

/**
 * The text as a JSON string, with HTML characters escaped and bytes that are not UTF-8 replaced,
 * as Go does by default.
 */
export function jsonString(text: string): string {
  return JSON.stringify(text).replaceAll(special, (found, at, whole: string) => {
    // JSON.stringify escapes lone surrogates, but `\\ud800` may also be text: count backslashes.
    if (found.length > 1) return isEscape(whole, at) ? '\\ufffd' : found
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** Plain between 1e-6 and 1e21, else with an exponent. Throws where JSON has no text for it. */
export function jsonNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new Error(`json: unsupported value: ${formatFloat(value, 'g')}`)
  }
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-6 && size < 1e21)) return formatFloat(value, 'f')
  return formatFloat(value, 'e').replace(/e-0(\d)$/, 'e-$1')
}

function isEscape(json: string, at: number): boolean {
  let before = at
  while (json[before - 1] === '\\') before--
  return (at - before) % 2 === 0
}
