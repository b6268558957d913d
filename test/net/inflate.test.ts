import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { InflatedSizeError, inflate } from '../../src/net/inflate.ts'

describe('inflate', () => {
  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a short body', Buffer.from('abc')],
    ['a short body that hides much', Buffer.alloc(20_000_000, 'x')],
    ['a body for the threads', randomBytes(1_000_000)],
  ])('gives back %s', async (_, body) => {
    expect(body.equals(await inflate(gzipSync(body), 30_000_000))).toBe(true)
  })

  it('takes exactly the bound and not a byte more', async () => {
    const packed = gzipSync(Buffer.alloc(1000))
    expect(await inflate(packed, 1000)).toHaveLength(1000)
    await expect(inflate(packed, 999)).rejects.toThrow(InflatedSizeError)
  })

  it('stops bombs early, and leaves the loop free meanwhile', async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000))
    let delayMaxMs = 0
    let last = performance.now()
    const timer = setInterval(() => {
      delayMaxMs = Math.max(delayMaxMs, performance.now() - last - 5)
      last = performance.now()
    }, 5)
    await expect(inflate(bomb, 100_000_000)).rejects.toThrow(InflatedSizeError)
    clearInterval(timer)
    expect(delayMaxMs).toBeLessThan(200)
  })

  it.each([
    ['no gzip', Buffer.from('plain text')],
    ['half of a body', gzipSync(randomBytes(1000)).subarray(0, 500)],
  ])('refuses %s', async (_, body) => {
    await expect(inflate(body, 1e6)).rejects.toThrow()
  })
})
