// url-scheme

import { urlSites } from './endpoint_urls.ts'
import type { Lint } from './lint.ts'

export const urlScheme: Lint = {
  code: 'url-scheme',
  severity: 'warning',
  summary: 'An address has no scheme, or one that nothing is sent to.',
  check(config, report) {
    for (const { url, attribute } of urlSites(config)) {
      const problem = problemOf(url, attribute.name)
      if (problem !== undefined) report(attribute.value.span, problem, hintFor(url))
    }
  },
}

function problemOf(url: string, name: string): string | undefined {
  if (url !== url.trim()) return 'there are blanks around the address'
  const [, scheme] = /^([a-zA-Z][\w+.-]*):\/\//.exec(url) ?? []
  if (scheme === undefined) return `${JSON.stringify(url)} has no scheme`
  const known = name === 'proxy_url' ? [...web, 'socks5'] : web
  return known.includes(scheme.toLowerCase()) ? undefined : `nothing is sent to "${scheme}://"`
}

const web = ['http', 'https']

function hintFor(url: string): string {
  const address = url.trim().replace(/^[a-zA-Z][\w+.-]*:\/\//, '')
  return `Write http://${address} or https://${address}.`
}
