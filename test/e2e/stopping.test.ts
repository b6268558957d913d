// How alloyts ends, whatever it has under way.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { startAlloyts } from './support/alloyts.ts'
import { eventually } from './support/process.ts'

it('ends at its deadline although an endpoint never answers', async () => {
  let asked = false
  const silent = createServer(() => {
    asked = true
  })
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const { port } = silent.address() as AddressInfo // it listens on TCP
  const config = `
    prometheus.exporter.self "self" { }
    prometheus.scrape "self" {
      targets         = prometheus.exporter.self.self.targets
      forward_to      = [prometheus.remote_write.silent.receiver]
      scrape_interval = "1s"
      scrape_timeout  = "1s"
    }
    prometheus.remote_write "silent" {
      endpoint {
        url = "http://127.0.0.1:${port}/"
        queue_config { batch_send_deadline = "100ms" }
      }
    }
  `
  const flags = ['--feature.component-shutdown-deadline=1s']
  const { running } = await startAlloyts(config, { flags })
  await eventually('a request', () => asked)
  const stoppedMs = performance.now()
  expect(await running.stop('SIGTERM')).toBe(0)
  expect(performance.now() - stoppedMs).toBeLessThan(5000)
  expect(running.output()).toContain('task shutdown deadline exceeded')
})
