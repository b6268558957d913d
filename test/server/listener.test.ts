import { once } from 'node:events'
import net from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Listener } from '../../src/server/listener.ts'

const stallTimeoutMs = 250

/** More than the kernel holds for a client that does not read. */
const body = Buffer.alloc(24 * 1024 * 1024, 'x')

async function ask() {
  const signals: AbortSignal[] = []
  const listener = new Listener({
    bodySizeMax: 0,
    stallTimeoutMs,
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
    await expect.poll(isClosed, { timeout: 10 * stallTimeoutMs }).toBe(true)
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
    expect(performance.now() - startMs).toBeGreaterThan(4 * stallTimeoutMs)
  })

  it('that waits between requests is not either', async () => {
    const { socket, isClosed } = await ask()
    let size = 0
    socket.on('data', (chunk) => {
      size += chunk.length
    })
    socket.resume()
    await expect.poll(() => size > body.length, { timeout: 10_000 }).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 3 * stallTimeoutMs))
    expect(socket.destroyed).toBe(false)
    expect(isClosed()).toBe(true)
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await expect.poll(() => size > 2 * body.length, { timeout: 10_000 }).toBe(true)
  })
})
