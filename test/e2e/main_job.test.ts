// The main job against a real node exporter and a real Prometheus.

import { describe, expect, it } from 'vitest'
import { startAlloyts } from './support/alloyts.ts'
import { seriesOfPage } from './support/exposition.ts'
import { eventually, freePort, start } from './support/process.ts'
import { seriesKey, startPrometheus } from './support/prometheus.ts'
import { page, serve } from './support/targets.ts'

async function startNodeExporter(port: number) {
  const running = start('prometheus-node-exporter', [
    `--web.listen-address=127.0.0.1:${port}`,
    '--no-collector.systemd',
  ])
  const url = `http://127.0.0.1:${port}/metrics`
  await eventually('node exporter', async () => (await fetch(url)).ok)
  return { running, url }
}

function mainJob(targets: readonly string[], writeUrl: string): string {
  const list = targets.map((address) => `{"__address__" = "${address}"}`).join(', ')
  return `
    prometheus.scrape "e2e" {
      targets         = [${list}]
      job_name        = "e2e"
      scrape_interval = "1s"
      scrape_timeout  = "900ms"
      forward_to      = [prometheus.relabel.site.receiver]
    }

    prometheus.relabel "site" {
      forward_to = [prometheus.remote_write.out.receiver]

      rule {
        target_label = "site"
        replacement  = "lab"
      }
    }

    prometheus.remote_write "out" {
      external_labels = { cluster = "test" }

      endpoint {
        url = "${writeUrl}"

        queue_config {
          batch_send_deadline = "200ms"
          max_backoff         = "1s"
        }
      }
    }
  `
}

describe('main job', () => {
  it('delivers every series of a node exporter, and marks them stale when it stops', async () => {
    const prometheus = await startPrometheus()
    const port = await freePort()
    const exporter = await startNodeExporter(port)
    const address = `127.0.0.1:${port}`
    await startAlloyts(mainJob([address], prometheus.writeUrl))

    const extra = { instance: address, job: 'e2e', site: 'lab', cluster: 'test' }
    await eventually('up', async () => {
      const [up] = await prometheus.query('up{job="e2e"}')
      return up?.value === 1 && up.metric.site === 'lab'
    })
    const expected = seriesOfPage(await (await fetch(exporter.url)).text(), extra)
    expect(expected.size).toBeGreaterThan(300)
    await eventually('every series', async () => {
      const found = await prometheus.query('{job="e2e"}')
      const keys = new Set(found.map(({ metric }) => seriesKey(metric)))
      const missing = [...expected].filter((key) => !keys.has(key))
      // Some series of a host come and go between two scrapes; none of the process's own does.
      return (
        missing.filter((key) => !/^(node_sockstat|node_scrape|promhttp)/.test(key)).length === 0
      )
    })

    await exporter.running.stop()
    await eventually(
      'up is 0',
      async () => (await prometheus.query('up{job="e2e"}'))[0]?.value === 0,
    )
    await eventually(
      'its series are stale',
      async () => (await prometheus.query('count(node_load1{job="e2e"})')).length === 0,
      3_000,
    )
  })

  it('keeps the other target without a gap while a reload swaps one', async () => {
    const prometheus = await startPrometheus()
    let count = 0
    const steady = await serve(() => page(() => `steady ${++count}\n`))
    const first = await serve(() => page(() => 'first 1\n'))
    const second = await serve(() => page(() => 'second 1\n'))
    const alloyts = await startAlloyts(
      mainJob([steady.address, first.address], prometheus.writeUrl),
    )
    await eventually(
      'both targets',
      async () => (await prometheus.query('{__name__=~"steady|first"}')).length === 2,
    )

    const answer = await alloyts.reload(
      mainJob([steady.address, second.address], prometheus.writeUrl),
    )
    expect(answer.status, answer.body).toBe(200)
    await eventually('the new target', async () => (await prometheus.query('second')).length === 1)
    await eventually(
      'the old one stale',
      async () => (await prometheus.query('first')).length === 0,
    )

    const values = [...(await prometheus.samples('steady[2m]')).values()].flat()
    expect(values.map(([, value]) => value)).toEqual(
      values.map((_, i) => (values[0]?.[1] ?? 0) + i),
    )
    const gaps = values.slice(1).map(([time], i) => time - (values[i]?.[0] ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(1.6)
  })

  it('ends idle within a second of TERM, and with what it has flushed', async () => {
    const prometheus = await startPrometheus()
    let count = 0
    const target = await serve(() => page(() => `counted ${++count}\n`))
    const alloyts = await startAlloyts(mainJob([target.address], prometheus.writeUrl))
    await eventually('a few scrapes', () => count >= 3)
    const from = performance.now()
    expect(await alloyts.running.stop()).toBe(0)
    expect(performance.now() - from).toBeLessThan(1_500)
    const scraped = count
    const [values] = (await prometheus.samples('counted[2m]')).values()
    expect(values?.at(-1)?.[1]).toBeGreaterThanOrEqual(scraped - 1)
  })
})
