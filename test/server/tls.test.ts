import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import type { TlsArguments } from '../../src/server/tls_settings.ts'
import { engineView } from '../support/engine_view.ts'
import { fixture, fixturePath } from '../support/http_server.ts'
import { ca, isReady, pems, ready, startTls, tlsArgs } from '../support/tls_server.ts'

async function speak(port: number, bytes: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1')
  socket.write(bytes)
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}

async function http2Session(port: number): Promise<http2.ClientHttp2Session> {
  const session = http2.connect(`https://127.0.0.1:${port}`, { ca })
  onTestFinished(() => session.destroy())
  await new Promise((resolve, reject) => {
    session.once('connect', resolve)
    session.once('error', reject)
  })
  return session
}

async function http2Get(session: http2.ClientHttp2Session, path: string): Promise<string> {
  const stream = session.request({ ':path': path })
  let status: unknown
  stream.on('response', (headers) => {
    status = headers[':status']
  })
  let body = ''
  for await (const chunk of stream) body += chunk
  return `${status} ${body}`
}

describe('a server with TLS', () => {
  it('speaks HTTP/1.1', async () => {
    const { port, lines } = await startTls(pems)
    expect(await ready(port)).toBe(isReady)
    expect(lines).toContain('info applying TLS config to HTTP server service=http')
  })

  it('speaks HTTP/2 to those who prefer it, many requests over one connection', async () => {
    const { port } = await startTls(pems)
    const session = await http2Session(port)
    const answers = await Promise.all([
      http2Get(session, '/-/ready'),
      http2Get(session, '/metrics'),
      http2Get(session, '/nope'),
    ])
    expect(answers).toEqual([isReady, '200 a 1\n', '404 404 page not found\n'])
  })

  it('asks for logins over HTTP/2 too', async () => {
    const { server, port } = await startTls()
    const basic = { username: 'u', password: new Secret('p') }
    await server.configure({ tls: tlsArgs(pems), auth: { basic } })
    const session = await http2Session(port)
    expect(await http2Get(session, '/-/ready')).toBe('401 ')
  })

  it('refuses bodies that are too long over HTTP/2', async () => {
    const { port } = await startTls(pems)
    const session = await http2Session(port)
    const stream = session.request({ ':path': '/-/reload', ':method': 'POST' })
    stream.on('error', () => undefined)
    stream.write(Buffer.alloc(2 * 1024 * 1024))
    const status = await new Promise((resolve) => {
      stream.on('response', (headers) => resolve(headers[':status']))
    })
    expect(status).toBe(413)
    expect(await http2Get(session, '/-/ready')).toBe(isReady)
  })

  it.each([
    'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
    'POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
  ])('tells who speaks HTTP in clear: %j', async (bytes) => {
    const { port } = await startTls(pems)
    expect(await speak(port, bytes)).toBe(
      'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
    )
  })

  it('ends connections that speak neither', async () => {
    const { port, lines } = await startTls(pems)
    expect(await speak(port, '\x00\x01\x02\x03\x04\x05\x06')).not.toContain('HTTP')
    await expect.poll(() => lines.join('\n')).toContain('debug TLS handshake failed')
    expect(await ready(port)).toBe(isReady)
  })

  it('stops at once, whatever idle clients hold', async () => {
    const { server, port } = await startTls(pems)
    const silent = net.connect(port, '127.0.0.1').on('error', () => undefined)
    const handshaken = tls.connect({ port, host: '127.0.0.1', ca })
    handshaken.on('error', () => undefined)
    await new Promise((resolve) => handshaken.once('secureConnect', resolve))
    const agent = new https.Agent({ keepAlive: true })
    await new Promise((resolve) => {
      https.get({ port, host: '127.0.0.1', path: '/-/ready', ca, agent }, (response) => {
        response.resume().on('end', resolve)
      })
    })
    const session = await http2Session(port)
    await http2Get(session, '/-/ready')
    const startedMs = performance.now()
    await server.close()
    expect(performance.now() - startedMs).toBeLessThan(1000)
    silent.destroy()
    agent.destroy()
  })
})

it('takes nobody in clear who came before TLS was asked for', async () => {
  const { server, port } = await startTls()
  const silent = net.connect(port, '127.0.0.1').on('error', () => undefined)
  const asking = net.connect(port, '127.0.0.1').on('error', () => undefined)
  const ends = [silent, asking].map((socket) => new Promise((end) => socket.on('close', end)))
  let answer = ''
  asking.on('data', (chunk) => {
    answer += chunk
  })
  silent.resume()
  asking.write('GET /-/live HTTP/1.1\r\nHost: x\r\n\r\n')
  await expect.poll(() => answer).toMatch(/\r\nConnection: close\r\n/i)
  await server.configure({ tls: tlsArgs(pems) })
  await Promise.all(ends)
})

describe('answers without end over HTTP/2', () => {
  async function startStreaming() {
    const started = await startTls(pems)
    const told = { isOver: false }
    const { server } = started
    server.open(engineView([]), {
      groups: [
        ({ request: { signal } }) => {
          signal.addEventListener('abort', () => {
            told.isOver = true
          })
          const stream = (async function* () {
            yield Buffer.from('one')
            await new Promise((resolve) => signal.addEventListener('abort', resolve))
          })()
          return { status: 200, headers: {}, body: new Uint8Array(), stream }
        },
      ],
    })
    const session = await http2Session(started.port)
    const stream = session.request({ ':path': '/stream' })
    let text = ''
    let isEnded = false
    stream.on('data', (chunk) => {
      text += chunk
    })
    stream.on('end', () => {
      isEnded = true
    })
    await expect.poll(() => text).toBe('one')
    return { server, session, stream, told, isEnded: () => isEnded }
  }

  it('end for their producer when the client goes', async () => {
    const { stream, told } = await startStreaming()
    stream.close(http2.constants.NGHTTP2_CANCEL)
    await expect.poll(() => told.isOver).toBe(true)
  })

  it('end properly, and at once, when the server closes', async () => {
    const { server, isEnded } = await startStreaming()
    const startedMs = performance.now()
    await server.close()
    expect(performance.now() - startedMs).toBeLessThan(1000)
    await expect.poll(isEnded).toBe(true)
  })
})

describe('a change of the http block', () => {
  it('holds from the first new connection on', async () => {
    const { server, port, lines } = await startTls()
    expect(await speak(port, 'GET /-/ready HTTP/1.0\r\n\r\n')).toContain('Alloy is ready.')
    await server.configure({ tls: tlsArgs(pems) })
    expect(await ready(port)).toBe(isReady)
    await server.configure({ tls: tlsArgs({ ...pems, min_version: 'TLS13' }) })
    expect(await ready(port, { maxVersion: 'TLSv1.2' })).toMatch(/^EPROTO|^ERR_SSL_|ECONNRESET/)
    await server.configure({ tls: tlsArgs(pems) })
    expect(await ready(port, { maxVersion: 'TLSv1.2' })).toBe(isReady)
    await server.configure({})
    expect(await speak(port, 'GET /-/ready HTTP/1.0\r\n\r\n')).toContain('Alloy is ready.')
    expect(lines.at(-1)).toBe('info applying non-TLS config to HTTP server service=http')
  })

  it('leaves connections that there are as they were', async () => {
    const { server, port } = await startTls()
    await server.configure({})
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const session = () => {
      return new Promise<string>((resolve, reject) => {
        const request = http.get(
          { port, host: '127.0.0.1', path: '/-/ready', agent },
          (response) => {
            response.resume().on('end', () => resolve(`${request.reusedSocket}`))
          },
        )
        request.on('error', reject)
      })
    }
    await session()
    await server.configure({ tls: tlsArgs(pems) })
    const secure = await http2Session(port)
    expect(await session()).toBe('true')
    await server.configure({})
    expect(await http2Get(secure, '/-/ready')).toBe(isReady)
    agent.destroy()
  })

  it.each<[string, Partial<TlsArguments>, RegExp]>([
    [
      'certificate is missing',
      { cert_file: '/nowhere/x.pem', key_file: fixturePath('server.key') },
      /^updating service: failed to read cert_file: open \/nowhere\/x.pem: no such file or directory$/,
    ],
    [
      'key is missing',
      { cert_file: fixturePath('server.crt'), key_file: '/nowhere/x.pem' },
      /^updating service: failed to read key_file: open \/nowhere\/x.pem: no such file or directory$/,
    ],
    [
      'client CA is missing',
      { ...pems, client_auth_type: 'RequestClientCert', client_ca_file: '/nowhere/x.pem' },
      /^updating service: failed to read client_ca_file: open \/nowhere\/x.pem: no such file or directory$/,
    ],
    [
      'certificate is none',
      { ...pems, cert_pem: 'x' },
      /^updating service: cannot use certificate and key$/,
    ],
    [
      'key is another one',
      { ...pems, key_pem: new Secret(fixture('client.key')) },
      /^updating service: cannot use certificate and key$/,
    ],
  ])('is refused where the %s, and nothing changes', async (_, changes, message) => {
    const { server, port } = await startTls()
    const basic = { username: 'u', password: new Secret('p') }
    const changing = server.configure({ tls: tlsArgs(changes), auth: { basic } })
    await expect(changing).rejects.toThrow(message)
    expect(await speak(port, 'GET /-/ready HTTP/1.0\r\n\r\n')).toContain('Alloy is ready.')
  })
})
