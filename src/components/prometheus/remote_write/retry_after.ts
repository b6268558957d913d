// The Retry-After header: seconds or a date.

/** How long to wait in ms; 0 where the header does not ask for it or the time has passed. */
export function retryAfterMs(header: string | undefined, now: number): number {
  if (header === undefined) return 0
  const text = header.trim()
  if (/^[+-]?\d+$/.test(text)) {
    const seconds = Number(text)
    return Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1000 : 0
  }
  const date = Date.parse(text)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}
