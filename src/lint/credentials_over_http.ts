// credentials-over-http

import { urlSites } from './endpoint_urls.ts'
import type { Lint } from './lint.ts'

export const credentialsOverHttp: Lint = {
  code: 'credentials-over-http',
  severity: 'warning',
  summary: 'Credentials are sent to a remote server without encryption.',
  check(config, report) {
    for (const { url, attribute, block } of urlSites(config)) {
      const [, host] = /^http:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(url) ?? []
      if (attribute.name !== 'url' || host === undefined || isNear(host)) continue
      const inUrl = /^http:\/\/[^/?#]*@/i.test(url)
      const inBlock = block.body.find(({ name }) => credentials.has(name))
      if (!inUrl && inBlock === undefined) continue
      const what = inUrl ? 'the user in the URL' : inBlock?.name
      report(
        attribute.value.span,
        `${what} goes to ${host} without encryption`,
        'Use https where the server has it.',
      )
    }
  },
}

const credentials: ReadonlySet<string> = new Set([
  'authorization',
  'basic_auth',
  'bearer_token',
  'bearer_token_file',
  'oauth2',
  'sigv4',
])

/** This machine, a private network, a name of a cluster. */
function isNear(host: string): boolean {
  if (!host.includes('.') || host.startsWith('[')) return true
  if (/^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host)) return true
  return /\.(?:svc|svc\.cluster\.local|local|localhost|internal|lan|test)\.?$/i.test(host)
}
