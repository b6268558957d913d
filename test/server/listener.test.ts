import { once } from 'node:events'
import net from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLogger } from '../../src/model/logger.ts'
import { Listener } from '../../src/server/listener.ts'

const stallMs = 250

/** More than the kernel holds for a client that does not read. */
const body = Buffer.alloc(24 * 1024 * 1024, 'x')

async function ask() {
  const signals: AbortSignal[] = []
  const listener = new Listener({
    bodySizeMax: 0,
    logger: silentLogger,
    deadlines: { stallMs },
    answer: async ({ signal }) => {
      signals.push(signal)
      return { status: 200, headers: {}, body }
    },
  })
  const address = await listener.listen('127.0.0.1:0', () => {})
  const socket = net.connect(Number(address.split(':')[1]), '127.0.0.1')
  onTestFinished(async () => {
    socket.destroy()
    await listener.close()
  })
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await expect.poll(() => signals.length).toBe(1)
  return { socket, isClosed: () => signals[0]?.aborted }
}

describe('a client', () => {
  it('that does not read its answer is cut off', async () => {
    const { isClosed } = await ask()
    await expect.poll(isClosed, { timeout: 10 * stallMs }).toBe(true)
  })

  it('that reads slowly is not', async () => {
    const { socket, isClosed } = await ask()
    const startMs = performance.now()
    let size = 0
    while (size < body.length) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      const chunk: Buffer | null = socket.read()
      if (chunk === null) await once(socket, 'readable')
      else size += chunk.length
      if (size < body.length / 2) expect(isClosed()).toBe(false)
    }
    expect(performance.now() - startMs).toBeGreaterThan(4 * stallMs)
  })

  it('that waits between requests is not either', async () => {
    const { socket, isClosed } = await ask()
    let size = 0
    socket.on('data', (chunk) => {
      size += chunk.length
    })
    socket.resume()
    await expect.poll(() => size > body.length, { timeout: 10_000 }).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 3 * stallMs))
    expect(socket.destroyed).toBe(false)
    expect(isClosed()).toBe(true)
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await expect.poll(() => size > 2 * body.length, { timeout: 10_000 }).toBe(true)
  })
})

describe('an answer without end', () => {
  /** Yields `chunks`, then waits for the signal. `read` counts what was taken of it. */
  async function stream(chunks: Iterable<Uint8Array>, request = 'GET / HTTP/1.1') {
    const told = { read: 0, returned: false, signal: undefined as AbortSignal | undefined }
    async function* producer(signal: AbortSignal) {
      try {
        for (const chunk of chunks) {
          told.read++
          yield chunk
        }
        if (!signal.aborted) await once(signal, 'abort')
      } finally {
        told.returned = true
      }
    }
    const listener = new Listener({
      bodySizeMax: 0,
      logger: silentLogger,
      deadlines: { stallMs },
      answer: async ({ signal }) => {
        told.signal = signal
        const headers = { 'content-type': 'text/plain' }
        return { status: 200, headers, body: new Uint8Array(), stream: producer(signal) }
      },
    })
    const address = await listener.listen('127.0.0.1:0', () => {})
    const socket = net.connect(Number(address.split(':')[1]), '127.0.0.1')
    onTestFinished(async () => {
      socket.destroy()
      await listener.close()
    })
    socket.write(`${request}\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n`)
    return { told, socket, listener }
  }

  function collected(socket: net.Socket) {
    const got = { text: '' }
    socket.on('data', (chunk) => {
      got.text += chunk
    })
    return got
  }

  it('arrives chunk by chunk, neither compressed nor of a known length', async () => {
    const { socket, told } = await stream([Buffer.from('one'), Buffer.from('two')])
    const got = collected(socket)
    await expect.poll(() => got.text).toContain('\r\n3\r\ntwo\r\n')
    expect(got.text).toContain('\r\n3\r\none\r\n')
    expect(got.text).not.toMatch(/content-(length|encoding)/i)
    expect(told.signal?.aborted).toBe(false)
  })

  it('tells its headers before there is anything else to tell', async () => {
    const { socket } = await stream([])
    const got = collected(socket)
    await expect.poll(() => got.text).toMatch(/^HTTP\/1.1 200 OK\r\n.*\r\n\r\n$/s)
  })

  it('has headers only where the request is HEAD', async () => {
    const { socket, told } = await stream([Buffer.from('one')], 'HEAD / HTTP/1.1')
    const got = collected(socket)
    await expect.poll(() => got.text).toMatch(/\r\n\r\n$/)
    await expect.poll(() => told.signal?.aborted).toBe(true)
    expect(got.text).not.toContain('one')
  })

  it('stays while it has nothing to tell', async () => {
    const { socket, told } = await stream([Buffer.from('one')])
    const got = collected(socket)
    await expect.poll(() => got.text).toContain('one')
    await new Promise((resolve) => setTimeout(resolve, 3 * stallMs))
    expect([told.signal?.aborted, socket.destroyed]).toEqual([false, false])
  })

  it('is asked for no more than the client reads, who is cut off in the end', async () => {
    const chunks = Array.from({ length: 1000 }, () => Buffer.alloc(256 * 1024))
    const { socket, told } = await stream(chunks)
    socket.pause()
    await expect.poll(() => told.signal?.aborted, { timeout: 10 * stallMs }).toBe(true)
    expect(told.read).toBeLessThan(chunks.length / 2)
    await expect.poll(() => told.returned).toBe(true)
  })

  it('ends for its producer when the client goes', async () => {
    const { socket, told } = await stream([Buffer.from('one')])
    await once(socket, 'data')
    socket.destroy()
    await expect.poll(() => told.returned).toBe(true)
  })

  it('ends properly, and at once, when the server closes', async () => {
    const { socket, listener } = await stream([Buffer.from('one')])
    const got = collected(socket)
    await expect.poll(() => got.text).toContain('one')
    const startedMs = performance.now()
    await listener.close()
    expect(performance.now() - startedMs).toBeLessThan(1000)
    await expect.poll(() => got.text).toMatch(/\r\n0\r\n\r\n$/)
  })

  it('cuts the connection where its producer fails', async () => {
    const failing = (function* () {
      yield Buffer.from('one')
      throw new Error('broken')
    })()
    const { socket } = await stream(failing)
    const got = collected(socket)
    await once(socket, 'close')
    expect(got.text).toContain('Transfer-Encoding: chunked')
    expect(got.text).not.toMatch(/0\r\n\r\n$/)
  })
})

describe('a request that', () => {
  async function speak(send: (socket: net.Socket) => void) {
    const listener = new Listener({
      bodySizeMax: 100,
      logger: silentLogger,
      deadlines: { headersMs: 300, requestMs: 600 },
      answer: async () => ({ status: 200, headers: {}, body: Buffer.from('answer') }),
    })
    const address = await listener.listen('127.0.0.1:0', () => {})
    onTestFinished(() => listener.close())
    const socket = net.connect(Number(address.split(':')[1]), '127.0.0.1')
    socket.on('error', () => undefined)
    send(socket)
    let answer = ''
    for await (const chunk of socket) answer += chunk
    return answer.split('\r\n')[0]
  }

  it.each<[string, number, (socket: net.Socket) => void]>([
    ['has no end of its headers', 408, (socket) => socket.write('GET / HTTP/1.1\r\nHost: x\r\n')],
    [
      'has no end of its body',
      408,
      (socket) => socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx'),
    ],
    [
      'has long headers',
      431,
      (socket) => socket.write(`GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`),
    ],
    [
      'announces a long body',
      413,
      (socket) => socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n'),
    ],
    [
      'has a long body in chunks',
      413,
      (socket) => {
        socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
        socket.write(`65\r\n${'a'.repeat(101)}\r\n`)
      },
    ],
    ['is none', 400, (socket) => socket.write('\r\nno request\r\n\r\n')],
  ])('%s is answered with %i and ends the connection', async (_, status, send) => {
    expect(await speak(send)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })
})
