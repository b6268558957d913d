import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { InternalRequest } from '../../src/engine/internal_network.ts'
import { failureOf, get, open, textOf, userAgent } from '../support/http_client.ts'
import { freePort, serve, serveBytes } from '../support/http_server.ts'

describe('a request', () => {
  it('sends method, headers and body and answers status, headers and body', async () => {
    const server = await serve((_, response) => {
      response.writeHead(418, { 'X-A': ['1', '2'] }).end('short and stout')
    })
    const answer = await open().request({
      ...get(`${server.origin}/x?y=z`),
      method: 'POST',
      body: Buffer.from('body'),
      headers: { 'Content-Type': 'text/plain' },
    })
    expect(answer).toMatchObject({ status: 418, url: `${server.origin}/x?y=z` })
    expect(answer.headers['x-a']).toBe('1, 2')
    expect(textOf(answer)).toBe('short and stout')
    expect(server.received).toMatchObject([
      {
        method: 'POST',
        url: '/x?y=z',
        body: 'body',
        headers: {
          'user-agent': 'Alloy/v0.0.0 (linux; binary)',
          'content-type': 'text/plain',
          'content-length': '4',
        },
      },
    ])
  })

  it('reuses its connections', async () => {
    const server = await serve((_, response) => response.end('ok'))
    const client = open()
    for (let i = 0; i < 20; i++) await client.request(get(server.origin))
    // Undici takes a connection for free one turn of the loop after its answer has ended.
    expect(server.connections()).toBeLessThanOrEqual(2)
  })

  it('never decompresses, whatever the server claims', async () => {
    const server = await serve(({ url }, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end(url === '/true' ? gzipSync('text') : 'no gzip at all')
    })
    expect(textOf(await open().request(get(`${server.origin}/lie`)))).toBe('no gzip at all')
    const packed = await open().request(get(`${server.origin}/true`))
    expect(Buffer.from(packed.body)).toEqual(gzipSync('text'))
  })

  it('repeats a GET when an idle connection turns out to be closed', async () => {
    let answered = 0
    const server = await serveBytes((socket) => {
      socket.on('data', () => {
        // The second request on a connection finds it closed.
        if (socket.bytesRead > 150) return socket.destroy()
        answered++
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
      })
    })
    const client = open()
    const request = get(server.origin, { headers: { 'X-Pad': 'x'.repeat(10) } })
    await client.request(request)
    expect(textOf(await client.request(request))).toBe('ok')
    expect([answered, server.connections()]).toEqual([2, 2])
  })

  it('does not repeat a POST', async () => {
    const server = await serveBytes((socket) => socket.on('data', () => socket.destroy()))
    const error = await failureOf(open().request({ ...get(server.origin), method: 'POST' }))
    expect(error.message).toBe(`Post "${server.origin}/": EOF`)
    expect(server.connections()).toBe(1)
  })
})

describe('bounds', () => {
  it('ends an endless body at the bound', async () => {
    let sent = 0
    const server = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536
      }
      response.on('drain', more)
      more()
    })
    const error = await failureOf(open().request(get(server.origin, { bodySizeMax: 1_000_000 })))
    expect(error.reason).toBe('size')
    expect(error.message).toBe(`Get "${server.origin}/": the body is longer than 1000000 bytes`)
    expect(sent).toBeLessThan(50_000_000)
  })

  it('refuses a body of 1 GB by its Content-Length', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': 1_000_000_000 }).flushHeaders()
    })
    const error = await failureOf(open().request(get(server.origin)))
    expect(error.reason).toBe('size')
  })

  it('takes a body of exactly the bound', async () => {
    const server = await serve((_, response) => response.end('12345'))
    const answer = await open().request(get(server.origin, { bodySizeMax: 5 }))
    expect(textOf(answer)).toBe('12345')
  })

  it('cuts a body where the caller asks for that', async () => {
    const server = await serve((_, response) => response.end('a'.repeat(3_000_000)))
    const answer = await open().request(get(server.origin, { bodySizeMax: 10, whenLarger: 'cut' }))
    expect(textOf(answer)).toBe('a'.repeat(10))
  })

  const ok = 'HTTP/1.1 200 OK\r\n'
  it.each<[string, (socket: Socket) => void]>([
    ['of 20 KB', (socket) => socket.write(`${ok}X-A: ${'x'.repeat(20_000)}\r\n\r\n`)],
    ['of 1 MiB', (socket) => socket.write(`${ok}X-A: ${'x'.repeat(1 << 20)}\r\n\r\n`)],
    ['of many lines', (socket) => socket.write(`${ok}${'X-A: b\r\n'.repeat(9000)}\r\n`)],
    ['without end', (socket) => pour(socket, ok, `X-A: ${'x'.repeat(100)}\r\n`)],
    ['of one line without end', (socket) => pour(socket, `${ok}X-A: `, 'x'.repeat(1000))],
  ])('refuses headers %s, hangs up, and goes on', async (_, answer) => {
    let closed = 0
    let isBad = true
    const server = await serveBytes((socket) => {
      socket.on('close', () => closed++)
      socket.once('data', () => {
        if (isBad) answer(socket)
        else socket.write(`${ok}Content-Length: 2\r\n\r\nok`)
      })
    })
    const client = open()
    const error = await failureOf(client.request(get(server.origin)))
    expect(error.reason).toBe('network')
    expect(error.message).toBe(
      `Get "${server.origin}/": net/http: server response headers exceeded 16384 bytes; aborted`,
    )
    isBad = false
    expect(textOf(await client.request(get(server.origin)))).toBe('ok')
    expect([closed, server.connections()]).toEqual([1, 2])
  })

  it('takes headers of 15 KB', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'X-A': 'x'.repeat(15_000) }).end('ok')
    })
    expect(textOf(await open().request(get(server.origin)))).toBe('ok')
  })

  it.each<[string, string, string]>([
    ['a status line', 'HTTP/1.1 200 ', 'x'.repeat(1000)],
    ['the extension of a chunk', `${ok}Transfer-Encoding: chunked\r\n\r\n2;`, 'x'.repeat(1000)],
    ['early hints', '', 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'.repeat(30)],
  ])('ends %s without end at the deadline', async (_, first, rest) => {
    const server = await serveBytes((socket) =>
      socket.once('data', () => pour(socket, first, rest)),
    )
    const error = await failureOf(open().request(get(server.origin, { timeoutMs: 200 })))
    expect(error.message).toBe(`Get "${server.origin}/": context deadline exceeded`)
  })

  it.each<[string, (socket: { write(text: string): void }) => void]>([
    ['no answer at all', () => undefined],
    ['headers that hang', (socket) => socket.write('HTTP/1.1 200 OK\r\nX-A: ')],
    [
      'a body that hangs',
      (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1'),
    ],
  ])('ends %s at the deadline', async (_, answer) => {
    const server = await serveBytes((socket) => answer(socket))
    const started = performance.now()
    const error = await failureOf(open().request(get(server.origin, { timeoutMs: 200 })))
    expect(error.message).toBe(`Get "${server.origin}/": context deadline exceeded`)
    expect(error.reason).toBe('deadline')
    expect(performance.now() - started).toBeLessThan(1500)
  })

  it('ends a connection that cannot be made at the deadline', async () => {
    // TEST-NET-1 answers nothing or is unreachable; both must fail in time.
    const error = await failureOf(open().request(get('http://192.0.2.1/', { timeoutMs: 150 })))
    expect(['deadline', 'network']).toContain(error.reason)
  })

  it('ends with its signal, before and while it waits', async () => {
    const server = await serveBytes(() => undefined)
    const aborted = AbortSignal.abort()
    const before = await failureOf(open().request(get(server.origin, { signal: aborted })))
    expect(before.reason).toBe('aborted')
    const signal = AbortSignal.timeout(50)
    const during = await failureOf(open().request(get(server.origin, { signal })))
    expect(during.message).toBe(`Get "${server.origin}/": context canceled`)
  })

  it('tells an answer that breaks off from a whole one', async () => {
    const server = await serveBytes((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123')
    })
    const error = await failureOf(open().request(get(server.origin)))
    expect(error.message).toBe(`Get "${server.origin}/": unexpected EOF`)
  })
})

describe('errors', () => {
  it('read as upstream words them, without secrets', async () => {
    const port = await freePort()
    const error = await failureOf(open().request(get(`http://u:secret@127.0.0.1:${port}/p`)))
    expect(error.message).toBe(
      `Get "http://127.0.0.1:${port}/p": dial tcp 127.0.0.1:${port}: connect: connection refused`,
    )
    const lookup = await failureOf(open().request(get('http://nowhere.invalid/')))
    expect(lookup.message).toMatch(/^Get "http:\/\/nowhere.invalid\/": dial tcp: lookup nowhere/)
  })

  it('of garbage in place of HTTP', async () => {
    const server = await serveBytes((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    const error = await failureOf(open().request(get(server.origin)))
    expect(error.reason).toBe('network')
  })
})

describe('inside the process', () => {
  it('nobody is led to the internal address by a redirect', async () => {
    const server = await serve((_, response) => {
      response.writeHead(307, { Location: 'http://alloy.internal:12345/-/reload' }).end()
    })
    const sent: InternalRequest[] = []
    const internal = {
      address: 'alloy.internal:12345',
      request: async (request: InternalRequest) => {
        sent.push(request)
        return { status: 200, headers: {}, body: Buffer.from('reloaded') }
      },
    }
    const post = { ...get(server.origin), method: 'POST', body: Buffer.from('data') }
    const error = await failureOf(open({}, { internal }).request(post))
    expect([error.reason, sent]).toEqual(['redirect', []])
  })

  it('requests to the internal address need no socket', async () => {
    const seen: InternalRequest[] = []
    const internal = {
      address: 'alloy.internal:12345',
      request: async (request: InternalRequest) => {
        seen.push(request)
        return { status: 200, headers: { 'x-a': 'b' }, body: Buffer.from('inside') }
      },
    }
    const client = open({}, { internal })
    const answer = await client.request(
      get('http://alloy.internal:12345/a?b', { headers: { Accept: 'c' } }),
    )
    expect([answer.status, answer.headers, textOf(answer)]).toEqual([200, { 'x-a': 'b' }, 'inside'])
    expect(seen).toMatchObject([
      { method: 'GET', path: '/a?b', headers: { accept: 'c', 'user-agent': userAgent } },
    ])
    const tooLong = get('http://alloy.internal:12345/', { bodySizeMax: 3 })
    expect((await failureOf(client.request(tooLong))).reason).toBe('size')
  })

  it('keep the deadline', async () => {
    const internal = {
      address: 'alloy.internal:12345',
      request: () => new Promise<never>(() => {}),
    }
    const request = get('http://alloy.internal:12345/', { timeoutMs: 50 })
    expect((await failureOf(open({}, { internal }).request(request))).reason).toBe('deadline')
  })
})

/** Writes `rest` again and again until the other side hangs up. */
function pour(socket: Socket, first: string, rest: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(rest));
  }
  socket.on('drain', more)
  socket.write(first)
  more()
}
