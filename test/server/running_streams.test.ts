import { describe, expect, it } from 'vitest'
import type { DebugLine, GraphRates, Info } from '../../src/client/api.ts'
import { openStream, startProgram } from '../support/running_program.ts'

const api = '/api/v0/web'

const scrape = `
  prometheus.scrape "self" {
    targets         = prometheus.exporter.self.self.targets
    forward_to      = [prometheus.relabel.some.receiver, inside.one.receiver]
    scrape_interval = "200ms"
    scrape_timeout  = "200ms"
  }
`

const rest = `
  prometheus.exporter.self "self" { }
  prometheus.relabel "some" {
    forward_to = [prometheus.echo.end.receiver]
    rule {
      source_labels = ["__name__"]
      regex         = "up|scrape_.*"
      action        = "keep"
    }
    rule {
      target_label = "token"
      replacement  = "hunter2-hunter2"
    }
  }
  prometheus.echo "end" { }
  prometheus.remote_write "secret" {
    endpoint {
      url          = "http://127.0.0.1:1/"
      bearer_token = "hunter2-hunter2"
    }
  }
  declare "inside" {
    prometheus.echo "end" { }
    export "receiver" { value = prometheus.echo.end.receiver }
  }
  inside "one" { }
`

const enabled = `livedebugging { enabled = true }\n${rest}`

const disabled =
  'the live debugging service is disabled. Check the documentation to find out how to enable it'

describe('a running engine that is watched', () => {
  it('shows what components send, take, change and publish, but no secret', async () => {
    const { url } = await startProgram(enabled + scrape)
    const first = async (id: string) => {
      const stream = await openStream(`${url}${api}/debug/${id}`)
      const text = await stream.until((each) => each.includes('|;|'))
      stream.close()
      return text
    }
    const [sent, relabeled, taken, inside, published] = await Promise.all([
      first('prometheus.scrape.self'),
      first('prometheus.relabel.some'),
      first('prometheus.echo.end'),
      first('inside.one/prometheus.echo.end'),
      first('prometheus.exporter.self.self'),
    ])
    const sample =
      /^sample: ts=\d{13}, labels=\{__name__="alloy_.*job="integrations\/self".*\}, value=\d+\.\d{6}$/
    expect(sent.split('|;|')[0]).toMatch(sample)
    expect(inside.split('|;|')[0]).toMatch(sample)
    expect(relabeled).toMatch(/^\{__name__="alloy_.*?\} => \{\}\|;\|/)
    expect(taken).toMatch(/^sample: .*__name__="up".* token="\(secret\)"\}, value=1\.000000\|;\|/)
    expect(published).toMatch(/^\[\{"__address__"="alloy.internal:12345", .*"\}\]\|;\|$/)
    expect(sent + relabeled + taken + inside + published).not.toContain('hunter2')
  })

  it('is watched on when a component leaves and one of its name comes', async () => {
    const { url, reload } = await startProgram(enabled + scrape)
    const debug = await openStream(`${url}${api}/debug/prometheus.scrape.self?format=ndjson`)
    const graph = await openStream(`${url}/api/alloyts/v1/graph?window=1`)
    const lineOf = (text: string) => JSON.parse(text.slice(0, text.indexOf('\n')))
    const isLine = (text: string) => text.includes('\n')
    const line: DebugLine = lineOf(await debug.until(isLine))
    expect(line.text).toMatch(/^sample: /)
    await reload(enabled)
    await reload(enabled + scrape.replace('inside.one.receiver', 'prometheus.echo.end.receiver'))
    const later = await debug.until((text) => text.includes('"sample: '))
    expect(later).toContain('"sample: ')
    const isThere = (text: string) =>
      /"from":"prometheus.scrape.self","to":"prometheus.echo.end",.*"rate":[1-9].*\n$/.test(text)
    const rates = (await graph.until(isThere)).trimEnd().split('\n')
    const { edges }: GraphRates = JSON.parse(rates.at(-1) ?? '')
    expect(edges.map(({ from, to }) => [from, to])).toContainEqual([
      'prometheus.exporter.self.self',
      'prometheus.scrape.self',
    ])
  })

  it('ends what is watched when live debugging is disabled', async () => {
    const { url, reload } = await startProgram(enabled + scrape)
    const isEnabled = async () => {
      const info = (await (await fetch(`${url}/api/alloyts/v1/info`)).json()) as Info
      return info.liveDebugging.enabled
    }
    expect(await isEnabled()).toBe(true)
    const stream = await openStream(`${url}${api}/debug/prometheus.echo.end`)
    await stream.until((text) => text.includes('|;|'))
    await reload(rest + scrape)
    const last = await stream.until(() => false)
    expect(last.endsWith(`${disabled}|;|`)).toBe(true)
    expect(await isEnabled()).toBe(false)
    const refused = await fetch(`${url}${api}/debug/prometheus.echo.end`)
    expect([refused.status, await refused.text()]).toEqual([500, `${disabled}\n`])
    const graph = await openStream(`${url}${api}/graph?window=1`)
    expect(await graph.until((text) => text.includes('scrape.self'))).toContain('|;|')
  })
})
