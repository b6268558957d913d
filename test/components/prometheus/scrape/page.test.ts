import { describe, expect, it } from 'vitest'
import { fetchPage } from '../../../../src/components/prometheus/scrape/page.ts'
import { open } from '../../../support/http_client.ts'
import { serve } from '../../../support/http_server.ts'

const settings = { headers: {}, fallback: '', sizeLimit: 0, sizeMax: 1e6 } as const

describe('a page', () => {
  it('behind headers that are too long is one failed scrape, which says why', async () => {
    let headerBytes = 1 << 20
    const server = await serve((_, response) => {
      const headers = { 'Content-Type': 'text/plain', 'X-A': 'x'.repeat(headerBytes) }
      response.writeHead(200, headers).end('first 1\n')
    })
    const target = {
      key: '',
      url: `${server.origin}/metrics`,
      labels: [],
      intervalMs: 15_000,
      timeoutMs: 10_000,
      phase: 0,
    }
    const client = open()
    const fetched = () => fetchPage(client, target, settings, AbortSignal.timeout(10_000))
    await expect(fetched()).rejects.toThrow(
      `Get "${target.url}": net/http: server response headers exceeded 16384 bytes; aborted`,
    )
    headerBytes = 1000
    const { body, dialect } = await fetched()
    expect([Buffer.from(body).toString(), dialect]).toEqual(['first 1\n', 'prometheus'])
  })
})
