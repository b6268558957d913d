import { describe, expect, it } from 'vitest'
import { AlloyClient } from '../../src/client/client.ts'
import {
  jsonLine,
  type PlainOptions,
  plainTable,
  type Snapshot,
  streamJson,
  takeSnapshot,
} from '../../src/tui/plain.ts'
import { freePort } from '../support/http_server.ts'
import { type RecordingName, replayAlloy } from '../support/replayed_alloy.ts'
import { recordedState } from '../support/tui_state.ts'

async function options(name: RecordingName, extra: Partial<PlainOptions> = {}) {
  const { origin } = await replayAlloy(name, { cuts: [3, 1, 50] })
  return plain(origin, extra)
}

function plain(url: string, extra: Partial<PlainOptions> = {}): PlainOptions {
  const client = new AlloyClient({ baseUrl: url })
  return { client, url, windowSeconds: 2, filter: '', isAscii: false, ...extra }
}

const soon = () => AbortSignal.timeout(10_000)

describe('a table without a terminal', () => {
  it('has every component of every module', async () => {
    const own = await options('modules')
    expect(plainTable(await takeSnapshot(own, soon()), own)).toMatchInlineSnapshot(`
      "HEALTH       IN/s   OUT/s  COMPONENT                                                  SAYS
      healthy         -       -  foreach.each                                               started foreach
      healthy         9       9  foreach.each/foreach_19105_1/prometheus.remote_write.each  started component
      healthy         0       9  foreach.each/foreach_19105_1/prometheus.scrape.each        started component
      healthy         -       -  foreach.each/foreach_19106_1/prometheus.remote_write.each  started component
      healthy         -       -  foreach.each/foreach_19106_1/prometheus.scrape.each        started component
      healthy         -       -  lib.sender.one                                             started custom component
      healthy         9      18  lib.sender.one/prometheus.remote_write.inner               started component
      healthy         0       9  lib.sender.one/prometheus.scrape.inner                     started component
      healthy         -       -  outer.three                                                started custom component
      healthy         -       -  outer.three/nested.n                                       started custom component
      healthy         0       9  outer.three/nested.n/prometheus.remote_write.deep          started component
      healthy         0       9  prometheus.scrape.top                                      started component
      healthy         -       -  text.adder.two                                             started custom component
      "
    `)
  })

  it('shows rates and what components say', async () => {
    const own = await options('broken', { filter: '!syslog' })
    expect(plainTable(await takeSnapshot(own, soon()), own)).toMatchInlineSnapshot(`
      "HEALTH       IN/s   OUT/s  COMPONENT               SAYS
      healthy         -       -  discovery.http.refused  started component
      unhealthy       -       -  local.file.gone         failed to read file: open /var/demo/gone.txt: no such file or directory
      healthy         0     8.5  prometheus.scrape.uses  component evaluated
      healthy         -       -  remote.http.later       polled endpoint
      "
    `)
  })

  it('never cuts an id, and shows what a terminal would obey', () => {
    const id = `prometheus.scrape.${'x'.repeat(500)}`
    const [first] = recordedState('metrics').data.components
    const health = { ...first!.health, message: 'ä\u001b[2J\nx' }
    const components = [{ ...first!, id, health }]
    const snapshot: Snapshot = { kind: 'alloy', components, flow: new Map(), rateError: 'no\u0007' }
    const lines = plainTable(snapshot, plain('http://x')).split('\n')
    expect(lines[1]).toContain(`  ${id}  ä^[[2J x`)
    expect(lines[2]).toBe('no rates: no^G')
    expect(plainTable(snapshot, plain('http://x', { isAscii: true }))).toContain('?^[[2J x')
  })
})

describe('JSON without a terminal', () => {
  it('is one line', async () => {
    const own = await options('metrics', { filter: 'scrape.self' })
    const line = jsonLine(await takeSnapshot(own, soon()), own, 5)
    expect(line.indexOf('\n')).toBe(line.length - 1)
    expect(JSON.parse(line)).toEqual({
      version: 1,
      atMs: 5,
      url: own.url,
      server: 'alloy',
      rateError: '',
      components: [
        {
          id: 'prometheus.scrape.self',
          name: 'prometheus.scrape',
          moduleId: '',
          health: { state: 'healthy', message: 'started component', updatedMs: expect.any(Number) },
          inPerSecond: 0,
          outPerSecond: 267,
          targets: 0,
        },
      ],
    })
  })

  it('goes on when the collector is gone', async () => {
    const port = await freePort()
    const first = await replayAlloy('metrics', { port })
    const abort = new AbortController()
    const lines: { error?: string; components?: unknown[] }[] = []
    await streamJson(
      plain(first.origin, { windowSeconds: 0.01 }),
      (line) => {
        lines.push(JSON.parse(line))
        if (lines.length === 1) void first.close()
        if (lines.at(-1)!.error !== undefined) abort.abort()
      },
      abort.signal,
    )
    expect(lines[0]!.components).toHaveLength(8)
    expect(lines.at(-1)!.error).toMatch(/ECONNREFUSED|closed|socket/)
  })
})
