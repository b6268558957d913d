// Go's net/url: escaping, and URLs as it reads, refuses and prints them.

import { parseAddress } from './ip.ts'
import { quote } from './quote.ts'
import { bytesOf, textOf } from './text.ts'

/** A URL in the parts that Go's url.URL has; host, path and fragment are decoded. */
export interface GoUrl {
  /** In lower case, without the colon. */
  readonly scheme: string
  /** What follows a scheme that is not followed by a slash. */
  readonly opaque: string
  readonly user?: { readonly name: string; readonly password?: string }
  /** With the port. */
  readonly host: string
  /** Whether there is a scheme and a path, but no `//` between them: `file:/a`. */
  readonly omitsHost: boolean
  readonly path: string
  /** As it was written, where encoding `path` would not give it again. */
  readonly rawPath: string
  /** Without the question mark; undefined where there is none. */
  readonly query: string | undefined
  readonly fragment: string
  readonly rawFragment: string
}

type Mode = 'path' | 'host' | 'zone' | 'user' | 'query' | 'fragment'

/** What stands unescaped besides letters, digits and `-_.~`. */
const unescaped: Record<Mode, string> = {
  path: '$&+/:;=@,',
  host: '!$&\'()*+,;=:[]<>"',
  zone: '!$&\'()*+,;=:[]<>"',
  user: '$&+,;=',
  query: '',
  fragment: '$&+/:;=@,?!()*',
}

/** As `url.QueryEscape`: a blank becomes `+`. */
export function queryEscape(text: string): string {
  return encode(text, 'query')
}

/** As `url.QueryUnescape`. Throws `invalid URL escape "%zz"`. */
export function queryUnescape(text: string): string {
  return decode(text, 'query')
}

/** As `url.PathUnescape`: a `+` stays one. Throws `invalid URL escape "%zz"`. */
export function pathUnescape(text: string): string {
  return decode(text, 'path')
}

/** As `url.Parse`. Throws `parse "x": missing protocol scheme` and the like. */
export function parseUrl(text: string): GoUrl {
  const hash = text.indexOf('#')
  const head = hash < 0 ? text : text.slice(0, hash)
  try {
    const rawFragment = hash < 0 ? '' : text.slice(hash + 1)
    const url = parseHead(head)
    const fragment = decode(rawFragment, 'fragment')
    const isDefault = encode(fragment, 'fragment') === rawFragment
    return { ...url, fragment, rawFragment: isDefault ? '' : rawFragment }
  } catch (error) {
    throw new Error(`parse ${quote(text)}: ${(error as Error).message}`)
  }
}

/**
 * As `url.ParseRequestURI`: what HTTP requests name, an absolute URL or an absolute path; a `#` in
 * it begins no fragment. Throws `parse "x": invalid URI for request` and the like.
 */
export function parseRequestUri(text: string): GoUrl {
  try {
    if (text === '') throw new Error('empty url')
    return { ...parseHead(text, 'request'), fragment: '', rawFragment: '' }
  } catch (error) {
    throw new Error(`parse ${quote(text)}: ${(error as Error).message}`)
  }
}

/** The message of what `parseUrl` throws; undefined where it does not. */
export function urlProblem(text: string): string | undefined {
  try {
    parseUrl(text)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** As `URL.Redacted`: the password shows as `xxxxx`. */
export function redactUrl(url: GoUrl): string {
  let text = url.scheme === '' ? '' : `${url.scheme}:`
  const query = url.query === undefined ? '' : `?${url.query}`
  const fragment = url.fragment === '' ? '' : `#${escapedFragment(url)}`
  if (url.opaque !== '') return text + url.opaque + query + fragment
  if (url.host !== '' || url.user !== undefined) text += `//${userInfo(url)}${hostText(url)}`
  else if (url.scheme !== '' && url.path !== '' && !url.omitsHost) text += '//'
  const path = escapedPath(url)
  if (path !== '' && !path.startsWith('/') && url.host !== '') text += '/'
  if (text === '' && path.split('/', 1)[0]!.includes(':')) text = './'
  return text + path + query + fragment
}

function userInfo({ user }: GoUrl): string {
  if (user === undefined) return ''
  const password = user.password === undefined ? '' : ':xxxxx'
  return `${encode(user.name, 'user')}${password}@`
}

function hostText({ host }: GoUrl): string {
  const zone = host.startsWith('[') ? host.indexOf('%') : -1
  if (zone < 0) return encode(host, 'host')
  const end = host.lastIndexOf(']')
  const inner = encode(host.slice(zone, end), 'zone')
  return encode(host.slice(0, zone), 'host') + inner + encode(host.slice(end), 'host')
}

function escapedPath({ path, rawPath }: GoUrl): string {
  if (rawPath !== '' && isValidEncoded(rawPath, /[!$&'()*+,;=:@[\]]/, 'path')) return rawPath
  return path === '*' ? '*' : encode(path, 'path')
}

function escapedFragment({ fragment, rawFragment }: GoUrl): string {
  const isUsable =
    rawFragment !== '' && isValidEncoded(rawFragment, /[!$&'()*+,;=:@[\]]/, 'fragment')
  return isUsable ? rawFragment : encode(fragment, 'fragment')
}

function isValidEncoded(raw: string, always: RegExp, mode: Mode): boolean {
  return [...raw].every((char) => always.test(char) || char === '%' || !mustEscape(char, mode))
}

function parseHead(
  text: string,
  from: 'text' | 'request' = 'text',
): Omit<GoUrl, 'fragment' | 'rawFragment'> {
  for (const byte of bytesOf(text)) {
    if (byte < 0x20 || byte === 0x7f) throw new Error('net/url: invalid control character in URL')
  }
  const empty = { scheme: '', opaque: '', host: '', omitsHost: false, path: '' }
  const noQuery = { rawPath: '', query: undefined }
  if (text === '*') return { ...empty, ...noQuery, path: '*' }
  const { scheme, rest: afterScheme } = cutScheme(text)
  const mark = afterScheme.indexOf('?')
  const query = mark < 0 ? undefined : afterScheme.slice(mark + 1)
  let rest = mark < 0 ? afterScheme : afterScheme.slice(0, mark)
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...empty, ...noQuery, scheme, opaque: rest, query }
    if (from === 'request') throw new Error('invalid URI for request')
    if (rest.split('/', 1)[0]!.includes(':')) {
      throw new Error('first path segment in URL cannot contain colon')
    }
  }
  let authority: Pick<GoUrl, 'user' | 'host'> = { host: '' }
  const omitsHost = scheme !== '' && /^\/(?!\/)/.test(rest)
  const mayHaveHost = scheme !== '' || (from === 'text' && !rest.startsWith('///'))
  if (rest.startsWith('//') && mayHaveHost) {
    const end = rest.indexOf('/', 2)
    authority = parseAuthority(scheme, rest.slice(2, end < 0 ? undefined : end))
    rest = end < 0 ? '' : rest.slice(end)
  }
  const path = decode(rest, 'path')
  const rawPath = encode(path, 'path') === rest ? '' : rest
  return { scheme, opaque: '', ...authority, omitsHost, path, rawPath, query }
}

function cutScheme(text: string): { scheme: string; rest: string } {
  if (text.startsWith(':')) throw new Error('missing protocol scheme')
  const [found, scheme] = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text) ?? []
  if (found === undefined || scheme === undefined) return { scheme: '', rest: text }
  return { scheme: scheme.toLowerCase(), rest: text.slice(found.length) }
}

function parseAuthority(scheme: string, authority: string): Pick<GoUrl, 'user' | 'host'> {
  const at = authority.lastIndexOf('@')
  const host = parseHost(scheme, authority.slice(at + 1))
  if (at < 0) return { host }
  const info = authority.slice(0, at)
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(info)) throw new Error('net/url: invalid userinfo')
  const colon = info.indexOf(':')
  if (colon < 0) return { host, user: { name: decode(info, 'user') } }
  const name = decode(info.slice(0, colon), 'user')
  return { host, user: { name, password: decode(info.slice(colon + 1), 'user') } }
}

function parseHost(scheme: string, host: string): string {
  const open = host.lastIndexOf('[')
  if (open > 0) throw new Error('invalid IP-literal')
  if (open < 0) {
    // Databases take lists of hosts: `mongodb://a:1,b:2/`.
    const isStrict = scheme === 'http' || scheme === 'https'
    const colon = isStrict ? host.indexOf(':') : host.lastIndexOf(':')
    checkPort(colon < 0 ? '' : host.slice(colon))
    return decode(host, 'host')
  }
  const close = host.lastIndexOf(']')
  if (close < 0) throw new Error("missing ']' in host")
  checkPort(host.slice(close + 1))
  const zone = host.slice(0, close).indexOf('%25')
  const address = decode(host.slice(1, zone < 0 ? close : zone), 'host')
  const zoneText = zone < 0 ? '' : decode(host.slice(zone, close), 'zone')
  checkAddress(address + zoneText)
  return `[${address}${zoneText}]${decode(host.slice(close + 1), 'host')}`
}

function checkAddress(address: string): void {
  try {
    if (parseAddress(address).version === 6) return
  } catch (error) {
    throw new Error(`invalid host: ${(error as Error).message}`)
  }
  throw new Error('invalid IP-literal')
}

function checkPort(port: string): void {
  if (!/^(?::[0-9]*)?$/.test(port)) throw new Error(`invalid port ${quote(port)} after host`)
}

function mustEscape(char: string, mode: Mode): boolean {
  if (/^[A-Za-z0-9\-_.~]$/.test(char)) return false
  return !unescaped[mode].includes(char)
}

function encode(text: string, mode: Mode): string {
  let escaped = ''
  for (const byte of bytesOf(text)) {
    const char = String.fromCharCode(byte)
    if (mode === 'query' && char === ' ') escaped += '+'
    else if (byte < 0x80 && !mustEscape(char, mode)) escaped += char
    else escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

function decode(text: string, mode: Mode): string {
  let hasByte = false
  const bad = text.search(/%(?![0-9a-fA-F]{2})/)
  const decoded = text.replace(/%[0-9a-fA-F]{2}|[\s\S]/g, (found, at: number) => {
    if (at === bad) throw badEscape(textOf(bytesOf(text.slice(at)).subarray(0, 3)))
    if (found.length === 1) return checked(found, mode)
    const byte = Number.parseInt(found.slice(1), 16)
    checkEscape(found, byte, mode)
    hasByte ||= byte > 0x7f
    return String.fromCharCode(byte > 0x7f ? 0xdc00 + byte : byte)
  })
  return hasByte ? textOf(bytesOf(decoded)) : decoded
}

function checked(char: string, mode: Mode): string {
  if (mode === 'query' && char === '+') return ' '
  const isHost = mode === 'host' || mode === 'zone'
  if (isHost && char < '\x80' && mustEscape(char, mode)) {
    throw new Error(`invalid character ${quote(char)} in host name`)
  }
  return char
}

/** In hosts only bytes beyond ASCII may be escaped; a zone may escape what a host may hold. */
function checkEscape(found: string, byte: number, mode: Mode): void {
  if (found === '%25') return
  const isBad =
    (mode === 'host' && byte < 0x80) ||
    (mode === 'zone' &&
      byte !== 0x20 &&
      (byte > 0x7f || mustEscape(String.fromCharCode(byte), 'host')))
  if (isBad) throw badEscape(found)
}

function badEscape(found: string): Error {
  return new Error(`invalid URL escape ${quote(found)}`)
}
