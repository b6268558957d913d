import net from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { HttpServer, type ServerOptions } from '../../src/server/server.ts'
import { componentView, engineView } from '../support/engine_view.ts'
import { RecordingLogger } from '../support/recording_logger.ts'

async function start(options: Partial<ServerOptions> = {}) {
  const server = new HttpServer({
    listenAddr: '127.0.0.1:0',
    memoryAddr: 'alloy.internal:12345',
    uiPathPrefix: '/',
    logger: silentLogger,
    ...options,
  })
  const address = await server.listen()
  onTestFinished(() => server.close())
  return { server, address, url: `http://${address}` }
}

async function get(url: string, init: RequestInit = {}): Promise<[number, string]> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  return [response.status, await response.text()]
}

/** What the server answers to raw bytes. */
async function speak(address: string, bytes: string): Promise<string> {
  const [host = '', port = ''] = address.split(':')
  const socket = net.connect(Number(port), host)
  socket.write(bytes)
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}

describe('the server', () => {
  it('serves nothing before it is open but says that it lives', async () => {
    const { server, url } = await start()
    expect(await get(`${url}/-/live`)).toEqual([200, 'alloyts is alive.\n'])
    for (const path of ['/-/ready', '/metrics', '/api/v0/web/components', '/-/reload']) {
      expect(await get(url + path)).toEqual([503, 'Alloy is not ready.\n'])
    }
    server.open(engineView([]))
    expect(await get(`${url}/-/ready`)).toEqual([200, 'Alloy is ready.\n'])
  })

  it('answers the same inside the process, without authentication', async () => {
    const { server } = await start()
    await server.configure({ auth: { basic: { username: 'u', password: new Secret('p') } } })
    server.open(engineView([]))
    expect(server.internal.address).toBe('alloy.internal:12345')
    const { signal } = new AbortController()
    const request = { method: 'GET', path: '/metrics', headers: {}, signal }
    const answer = await server.internal.request(request)
    expect(Buffer.from(answer.body).toString()).toBe('a 1\n')
  })

  it('compresses what is long, for those who take it', async () => {
    const { server, address } = await start()
    server.open(engineView([], { metrics: async () => 'x'.repeat(5000) }))
    const ask = (encoding: string) =>
      fetch(`http://${address}/metrics`, { headers: { 'accept-encoding': encoding } })
    const zipped = await ask('gzip')
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(await zipped.text()).toBe('x'.repeat(5000))
    for (const encoding of ['identity', 'gzip;q=0', 'br']) {
      expect((await ask(encoding)).headers.get('content-length')).toBe('5000')
    }
  })

  it('compresses nothing twice, and gives an unchanged answer no length', async () => {
    const { server, address } = await start()
    const zipped = { 'content-type': 'text/javascript', 'content-encoding': 'gzip' }
    server.open(engineView([]), {
      ui: (_, path) =>
        path === 'same'
          ? { status: 304, headers: {}, body: new Uint8Array() }
          : { status: 200, headers: zipped, body: gzipSync('y'.repeat(5_000_000)) },
    })
    const headers = { 'accept-encoding': 'gzip' }
    const script = await fetch(`http://${address}/app.js`, { headers })
    expect(await script.text()).toBe('y'.repeat(5_000_000))
    const same = await fetch(`http://${address}/same`)
    expect([same.status, same.headers.get('content-length')]).toEqual([304, null])
  })

  it('answers HEAD with the headers of GET and no body', async () => {
    const { server, url } = await start()
    server.open(engineView([]))
    const response = await fetch(`${url}/-/ready`, { method: 'HEAD' })
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '16'])
  })

  it('refuses bodies that are too long', async () => {
    const { server, url } = await start()
    server.open(engineView([]))
    const init = { method: 'POST', body: 'x'.repeat(2_000_000) }
    expect((await get(`${url}/-/ready`, init))[0]).toBe(413)
  })

  it('survives garbage and requests that break off', async () => {
    const { server, url, address } = await start()
    server.open(engineView([]))
    expect(await speak(address, '\x16\x03\x01\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /)
    const socket = net.connect(Number(address.split(':')[1]), '127.0.0.1')
    socket.write('POST /-/ready HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1')
    socket.destroySoon()
    expect((await get(`${url}/-/ready`))[0]).toBe(200)
  })

  it('passes body and signal on to components', async () => {
    const { server, url } = await start()
    const seen: string[] = []
    server.open(
      engineView([
        componentView('a.b', {
          http: ({ method, path, body, signal }) => {
            seen.push(method, path, Buffer.from(body ?? []).toString())
            return new Promise((_, reject) => {
              signal.addEventListener('abort', () => {
                seen.push('aborted')
                reject(new Error('gone'))
              })
            })
          },
        }),
      ]),
    )
    const control = new AbortController()
    const asking = fetch(`${url}/api/v0/component/a.b/x?y`, {
      method: 'POST',
      body: 'body',
      signal: control.signal,
    })
    await expect.poll(() => seen).toEqual(['POST', '/x?y', 'body'])
    control.abort()
    await expect(asking).rejects.toThrow()
    await expect.poll(() => seen.at(-1)).toBe('aborted')
  })
})

describe('a port', () => {
  it('that is taken is a failure, told as upstream tells it', async () => {
    const { address } = await start()
    const lines: unknown[] = []
    const logger = {
      log: (...line: unknown[]) => lines.push(line),
      with: () => logger,
    }
    const second = new HttpServer({
      listenAddr: address,
      memoryAddr: 'alloy.internal:12345',
      uiPathPrefix: '/',
      logger,
    })
    await expect(second.listen()).rejects.toThrow()
    const err = `listen tcp ${address}: bind: address already in use`
    expect(lines).toEqual([['error', `failed to listen on ${address}`, { err }]])
  })

  it.each(['nonsense', '127.0.0.1', '127.0.0.1:99999'])('%s is none', async (listenAddr) => {
    await expect(start({ listenAddr })).rejects.toThrow(/^listen tcp: address/)
  })

  it.skipIf(process.platform === 'win32')('is also found by IPv6', async () => {
    const { address } = await start({ listenAddr: '[::1]:0' })
    expect(address).toMatch(/^\[::1\]:\d+$/)
  })
})

describe('closing', () => {
  it('lets a request under way finish and takes no more', async () => {
    const { server, url } = await start()
    let finish: (text: string) => void = () => undefined
    const metrics = new Promise<string>((resolve) => {
      finish = resolve
    })
    let asked = false
    server.open(
      engineView([], {
        metrics: () => {
          asked = true
          return metrics
        },
      }),
    )
    const asking = get(`${url}/metrics`)
    await expect.poll(() => asked).toBe(true)
    const closing = server.close()
    await expect(get(`${url}/-/ready`)).rejects.toThrow()
    const finishedMs = performance.now()
    finish('done')
    expect(await asking).toEqual([200, 'done'])
    await closing
    expect(performance.now() - finishedMs).toBeLessThan(2000)
  })

  it('waits for nobody who only holds a connection', async () => {
    const { server, address } = await start()
    net.connect(Number(address.split(':')[1]), '127.0.0.1').on('error', () => undefined)
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('authentication', () => {
  const basic = { username: 'u', password: new Secret('pä') }
  const login = { authorization: `Basic ${Buffer.from('u:pä').toString('base64')}` }
  const filter = (authenticate_matching_paths: boolean, ...paths: string[]) => ({
    paths,
    authenticate_matching_paths,
  })
  it.each<[string, object, string[], string[]]>([
    ['no filter protects everything', { basic }, ['/metrics', '/-/ready'], []],
    ['an empty one nothing', { basic, filter: filter(true) }, [], ['/metrics', '/-/ready']],
    ['paths are protected', { basic, filter: filter(true, '/met') }, ['/metrics'], ['/-/ready']],
    ['or left out', { basic, filter: filter(false, '/met') }, ['/-/ready'], ['/metrics']],
    ['no basic block protects nothing', { filter: filter(false) }, [], ['/metrics']],
    ['encoding a path does not help', { basic, filter: filter(true, '/m') }, ['/%6detrics'], []],
  ])('%s', async (_, auth, closed, open) => {
    const { server, url } = await start()
    await server.configure({ auth })
    server.open(engineView([]))
    for (const path of closed) {
      const response = await fetch(url + path)
      expect([response.status, await response.text()]).toEqual([401, ''])
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="Restricted"')
      expect((await get(url + path, { headers: login }))[0]).toBe(200)
      const wrong = { authorization: `Basic ${btoa('u:x')}` }
      expect((await get(url + path, { headers: wrong }))[0]).toBe(401)
    }
    for (const path of open) expect((await get(url + path))[0]).toBe(200)
  })

  it('takes a whole URL for its path, and protects it', async () => {
    const { server, address } = await start()
    server.open(engineView([]))
    const ask = (path: string) => {
      return speak(
        address,
        `GET http://host${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      )
    }
    expect(await ask('/-/ready')).toMatch(/^HTTP\/1.1 200 /)
    await server.configure({ auth: { basic, filter: filter(true, '/-/ready') } })
    expect(await ask('/-/ready')).toMatch(/^HTTP\/1.1 401 /)
  })

  it('warns where a login is asked for and nothing is protected', async () => {
    const lines: string[] = []
    const logger = new RecordingLogger(lines)
    const { server } = await start({ logger })
    await server.configure({ auth: { basic, filter: filter(false) } })
    expect(lines.filter((line) => line.startsWith('warn'))).toEqual([])
    await server.configure({ auth: { basic, filter: filter(true) } })
    expect(lines.at(-1)).toContain('the auth block protects no path')
  })
})
