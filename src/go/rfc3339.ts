// Times as Go prints them in JSON and logs: RFC 3339 in UTC.

/** The zeros at the end of the fraction are left out, as in `time.RFC3339Nano`. */
export function formatRfc3339(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.?0*Z$/, 'Z')
}
