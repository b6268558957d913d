import { writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type {
  ComponentSummary,
  EffectiveConfig,
  EngineEvent,
  Info,
  LogLine,
  Meta,
  TargetPage,
  Writer,
} from '../../../src/client/api.ts'
import { type RunningProgram, startProgram } from '../../support/running_program.ts'

const config = `// Kept as it is.
prometheus.exporter.self "self" { }

declare "inside" {
  argument "to" { }

  prometheus.scrape "self" {
    targets         = [{"__address__" = "127.0.0.1:1", "zone" = "eu"}]
    forward_to      = [argument.to.value]
    scrape_interval = "200ms"
    scrape_timeout  = "200ms"
  }
}

inside "a" {
  to = prometheus.remote_write.out.receiver
}

prometheus.scrape "self" {
  targets         = prometheus.exporter.self.self.targets
  forward_to      = [prometheus.remote_write.out.receiver]
  scrape_interval = "200ms"
  scrape_timeout  = "200ms"
}

prometheus.remote_write "out" {
  endpoint {
    url          = "http://127.0.0.1:1/"
    bearer_token = "abc"
  }
}
`

async function get<T>({ url }: RunningProgram, path: string): Promise<T> {
  const answer = await fetch(`${url}/api/alloyts/v1/${path}`)
  expect(answer.status, path).toBe(200)
  return (await answer.json()) as T
}

/** The lines of a stream as they come, until the test ends. */
async function follow<T>({ url }: RunningProgram, path: string): Promise<T[]> {
  const control = new AbortController()
  onTestFinished(() => control.abort())
  const answer = await fetch(`${url}/api/alloyts/v1/${path}`, { signal: control.signal })
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
  const lines: T[] = []
  const read = async () => {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const piece of answer.body!) {
      rest += decoder.decode(piece, { stream: true })
      const whole = rest.split('\n')
      rest = whole.pop() ?? ''
      lines.push(...whole.filter(Boolean).map((line) => JSON.parse(line) as T))
    }
  }
  read().catch(() => {})
  return lines
}

const soon = { timeout: 10_000 }

describe('our own API of a running engine', () => {
  it('shows what it runs, scrapes and writes, in modules too', async () => {
    const program = await startProgram(config)
    const info = await get<Info>(program, 'info')
    expect(info).toMatchObject({ alloyts: 1, version: '0.0.0', lastLoad: { ok: true } })
    expect(Math.abs(info.lastLoad.atMs - Date.now())).toBeLessThan(60_000)

    const components = await get<ComponentSummary[]>(program, 'components')
    expect(components.map(({ id }) => id)).toEqual([
      'prometheus.exporter.self.self',
      'inside.a',
      'inside.a/prometheus.scrape.self',
      'prometheus.scrape.self',
      'prometheus.remote_write.out',
    ])
    expect(components[1]?.createdModuleIds).toEqual(['inside.a'])
    expect(components[3]?.dataFlowTo).toEqual(['prometheus.remote_write.out'])

    const down = await vi.waitUntil(async () => {
      const page = await get<TargetPage>(program, 'targets?q=zone=eu&state=down')
      return page.total === 1 && page
    }, soon)
    expect(down.items[0]).toMatchObject({
      component: 'inside.a/prometheus.scrape.self',
      url: 'http://127.0.0.1:1/metrics',
      labels: { zone: 'eu' },
      owner: info.hostname,
    })
    expect(down.items[0]?.lastError).toContain('connection refused')

    const writers = await vi.waitUntil(async () => {
      const all = await get<Writer[]>(program, 'writers')
      return all[0]?.isDelivering === false && all
    }, soon)
    expect(writers.map(({ id }) => id)).toEqual(['prometheus.remote_write.out'])
    expect(writers[0]?.message).toContain('connection refused')

    const meta = await get<Meta>(program, 'meta')
    expect(meta.series.resident_bytes?.[0]).toBeGreaterThan(1e6)
  })

  it('shows the configuration in force, whatever stands in the file', async () => {
    const program = await startProgram(config)
    const text = async () => (await get<EffectiveConfig>(program, 'config')).sources[0]?.text
    const shown = config.replace('"abc"', '"(secret)"')
    expect(await text()).toBe(shown)
    writeFileSync(program.path, 'prometheus.nope "x" { }')
    await fetch(`${program.url}/-/reload`)
    expect(await text()).toBe(shown)
    const { lastLoad } = await get<Info>(program, 'info')
    expect(lastLoad.ok).toBe(false)
    expect(lastLoad.error).toContain('prometheus.nope')
    writeFileSync(program.path, '// Nothing.')
    await fetch(`${program.url}/-/reload`)
    expect(await text()).toBe('// Nothing.')
  })

  it('tells those who follow of loads and of lines of the log', async () => {
    const program = await startProgram(config)
    const events = await follow<EngineEvent>(program, 'events')
    const lines = await follow<LogLine>(program, 'logs?follow=1&tail=1')
    await vi.waitUntil(() => lines.length > 0, soon)
    writeFileSync(program.path, 'prometheus.exporter.self "other" { }')
    await fetch(`${program.url}/-/reload`)
    await vi.waitUntil(() => events.length >= 2, soon)
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['loaded', 'components']))
    await vi.waitUntil(() => lines.some(({ message }) => message === 'config reloaded'), soon)
  })

  it('keeps no lines of the log where it is not to', async () => {
    const { url } = await startProgram(config, { logBufferBytes: 0 })
    expect((await fetch(`${url}/api/alloyts/v1/logs`)).status).toBe(404)
  })

  it('is below the prefix of the UI', async () => {
    const { url } = await startProgram(config, { uiPathPrefix: '/alloy' })
    const info = await (await fetch(`${url}/alloy/api/alloyts/v1/info`)).json()
    expect(info).toMatchObject({ uiPathPrefix: '/alloy/' })
    expect((await fetch(`${url}/api/alloyts/v1/info`)).status).toBe(404)
  })
})
