// One request for a target's page: what is asked, and what counts as an answer.

import { STATUS_CODES } from 'node:http'
import type { HttpClient } from '../../../net/http_client.ts'
import { HttpError } from '../../../net/http_exchange.ts'
import { InflatedSizeError, inflate } from '../../../net/inflate.ts'
import {
  chooseFormat,
  protocols,
  type ScrapeProtocol,
} from '../../../wire/exposition/content_type.ts'
import type { Dialect } from '../../../wire/exposition/tokens.ts'
import type { ScrapeTarget } from './targets.ts'

export interface PageSettings {
  readonly headers: Readonly<Record<string, string>>
  readonly fallback: ScrapeProtocol | ''
  /** Of the inflated body in bytes, from `body_size_limit`; 0: none. */
  readonly sizeLimit: number
  /** Of every inflated body, from the command line. */
  readonly sizeMax: number
}

export interface Page {
  readonly body: Uint8Array
  readonly dialect: Dialect
}

/** The body is longer than `body_size_limit`. */
export class BodySizeError extends Error {
  override readonly name = 'BodySizeError'

  constructor() {
    super('body size limit exceeded')
  }
}

/** What every request of a component carries; the timeout's header comes with the target. */
export function scrapeHeaders(settings: {
  readonly protocols: readonly string[]
  readonly escaping: string
  readonly compression: boolean
}): Record<string, string> {
  const quality = (i: number) => `;q=0.${6 - i}`
  const accepted = settings.protocols.map((name, i) => {
    const escaping = /Text1\.0\.0$/.test(name) ? `;escaping=${settings.escaping}` : ''
    return `${protocols[name as ScrapeProtocol].accept}${escaping}${quality(i)}`
  })
  return {
    Accept: [...accepted, `*/*${quality(accepted.length)}`].join(','),
    'Accept-Encoding': settings.compression ? 'gzip' : 'identity',
  }
}

/** The page of a target, inflated. Rejects with the reason why the scrape has failed. */
export async function fetchPage(
  client: HttpClient,
  target: ScrapeTarget,
  settings: PageSettings,
  signal: AbortSignal,
): Promise<Page> {
  const { sizeLimit, sizeMax } = settings
  const bodySizeMax = sizeLimit > 0 ? Math.min(sizeLimit - 1, sizeMax) : sizeMax
  try {
    const answer = await client.request({
      method: 'GET',
      url: target.url,
      headers: {
        ...settings.headers,
        'X-Prometheus-Scrape-Timeout-Seconds': String(target.timeoutMs / 1000),
      },
      timeoutMs: target.timeoutMs,
      signal,
      bodySizeMax,
    })
    if (answer.status !== 200) {
      const words = `${answer.status} ${STATUS_CODES[answer.status] ?? ''}`.trim()
      throw new Error(`server returned HTTP status ${words}`)
    }
    const isPacked = answer.headers['content-encoding'] === 'gzip'
    const body = isPacked ? await inflate(answer.body, bodySizeMax) : answer.body
    const type = answer.headers['content-type'] ?? ''
    return { body, dialect: dialectOf(type, settings.fallback) }
  } catch (error) {
    throw isTooLong(error) && bodySizeMax === sizeLimit - 1 ? new BodySizeError() : error
  }
}

function isTooLong(error: unknown): boolean {
  return (
    error instanceof InflatedSizeError || (error instanceof HttpError && error.reason === 'size')
  )
}

/** The answer of the last call: targets of a job say the same, scrape after scrape. */
let last: { contentType: string; fallback: string; dialect: Dialect } | undefined

function dialectOf(contentType: string, fallback: ScrapeProtocol | ''): Dialect {
  if (last?.contentType === contentType && last.fallback === fallback) return last.dialect
  const { format, problem } = chooseFormat(contentType, fallback)
  if (format === undefined) throw new Error(problem ?? 'unknown format')
  if (format === 'protobuf') throw new Error('protobuf pages are not available in alloyts yet')
  last = { contentType, fallback, dialect: format }
  return format
}
