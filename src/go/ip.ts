// IP addresses as Go's net/netip reads them.

import { quote } from './quote.ts'

export interface Address {
  readonly version: 4 | 6
  /** 4 or 16. */
  readonly bytes: Uint8Array
  /** Of an IPv6 address; empty where there is none. */
  readonly zone: string
}

/** As `netip.ParseAddr`. Throws `ParseAddr("x"): unable to parse IP` and the like. */
export function parseAddress(text: string): Address {
  const mark = /[.:%]/.exec(text)?.[0]
  if (mark === '.') return { version: 4, bytes: parseIPv4(text, text), zone: '' }
  if (mark === ':') return parseIPv6(text)
  throw failure(text, mark === '%' ? 'missing IPv6 address' : 'unable to parse IP')
}

function failure(text: string, message: string, at = ''): Error {
  return new Error(`ParseAddr(${quote(text)}): ${message}${at === '' ? '' : ` (at ${quote(at)})`}`)
}

function parseIPv4(part: string, text: string): Uint8Array {
  const bytes = new Uint8Array(4)
  let field = 0
  let digits = 0
  let value = 0
  for (let i = 0; i < part.length; i++) {
    const char = part[i]!
    if (char >= '0' && char <= '9') {
      if (digits === 1 && value === 0) throw failure(text, 'IPv4 field has octet with leading zero')
      value = value * 10 + Number(char)
      digits++
      if (value > 255) throw failure(text, 'IPv4 field has value >255')
    } else if (char === '.') {
      if (i === 0 || i === part.length - 1 || part[i - 1] === '.') {
        throw failure(text, 'IPv4 field must have at least one digit', part.slice(i))
      }
      if (field === 3) throw failure(text, 'IPv4 address too long')
      bytes[field++] = value
      value = 0
      digits = 0
    } else {
      throw failure(text, 'unexpected character', part.slice(i))
    }
  }
  if (field < 3) throw failure(text, 'IPv4 address too short')
  bytes[3] = value
  return bytes
}

function parseIPv6(text: string): Address {
  const percent = text.indexOf('%')
  const zone = percent < 0 ? '' : text.slice(percent + 1)
  if (percent >= 0 && zone === '') throw failure(text, 'zone must be a non-empty string')
  let rest = percent < 0 ? text : text.slice(0, percent)
  const bytes = new Uint8Array(16)
  let ellipsis = -1
  let at = 0
  if (rest.startsWith('::')) {
    ellipsis = 0
    rest = rest.slice(2)
  }
  while (at < 16 && rest !== '') {
    const digits = /^[0-9a-fA-F]*/.exec(rest)![0]
    if (digits.length > 4) throw failure(text, 'each group must have 4 or less digits', rest)
    if (digits === '') {
      throw failure(text, 'each colon-separated field must have at least one digit', rest)
    }
    if (rest[digits.length] === '.') {
      if (ellipsis < 0 && at !== 12) {
        throw failure(
          text,
          'embedded IPv4 address must replace the final 2 fields of the address',
          rest,
        )
      }
      if (at + 4 > 16)
        throw failure(
          text,
          'too many hex fields to fit an embedded IPv4 at the end of the address',
          rest,
        )
      bytes.set(parseIPv4(rest, text), at)
      at += 4
      rest = ''
      break
    }
    const group = Number.parseInt(digits, 16)
    bytes[at] = group >> 8
    bytes[at + 1] = group & 0xff
    at += 2
    rest = rest.slice(digits.length)
    if (rest === '') break
    if (rest[0] !== ':') throw failure(text, 'unexpected character, want colon', rest)
    if (rest.length === 1) throw failure(text, 'colon must be followed by more characters', rest)
    rest = rest.slice(1)
    if (rest[0] === ':') {
      if (ellipsis >= 0) throw failure(text, 'multiple :: in address', rest)
      ellipsis = at
      rest = rest.slice(1)
    }
  }
  if (rest !== '') throw failure(text, 'trailing garbage after address', rest)
  if (at < 16) {
    if (ellipsis < 0) throw failure(text, 'address string too short')
    bytes.copyWithin(16 - (at - ellipsis), ellipsis, at)
    bytes.fill(0, ellipsis, 16 - (at - ellipsis))
  } else if (ellipsis >= 0) {
    throw failure(text, 'the :: must expand to at least one field of zeros')
  }
  return { version: 6, bytes, zone }
}
