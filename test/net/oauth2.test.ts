import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import type { OAuth2Settings } from '../../src/net/http_settings.ts'
import { failureOf, get, open } from '../support/http_client.ts'
import { type Answering, serve } from '../support/http_server.ts'

const secret = 'p@ss word'

async function start(answer: Answering, changes: Partial<OAuth2Settings> = {}) {
  const tokens = await serve(answer)
  const target = await serve((_, response) => response.end())
  const oauth2 = {
    client_id: 'id',
    client_secret: new Secret(secret),
    token_url: `${tokens.origin}/token`,
    ...changes,
  }
  return { tokens, target, client: open({ oauth2 }) }
}

function token(fields: object): Answering {
  return (_, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ access_token: 'abc', ...fields }))
  }
}

describe('oauth2', () => {
  it('fetches a token once and sends it with every request', async () => {
    const endpoint_params = new Map([['audience', 'x']])
    const settings = { scopes: ['a', 'b'], endpoint_params }
    const { tokens, target, client } = await start(token({ expires_in: 3600 }), settings)
    await Promise.all([client.request(get(target.origin)), client.request(get(target.origin))])
    await client.request(get(target.origin))
    expect(target.received.map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill('Bearer abc'),
    )
    expect(tokens.received).toMatchObject([
      {
        method: 'POST',
        body: 'grant_type=client_credentials&scope=a+b&audience=x',
        headers: { authorization: `Basic ${btoa('id:p%40ss%20word')}` },
      },
    ])
  })

  it('renews it when it is about to expire', async () => {
    const { tokens, target, client } = await start(token({ expires_in: '5', token_type: 'mac' }))
    await client.request(get(target.origin))
    await client.request(get(target.origin))
    expect(tokens.received).toHaveLength(2)
    expect(target.received[0]!.headers.authorization).toBe('mac abc')
  })

  it('sends its credentials in the body where the server does not take the header', async () => {
    const { tokens, target, client } = await start((request, response) => {
      if (request.headers.authorization) response.writeHead(401).end()
      else token({ expires_in: 1 })(request, response)
    })
    await client.request(get(target.origin))
    await client.request(get(target.origin))
    // The first answer taught it.
    expect(tokens.received.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      true,
      false,
      false,
    ])
    expect(tokens.received[1]!.body).toContain('client_id=id&client_secret=p%40ss+word')
  })

  it.each<[string, Answering, string]>([
    [
      'nonsense',
      (_, response) => response.end('x'),
      'oauth2: server response missing access_token',
    ],
    [
      'an error',
      (_, response) => response.writeHead(400).end('{"error":"no","error_description":"why"}'),
      'oauth2: "no" "why"',
    ],
    [
      'a page',
      (_, response) => response.writeHead(500).end(`you sent ${secret}`),
      'oauth2: cannot fetch token: the server answered 500',
    ],
  ])('fails the request where the server answers %s', async (_, answer, expected) => {
    const { target, client } = await start(answer)
    const error = await failureOf(client.request(get(target.origin)))
    expect(error.message).toBe(`Get "${target.origin}/": ${expected}`)
    expect(target.received).toEqual([])
  })

  it('keeps the deadline of the request that waits for it', async () => {
    const { target, client } = await start(() => undefined)
    const error = await failureOf(client.request(get(target.origin, { timeoutMs: 100 })))
    expect(error.reason).toBe('deadline')
  })
})
