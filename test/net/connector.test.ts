import net from 'node:net'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import { failureOf, get, open, textOf } from '../support/http_client.ts'
import { fixture, serve, serveBytes, serveTls } from '../support/http_server.ts'

describe('proxies', () => {
  it('get whole URLs for http, and their own login', async () => {
    const proxy = await serve((_, response) => response.end('from the proxy'))
    const proxy_url = `http://me:pw@127.0.0.1:${proxy.port}`
    const answer = await open({ proxy_url }).request(get('http://far.test:81/x?y'))
    expect(textOf(answer)).toBe('from the proxy')
    expect(proxy.received).toMatchObject([
      {
        url: 'http://far.test:81/x?y',
        headers: { host: 'far.test:81', 'proxy-authorization': `Basic ${btoa('me:pw')}` },
      },
    ])
  })

  async function tunnelling(answer: (head: string) => string) {
    const heads: string[] = []
    const server = await serveTls((_, response) => response.end('through'))
    const proxy = await serveBytes((socket) => {
      socket.once('data', (chunk) => {
        heads.push(chunk.toString())
        const text = answer(chunk.toString())
        socket.write(text)
        if (!text.includes(' 200 ')) return
        const far = net.connect(server.port, '127.0.0.1')
        far.on('error', () => undefined)
        socket.pipe(far).pipe(socket)
      })
    })
    return { heads, server, proxy }
  }

  it('open a tunnel for https', async () => {
    const { heads, server, proxy } = await tunnelling(() => 'HTTP/1.1 200 OK\r\n\r\n')
    const client = open({
      proxy_url: proxy.origin,
      proxy_connect_header: new Map([['X-Tenant', [new Secret('t')]]]),
      tls_config: { ca_pem: fixture('ca.crt') },
    })
    expect(textOf(await client.request(get(server.origin)))).toBe('through')
    expect(heads).toEqual([
      `CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n` +
        'X-Tenant: t\r\n\r\n',
    ])
  })

  it('that refuse are named with their answer', async () => {
    const { server, proxy } = await tunnelling(() => 'HTTP/1.1 407 Who are you\r\n\r\n')
    const client = open({ proxy_url: proxy.origin })
    const error = await failureOf(client.request(get(server.origin)))
    expect(error.message).toBe(
      `Get "${server.origin}/": cannot open a tunnel through the proxy: ` +
        'the proxy answered 407 Who are you',
    )
  })

  it('come from the environment where the settings say so', async () => {
    const proxy = await serve((_, response) => response.end('from the proxy'))
    const environment = { http_proxy: `127.0.0.1:${proxy.port}` }
    const client = open({ proxy_from_environment: true }, { environment })
    expect(textOf(await client.request(get('http://far.test/')))).toBe('from the proxy')
  })
})
