// Go's host:port pairs.

export interface HostPort {
  /** Without the brackets of an IPv6 address. */
  readonly host: string
  readonly port: string
}

/** As `net.SplitHostPort`. Throws `address x: missing port in address` and the like. */
export function splitHostPort(text: string): HostPort {
  const prefix = text === '' ? '' : `address ${text}: `
  const fail = (problem: string): Error => new Error(prefix + problem)
  const colon = text.lastIndexOf(':')
  if (colon < 0) throw fail('missing port in address')
  if (!text.startsWith('[')) {
    const host = text.slice(0, colon)
    if (host.includes(':')) throw fail('too many colons in address')
    if (text.includes('[')) throw fail("unexpected '[' in address")
    if (text.includes(']')) throw fail("unexpected ']' in address")
    return { host, port: text.slice(colon + 1) }
  }
  const end = text.indexOf(']')
  if (end < 0) throw fail("missing ']' in address")
  if (end + 1 !== colon) {
    const isPort = text[end + 1] === ':'
    throw fail(isPort ? 'too many colons in address' : 'missing port in address')
  }
  if (text.includes('[', 1)) throw fail("unexpected '[' in address")
  if (text.includes(']', end + 1)) throw fail("unexpected ']' in address")
  return { host: text.slice(1, end), port: text.slice(colon + 1) }
}
