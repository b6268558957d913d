// How long a support bundle collects, as the query says.
// Source of the behaviour: alloy/internal/service/http.

import { quote } from '../../go/quote.ts'

/** The default too. Longer than that no client waits. */
const secondsMax = 30

export type BundleDuration =
  | { readonly seconds: number }
  /** In upstream's words, for a 400. */
  | { readonly problem: string }

export function bundleDuration(query: URLSearchParams): BundleDuration {
  const written = query.get('duration')
  if (written === null) return { seconds: secondsMax }
  const isInteger = /^[+-]?\d+$/.test(written)
  const seconds = Number(written)
  if (!isInteger || Math.abs(seconds) >= 2 ** 63) {
    const why = isInteger ? 'value out of range' : 'invalid syntax'
    const reason = `strconv.Atoi: parsing ${quote(written)}: ${why}`
    return { problem: `duration value (in seconds) should be a positive integer: ${reason}` }
  }
  if (seconds < 1) return { problem: 'duration value (in seconds) should be larger than 1' }
  if (seconds > secondsMax) return { problem: "duration value exceeds the server's write timeout" }
  return { seconds }
}
