import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import { failureOf, get, open, textOf } from '../support/http_client.ts'
import { serve } from '../support/http_server.ts'

describe('redirects', () => {
  async function redirecting(status: number, location: string) {
    return serve(({ url }, response) => {
      if (url === '/end') response.end('end')
      else response.writeHead(status, { Location: location }).end('moved')
    })
  }

  it.each([301, 302, 303, 307, 308])('%i is followed for a GET', async (status) => {
    const server = await redirecting(status, '/end')
    const answer = await open().request(get(`${server.origin}/begin`))
    expect([answer.status, textOf(answer), answer.url]).toEqual([
      200,
      'end',
      `${server.origin}/end`,
    ])
  })

  it.each([
    [301, 301],
    [302, 302],
    [303, 303],
    [307, 200],
    [308, 200],
  ])('%i for a POST ends in %i', async (status, expected) => {
    const server = await redirecting(status, '/end')
    const body = Buffer.from('data')
    const answer = await open().request({ ...get(server.origin), method: 'POST', body })
    expect(answer.status).toBe(expected)
    const sent = server.received.map((request) => [request.method, request.url, request.body])
    const repeated = [['POST', '/end', 'data']]
    expect(sent).toEqual([['POST', '/', 'data'], ...(expected === 200 ? repeated : [])])
  })

  it('are answers where the settings say so, and where they name no place', async () => {
    const server = await redirecting(302, '/end')
    const client = open({ follow_redirects: false })
    expect((await client.request(get(server.origin))).status).toBe(302)
    const without = await serve((_, response) => response.writeHead(302).end())
    expect((await open().request(get(without.origin))).status).toBe(302)
  })

  it('end after ten requests', async () => {
    const server = await redirecting(302, '/again')
    const error = await failureOf(open().request(get(server.origin)))
    expect(error.message).toBe(`Get "${server.origin}/again": stopped after 10 redirects`)
    expect(server.received).toHaveLength(10)
  })

  it('never leave HTTP', async () => {
    const server = await redirecting(302, 'file:///etc/passwd')
    const error = await failureOf(open().request(get(server.origin)))
    expect(error.message).toContain('unsupported protocol scheme "file"')
  })

  it('drop credentials where the host changes, and keep them where only the port does', async () => {
    const other = await serve((_, response) => response.end())
    const targets = [`http://localhost:${other.port}/`, `http://127.0.0.1:${other.port}/`]
    for (const target of targets) {
      const server = await redirecting(307, target)
      const client = open({
        bearer_token: new Secret('token'),
        http_headers: new Map([['X-Api-Key', [new Secret('key')]]]),
      })
      await client.request(get(server.origin, { headers: { Cookie: 'c', Accept: 'a' } }))
    }
    const seen = other.received.map(({ headers }) => [
      headers.authorization,
      headers['x-api-key'],
      headers.cookie,
      headers.accept,
    ])
    expect(seen).toEqual([
      [undefined, undefined, undefined, 'a'],
      ['Bearer token', 'key', 'c', 'a'],
    ])
  })

  it('share one deadline', async () => {
    const server = await serve((_, response) => {
      setTimeout(() => response.writeHead(302, { Location: '/' }).end(), 80)
    })
    const error = await failureOf(open().request(get(server.origin, { timeoutMs: 200 })))
    expect(error.reason).toBe('deadline')
  })
})
