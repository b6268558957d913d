// Targets that are broken on purpose: each costs its own scrape, never the process.

import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startAlloyts } from './support/alloyts.ts'
import { eventually } from './support/process.ts'
import { startPrometheus } from './support/prometheus.ts'
import { type Answer, page, serve } from './support/targets.ts'

const line = `filler{text="${'x'.repeat(1000)}"} 1\n`

/** Writes until the other side hangs up or `bytes` are out. */
function pour(response: ServerResponse, bytes: number): void {
  const block = line.repeat(64)
  let sent = 0
  const more = () => {
    while (sent < bytes && !response.destroyed) {
      sent += block.length
      if (!response.write(block)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}

const hostile: readonly [what: string, answer: Answer][] = [
  ['serves 1 GB', (_, response) => pour(response, 1024 ** 3)],
  ['never ends', (_, response) => void response.write('first 1\n')],
  [
    'sends one endless line',
    (_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 1)
      response.once('close', () => clearInterval(timer))
    },
  ],
  [
    'lies about its encoding',
    (_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end('not gzip at all\n')
    },
  ],
  [
    'sends a bomb',
    (_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync(Buffer.alloc(400 * 1024 ** 2)))
    },
  ],
  [
    'sends headers of 1 MiB',
    (_, response) => {
      response.setHeader('X-A', 'x'.repeat(1024 ** 2))
      response.end('first 1\n')
    },
  ],
  [
    'never ends its headers',
    ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write(`X-A: ${'x'.repeat(100)}\r\n`), 1)
      socket.once('close', () => clearInterval(timer))
    },
  ],
  ['resets the connection', (request) => void request.socket.destroy()],
]

describe('hostile targets', () => {
  it.each(hostile)('survives one that %s', async (_, answer) => {
    const prometheus = await startPrometheus()
    const bad = await serve(() => answer)
    const good = await serve(() => page(() => 'good 1\n'))
    const alloyts = await startAlloyts(`
      prometheus.scrape "e2e" {
        targets         = [{"__address__" = "${bad.address}"}, {"__address__" = "${good.address}"}]
        scrape_interval = "2s"
        scrape_timeout  = "2s"
        forward_to      = [prometheus.remote_write.out.receiver]
      }

      prometheus.remote_write "out" {
        endpoint {
          url = "${prometheus.writeUrl}"

          queue_config {
            batch_send_deadline = "200ms"
          }
        }
      }
    `)
    await eventually('the bad one is down', async () => {
      const [up] = await prometheus.query(`up{instance="${bad.address}"}`)
      return up?.value === 0
    })
    const from = Date.now() / 1000
    await eventually('the good one goes on', async () => {
      const [values] = (await prometheus.samples('good[1m]')).values()
      return values?.some(([time]) => time > from + 2)
    })
    const [, rss = '0'] =
      /^process_resident_memory_bytes (\S+)/m.exec(await alloyts.metrics()) ?? []
    expect(Number(rss)).toBeGreaterThan(0)
    expect(Number(rss)).toBeLessThan(900 * 1024 ** 2)
  })
})
