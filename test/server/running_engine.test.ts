import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { register } from 'prom-client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startProgram as start } from '../support/running_program.ts'

const config = `
prometheus.exporter.self "default" { }
local.file "secret" {
  filename  = "FILE"
  is_secret = true
}
logging { format = "json" }
`

async function startSound() {
  const dir = mkdtempSync(join(tmpdir(), 'alloyts-file-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'secret')
  writeFileSync(file, 'hunter2-hunter2')
  return start(config.replace('FILE', file))
}

describe('a running engine behind the server', () => {
  it('shows its components, and never what is secret', async () => {
    const { url } = await startSound()
    expect(await (await fetch(`${url}/-/ready`)).text()).toBe('Alloy is ready.\n')
    const list = (await (await fetch(`${url}/api/v0/web/components`)).json()) as {
      localID: string
    }[]
    expect(list.map(({ localID }) => localID)).toEqual([
      'prometheus.exporter.self.default',
      'local.file.secret',
    ])
    const detail = await (await fetch(`${url}/api/v0/web/components/local.file.secret`)).text()
    expect(JSON.parse(detail)).toMatchObject({
      name: 'local.file',
      arguments: [{ name: 'filename' }, { name: 'is_secret' }],
      exports: [{ name: 'content', value: { type: 'capsule', value: '(secret)' } }],
    })
    expect(detail).not.toContain('hunter2')
  })

  it('shows no secret that a receiver repeats', async () => {
    const receiver = createServer((request, response) => {
      request.resume()
      response.writeHead(400)
      response.end(String(request.headers.authorization))
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void receiver.close())
    const { port } = receiver.address() as AddressInfo // it listens on TCP
    const { url } = await start(`
      prometheus.exporter.self "self" { }
      prometheus.scrape "self" {
        targets         = prometheus.exporter.self.self.targets
        forward_to      = [prometheus.remote_write.sink.receiver]
        scrape_interval = "200ms"
        scrape_timeout  = "200ms"
      }
      prometheus.remote_write "sink" {
        endpoint {
          url          = "http://127.0.0.1:${port}/"
          bearer_token = "hunter2-hunter2"
          queue_config { batch_send_deadline = "100ms" }
        }
        endpoint {
          url = "http://me:hunter3-hunter3@127.0.0.1:${port}/"
          queue_config { batch_send_deadline = "100ms" }
        }
      }
    `)
    const told = await vi.waitUntil(
      async () => {
        const answer = await fetch(`${url}/-/delivering`)
        const text = await answer.text()
        return text.split('server returned').length > 2 && text
      },
      { timeout: 10_000 },
    )
    expect(told).toContain('Bearer (secret)')
    expect(told).toContain('Basic (secret)')
    expect(told).not.toContain('hunter')
  })

  it('shows headers that it adds with those that are written, as recorded', async () => {
    const endpoint = 'url = "http://127.0.0.1:1/"'
    const { url } = await start(`
      prometheus.remote_write "a" {
        endpoint {
          ${endpoint}
          headers = {"X-Scope-OrgID" = "tenant-1"}
        }
        endpoint { ${endpoint} }
      }
    `)
    const answer = await fetch(`${url}/api/v0/web/components/prometheus.remote_write.a`)
    const { arguments: endpoints } = (await answer.json()) as {
      arguments: { body: { name: string; value: { value: { key: string }[] } }[] }[]
    }
    const [first, second] = endpoints.map(({ body }) =>
      body.find(({ name }) => name === 'headers')?.value.value.map(({ key }) => key),
    )
    expect(first).toEqual(['X-Agent-Id', 'X-Alloy-Id', 'X-Scope-OrgID'])
    expect(second).toBeUndefined()
  })

  it('serves its metrics through the exporter', async () => {
    const { url } = await startSound()
    const path = '/api/v0/component/prometheus.exporter.self.default/metrics'
    const page = await (await fetch(url + path)).text()
    expect(page).toContain('\nalloy_config_last_load_successful 1\n')
    expect(page).toContain('local_file_timestamp_last_accessed_unix_seconds{')
  })

  it('answers a reload that fails with the place and the reason, and goes on', async () => {
    const { url, path, output } = await startSound()
    writeFileSync(path, 'prometheus.nope "x" { }\n')
    const answer = await fetch(`${url}/-/reload`, { method: 'POST' })
    expect([answer.status, await answer.text()]).toEqual([
      400,
      `error during the initial load: ${path}:1:1: ` +
        'cannot find the definition of component name "prometheus.nope"\n',
    ])
    expect((await fetch(`${url}/-/ready`)).status).toBe(200)
    expect(output.at(-1)).toContain(
      '"failed to reload config","service":"http","err":"error during',
    )
  })

  it('answers a reload of what cannot be parsed with the path, as upstream', async () => {
    const { url, path } = await startSound()
    writeFileSync(path, 'logging {\n}\nx {')
    const answer = await fetch(`${url}/-/reload`, { method: 'POST' })
    expect(await answer.text()).toBe(
      `reading config path "${path}": ${path}:3:4: expected }, got EOF\n`,
    )
  })

  it('says what a configuration lacks whose files are gone', async () => {
    const { url, path } = await startSound()
    rmSync(path)
    const answer = await fetch(`${url}/-/reload`)
    expect(await answer.text()).toBe(
      `reading config path "${path}": stat ${path}: no such file or directory\n`,
    )
  })
})

describe('two engines in one process', () => {
  const scraping = (label: string) => `
    prometheus.exporter.self "${label}" { }
    prometheus.scrape "${label}" {
      targets         = prometheus.exporter.self.${label}.targets
      forward_to      = []
      scrape_interval = "100ms"
      scrape_timeout  = "100ms"
    }
  `
  const pageOf = async (url: string) => (await fetch(`${url}/metrics`)).text()

  /** Lines of the page that begin as another does. */
  function repeated(page: string): string[] {
    const series = page.split('\n').filter(Boolean)
    const names = series.map((line) => (line.startsWith('#') ? line : line.replace(/ \S+$/, '')))
    return names.filter((name, i) => names.indexOf(name) !== i)
  }

  it('show what is theirs, and go on when the other stops', async () => {
    const [a, b] = [await start(scraping('a')), await start(scraping('b'))]
    for (const [{ url }, own, other] of [[a, 'a', 'b'] as const, [b, 'b', 'a'] as const]) {
      const page = await vi.waitUntil(async () => {
        const text = await pageOf(url)
        return text.includes('prometheus_target_interval_length_seconds_count') && text
      })
      expect(page).toContain(`component_id="prometheus.scrape.${own}"`)
      expect(page).not.toContain(`component_id="prometheus.scrape.${other}"`)
      expect(page).toContain('\nprocess_resident_memory_bytes ')
      expect(page).toContain('\nnodejs_eventloop_lag_p99_seconds ')
      expect(repeated(page)).toEqual([])
    }
    await a.stop()
    await expect(fetch(`${a.url}/metrics`)).rejects.toThrow()
    const page = await pageOf(b.url)
    expect(page).toContain('component_id="prometheus.scrape.b"')
    expect(page).toContain('\nnodejs_eventloop_lag_p99_seconds ')
    expect(register.getMetricsAsArray()).toEqual([])
  })
})
