// Which proxy a request goes through, by the rules of Go's net/http/httpproxy.

import { BlockList, isIP } from 'node:net'
import type { ProxySettings } from './http_settings.ts'

/** The proxy for a URL; `undefined` for a direct connection. */
export type ProxyChoice = (url: URL) => URL | undefined

/** Throws where a proxy's URL cannot be used. */
export function proxyChoice(
  settings: ProxySettings,
  environment: Readonly<Record<string, string | undefined>>,
): ProxyChoice {
  const { proxy_url, no_proxy, proxy_from_environment } = settings
  if (proxy_from_environment) return fromEnvironment(environment)
  if (!proxy_url || String(proxy_url) === '') return () => undefined
  const proxy = proxyUrl(String(proxy_url))
  if (!no_proxy) return () => proxy
  const direct = directHosts(no_proxy)
  return (url) => (direct(url) ? undefined : proxy)
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): ProxyChoice {
  const read = (name: string) => environment[name] || environment[name.toLowerCase()] || ''
  const [http, https] = [read('HTTP_PROXY'), read('HTTPS_PROXY')]
  const httpProxy = http === '' ? undefined : proxyUrl(http)
  const httpsProxy = https === '' ? undefined : proxyUrl(https)
  const direct = directHosts(read('NO_PROXY'))
  return (url) => {
    if (direct(url)) return undefined
    return url.protocol === 'https:' ? httpsProxy : httpProxy
  }
}

function proxyUrl(text: string): URL {
  const withScheme = /^[a-z0-9+.-]+:\/\//i.test(text) ? text : `http://${text}`
  if (!URL.canParse(withScheme)) throw new Error('proxy_url is not a valid URL')
  const url = new URL(withScheme)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(
      `proxies of scheme ${url.protocol.slice(0, -1)} are not available in alloyts yet`,
    )
  }
  return url
}

/**
 * Whether a URL is in `no_proxy`: names with their subdomains, `.name` for subdomains only, IP
 * addresses and ranges, each with an optional port, or `*`. Loopback never goes through a proxy.
 */
export function directHosts(noProxy: string): (url: URL) => boolean {
  const entries = noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
  if (entries.includes('*')) return () => true
  const rules = entries.map(rule)
  return (url) => {
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
    const port = url.port || (url.protocol === 'https:' ? '443' : '80')
    return isLoopback(host) || rules.some((matches) => matches(host, port))
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

type Rule = (host: string, port: string) => boolean

function rule(entry: string): Rule {
  const range = /^(.+)\/(\d{1,3})$/.exec(entry)
  if (range !== null && isIP(range[1]!) !== 0) return rangeRule(range[1]!, Number(range[2]))
  const { name, port: wanted } = splitPort(entry)
  const portFits = (port: string) => wanted === '' || wanted === port
  if (isIP(name) !== 0) return (host, port) => host === name && portFits(port)
  const suffix = name.replace(/^\*\./, '.')
  if (suffix.startsWith('.')) return (host, port) => host.endsWith(suffix) && portFits(port)
  return (host, port) => (host === suffix || host.endsWith(`.${suffix}`)) && portFits(port)
}

function splitPort(entry: string): { name: string; port: string } {
  const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(entry)
  if (bracketed !== null) return { name: bracketed[1]!, port: bracketed[2] ?? '' }
  if (isIP(entry) !== 0) return { name: entry, port: '' }
  const withPort = /^(.+):(\d+)$/.exec(entry)
  return withPort === null ? { name: entry, port: '' } : { name: withPort[1]!, port: withPort[2]! }
}

function rangeRule(network: string, prefix: number): Rule {
  const family = isIP(network) === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  // A prefix that is too long matches nothing, as in Go.
  if (prefix <= (family === 'ipv4' ? 32 : 128)) list.addSubnet(network, prefix, family)
  return (host) => isIP(host) === (family === 'ipv4' ? 4 : 6) && list.check(host, family)
}
