// url-push-path

import { type UrlSite, urlSites } from './endpoint_urls.ts'
import type { Lint } from './lint.ts'

export const urlPushPath: Lint = {
  code: 'url-push-path',
  severity: 'warning',
  summary: 'The path of an address is not the one at which such a server takes data.',
  check(config, report) {
    for (const site of urlSites(config)) {
      const found = problemOf(site)
      if (found !== undefined) report(site.attribute.value.span, found.message, found.hint)
    }
  },
}

interface Found {
  readonly message: string
  readonly hint: string
}

function problemOf({ node, path, attribute, url }: UrlSite): Found | undefined {
  const where = [node.block.name, ...path, attribute.name].join(' ')
  const [, route] = /^https?:\/\/[^/?#]+([^?#]*)/i.exec(url) ?? []
  if (route === undefined) return undefined
  const isBare = /^\/*$/.test(route)
  const message = isBare ? 'the address has no path' : `the address has the path ${route}`
  switch (where) {
    case 'prometheus.remote_write endpoint url': {
      const hint = 'Prometheus takes /api/v1/write, Mimir /api/v1/push.'
      return isBare ? { message, hint } : undefined
    }
    case 'loki.write endpoint url':
      return isBare ? { message, hint: 'Loki takes /loki/api/v1/push.' } : undefined
    case 'pyroscope.write endpoint url': {
      const isWhole = /\/(?:ingest|push\.v1\.PusherService\/Push)\/*$/.test(route)
      return isWhole ? { message, hint: 'Leave it out: it is added to the address.' } : undefined
    }
    case 'otelcol.exporter.otlphttp client endpoint': {
      const isWhole = /\/v1\/(?:traces|metrics|logs)\/*$/.test(route)
      const hint = 'Leave out /v1/…: it is added to the address for each signal.'
      return isWhole ? { message, hint } : undefined
    }
    default:
      return undefined
  }
}
