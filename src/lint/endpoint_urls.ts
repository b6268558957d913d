// Where configurations hold addresses of servers.

import type { LintedConfig } from './lint.ts'
import { type AttributeSite, knownValue, textOf } from './visit.ts'

export interface UrlSite extends AttributeSite {
  readonly url: string
}

const names: ReadonlySet<string> = new Set(['url', 'token_url', 'proxy_url', 'api_server'])

/** What must be a whole URL, where it is known and no placeholder of a manual. */
export function urlSites({ attributes }: LintedConfig): readonly UrlSite[] {
  return attributes.flatMap((site) => {
    const { node, path, attribute } = site
    const isOtlpHttp =
      node.block.name === 'otelcol.exporter.otlphttp' &&
      (path.at(-1) === 'client' ? attribute.name === 'endpoint' : /_endpoint$/.test(attribute.name))
    if (!names.has(attribute.name) && !isOtlpHttp) return []
    const url = textOf(knownValue(attribute.value, node))
    if (url === undefined || url === '' || isPlaceholder(url)) return []
    return [{ ...site, url }]
  })
}

/** `<URL>`, `$URL`, `PROMETHEUS_URL`: what manuals and templates have there. */
export function isPlaceholder(text: string): boolean {
  return /[<>{}$]|^[A-Z][A-Z0-9_]*$|^\.\.\.$/.test(text)
}
