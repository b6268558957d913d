// Receivers that fail: what is lost, what waits, and what must never wait.

import { describe, expect, it } from 'vitest'
import { startAlloyts } from './support/alloyts.ts'
import { eventually } from './support/process.ts'
import { startPrometheus } from './support/prometheus.ts'
import { type Answer, hang, page, serve, status } from './support/targets.ts'

/** `npm run soak` stops the receiver for a minute. */
const outageMs = Number(process.env.ALLOYTS_OUTAGE_MS ?? 10_000)

function job(target: string, url: string, more = ''): string {
  return `
    prometheus.scrape "e2e" {
      targets         = [{"__address__" = "${target}"}]
      job_name        = "e2e"
      scrape_interval = "500ms"
      scrape_timeout  = "400ms"
      forward_to      = [prometheus.remote_write.out.receiver]
    }

    prometheus.remote_write "out" {
      endpoint {
        url            = "${url}"
        remote_timeout = "5s"
        ${more}

        queue_config {
          batch_send_deadline = "200ms"
          max_backoff         = "1s"
        }
      }
    }
  `
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('outages', () => {
  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'loses nothing while the receiver has %s',
    async (signal) => {
      const prometheus = await startPrometheus()
      let count = 0
      const target = await serve(() => page(() => `counted ${++count}\n`))
      await startAlloyts(job(target.address, prometheus.writeUrl))
      await eventually(
        'first samples',
        async () => (await prometheus.query('counted')).length === 1,
      )

      if (signal === 'SIGKILL') await prometheus.stop('SIGKILL')
      else prometheus.running.child.kill('SIGSTOP')
      await sleep(outageMs)
      if (signal === 'SIGKILL') await prometheus.restart()
      else prometheus.running.child.kill('SIGCONT')

      const upTo = count + 2
      const values = await eventually(
        'all samples',
        async () => {
          const [series] = (await prometheus.samples('counted[10m]')).values()
          return series?.some(([, value]) => value >= upTo) && series
        },
        60_000,
      )
      const numbers = values.map(([, value]) => value)
      expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i))
    },
  )

  it('reloads at once while the receiver hangs', async () => {
    let answer: Answer = hang
    const receiver = await serve(() => answer)
    let count = 0
    const target = await serve(() => page(() => `counted ${++count}\n`))
    const url = `http://${receiver.address}/write`
    const alloyts = await startAlloyts(job(target.address, url))
    await eventually('a hanging request', () => receiver.requests.length > 0)

    const reloaded = await alloyts.reload(job(target.address, url, 'headers = { "X-Test" = "1" }'))
    expect(reloaded.status, reloaded.body).toBe(200)
    expect(reloaded.ms).toBeLessThan(1_000)

    answer = status(200)
    await eventually('the new header', () =>
      receiver.requests.some((request) => request.headers['x-test'] === '1'),
    )
    const before = count
    await eventually('scrapes go on', () => count > before + 2)
  })

  it.each([301, 302, 303])('never turns a POST into an empty GET on %d', async (code) => {
    const sink = await serve(() => status(200))
    const receiver = await serve(() => status(code, { location: `http://${sink.address}/` }))
    const target = await serve(() => page(() => 'counted 1\n'))
    await startAlloyts(job(target.address, `http://${receiver.address}/write`))
    await eventually('a request', () => receiver.requests.length > 0)
    await sleep(1_000)
    expect(sink.requests.filter((request) => request.method === 'GET')).toEqual([])
  })

  it.each([
    [400, 'drops', false],
    [429, 'retries', true],
    [500, 'retries', true],
  ])('on %d %s', async (code, _, retried) => {
    let answer: Answer = status(code, code === 429 ? { 'retry-after': '1' } : {})
    const receiver = await serve(() => answer)
    const target = await serve(() => page(() => 'counted 1\n'))
    const alloyts = await startAlloyts(job(target.address, `http://${receiver.address}/write`))
    await eventually('requests', () => receiver.requests.length > 1)
    await sleep(1_500)
    const attempts = receiver.requests.filter((request) => request.headers['retry-attempt'])
    expect(attempts.length > 0).toBe(retried)
    answer = status(200)
    await eventually('failed or retried samples are counted', async () => {
      const name = retried ? 'samples_retried_total' : 'samples_failed_total'
      const line = new RegExp(`^prometheus_remote_storage_${name}\\{.*\\} [1-9]`, 'm')
      return line.test(await alloyts.metrics())
    })
  })
})
