// What the log receivers check of where they listen and how texts are encoded.

import { isCharset } from '../../../go/charset.ts'
import { splitHostPort } from '../../../go/host_port.ts'

/** What the collector takes besides the names of the IANA registry. */
const furtherEncodings: ReadonlySet<string> = new Set([
  '',
  'nop',
  'utf8',
  'utf-8-raw',
  'utf16',
  'ascii',
  'us-ascii',
])

/** `field` is how the original names it. */
export function encodingProblem(field: string, encoding: string): string | undefined {
  if (furtherEncodings.has(encoding.toLowerCase()) || isCharset(encoding)) return undefined
  return `invalid ${field}: unsupported encoding '${encoding}'`
}

/** `field` is how the original names it. */
export function listenAddressProblem(field: string, address: string): string | undefined {
  if (address === '') return `${field} cannot be empty`
  try {
    splitHostPort(address)
    return undefined
  } catch (error) {
    return `invalid ${field}: ${(error as Error).message}`
  }
}
