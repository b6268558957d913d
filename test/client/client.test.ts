import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GraphRates } from '../../src/client/api.ts'
import { AlloyClient } from '../../src/client/client.ts'
import { ClientError } from '../../src/client/client_error.ts'
import { throughputs } from '../../src/client/graph_rates.ts'
import { basicAuth, bearerAuth } from '../../src/client/requester.ts'
import { freePort, serve } from '../support/http_server.ts'
import { recordingOf, replayAlloy } from '../support/replayed_alloy.ts'

async function failureOf(promise: Promise<unknown>): Promise<ClientError> {
  const error = await promise.then(
    () => expect.unreachable('should fail'),
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(ClientError)
  return error as ClientError
}

async function listed<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

describe('a client of Go Alloy', () => {
  it('knows it by the page that it answers', async () => {
    const { origin } = await replayAlloy('metrics')
    expect(await new AlloyClient({ baseUrl: origin }).server()).toEqual({ kind: 'alloy' })
  })

  it('knows it below a prefix', async () => {
    const { origin } = await replayAlloy('metrics', { prefix: '/alloy/' })
    const client = new AlloyClient({ baseUrl: `${origin}/alloy` })
    expect((await client.server()).kind).toBe('alloy')
    expect(await client.components()).toHaveLength(8)
  })

  it('lists the components of all modules, each after what made it', async () => {
    const { origin } = await replayAlloy('modules')
    const components = await new AlloyClient({ baseUrl: origin }).components()
    expect(components.map(({ id }) => id)).toMatchInlineSnapshot(`
      [
        "foreach.each",
        "foreach.each/foreach_19105_1/prometheus.remote_write.each",
        "foreach.each/foreach_19105_1/prometheus.scrape.each",
        "foreach.each/foreach_19106_1/prometheus.remote_write.each",
        "foreach.each/foreach_19106_1/prometheus.scrape.each",
        "lib.sender.one",
        "lib.sender.one/prometheus.remote_write.inner",
        "lib.sender.one/prometheus.scrape.inner",
        "outer.three",
        "outer.three/nested.n",
        "outer.three/nested.n/prometheus.remote_write.deep",
        "prometheus.scrape.top",
        "text.adder.two",
      ]
    `)
  })

  it('gives global ids everywhere', async () => {
    const { origin } = await replayAlloy('modules')
    const client = new AlloyClient({ baseUrl: origin })
    const id = 'lib.sender.one/prometheus.scrape.inner'
    expect(await client.component(id)).toMatchObject({
      id,
      moduleId: 'lib.sender.one',
      dataFlowTo: ['lib.sender.one/prometheus.remote_write.inner'],
      supportsLiveDebugging: true,
    })
  })

  it('gathers targets from debug info', async () => {
    const { origin } = await replayAlloy('metrics')
    const page = await new AlloyClient({ baseUrl: origin }).targets({ state: 'down' })
    expect(page.counts).toMatchInlineSnapshot(`
      {
        "down": 1,
        "unknown": 0,
        "up": 4,
      }
    `)
  })

  it('reads peers', async () => {
    const { origin } = await replayAlloy('metrics')
    expect(await new AlloyClient({ baseUrl: origin }).peers()).toEqual([
      { name: 'demo-host', addr: '127.0.0.1:12401', isSelf: true, state: 'participant' },
    ])
  })

  it('makes figures of its metrics', async () => {
    const { origin } = await replayAlloy('metrics')
    const { series } = await new AlloyClient({ baseUrl: origin }).meta(60)
    expect(series.active_series?.[0]).toBeGreaterThan(0)
  })

  it('says what a reload answered', async () => {
    const { origin } = await replayAlloy('metrics')
    expect(await new AlloyClient({ baseUrl: origin }).reload()).toBe('config reloaded')
  })
})

describe('streams', () => {
  async function rates(cuts: readonly number[]): Promise<GraphRates[]> {
    const { origin } = await replayAlloy('metrics', { cuts, endsStreams: true })
    const client = new AlloyClient({ baseUrl: origin })
    const components = new Map((await client.components()).map((each) => [each.id, each]))
    const signal = AbortSignal.timeout(10_000)
    return listed(client.graph({ windowSeconds: 2, components, signal }))
  }

  it('give rates over edges', async () => {
    const [first] = await rates([5000])
    expect(first!.edges).toMatchInlineSnapshot(`
      [
        {
          "from": "prometheus.remote_write.sink",
          "rate": 28,
          "to": "",
          "type": "prometheus_metric",
        },
        {
          "from": "prometheus.scrape.static",
          "rate": 20.5,
          "to": "prometheus.remote_write.sink",
          "type": "prometheus_metric",
        },
        {
          "from": "prometheus.relabel.keep",
          "rate": 7.5,
          "to": "prometheus.remote_write.sink",
          "type": "prometheus_metric",
        },
        {
          "from": "prometheus.scrape.self",
          "rate": 267,
          "to": "prometheus.relabel.keep",
          "type": "prometheus_metric",
        },
        {
          "from": "prometheus.scrape.node",
          "rate": 43.5,
          "to": "prometheus.relabel.keep",
          "type": "prometheus_metric",
        },
      ]
    `)
    const through = throughputs(first!.edges)
    expect(through.get('prometheus.remote_write.sink')).toEqual({ in: 28, out: 28, targets: 0 })
  })

  it('are the same wherever they are cut', async () => {
    const whole = (await rates([5000])).map(({ edges }) => edges)
    const cutList = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(cutList, async (cuts) => {
        expect((await rates(cuts)).map(({ edges }) => edges)).toEqual(whole)
      }),
      { numRuns: 10 },
    )
  })

  it('give the records of live debugging, delimiters in log lines and all', async () => {
    const { origin } = await replayAlloy('logs', { cuts: [1, 2, 3, 50], endsStreams: true })
    const signal = AbortSignal.timeout(10_000)
    const component = 'loki.process.app'
    const records = await listed(new AlloyClient({ baseUrl: origin }).debug({ component, signal }))
    const recorded = recordingOf('logs').streams['/api/v0/web/debug/loki.process.app']!
    expect(records.join('|;|')).toBe(recorded.replace(/\|;\|$/, ''))
    expect(records.some((record) => record.includes('|;|'))).toBe(true)
  })

  it('reject with what the collector says against it', async () => {
    const { origin } = await replayAlloy('metrics')
    const signal = AbortSignal.timeout(10_000)
    const records = new AlloyClient({ baseUrl: origin }).debug({ component: 'nope.x', signal })
    expect((await failureOf(listed(records))).message).toBe('status 500: component not found')
  })

  it('end with the reason of the signal', async () => {
    const { origin } = await replayAlloy('metrics')
    const abort = new AbortController()
    const stream = new AlloyClient({ baseUrl: origin }).debug({
      component: 'prometheus.scrape.self',
      signal: abort.signal,
    })
    await stream.next()
    const reason = new Error('enough')
    const rest = listed(stream)
    abort.abort(reason)
    await expect(rest).rejects.toBe(reason)
  })
})

describe('a client of alloyts', () => {
  const info = { alloyts: 1, version: '1.2.3', uiPathPrefix: '/' }

  it('asks its own API', async () => {
    const server = await serve(({ url }, response) => {
      if (url === '/api/alloyts/v1/info') response.end(JSON.stringify(info))
      else if (url === '/api/alloyts/v1/components') response.end('[]')
      else if (url === '/api/alloyts/v1/targets?component=a%2Fb&limit=5&state=up&q=x%20y') {
        response.end('{"total":0,"items":[],"counts":{"up":0,"down":0,"unknown":0}}')
      } else if (url.startsWith('/api/alloyts/v1/logs?'))
        response.end('{"message":"a"}\n{"message":"b"}\n')
      else response.writeHead(404).end('{"error":"no such path"}')
    })
    const client = new AlloyClient({ baseUrl: server.origin })
    expect(await client.server()).toEqual({ kind: 'alloyts', info })
    expect(await client.components()).toEqual([])
    const query = { component: 'a/b', limit: 5, state: 'up', text: 'x y' } as const
    expect((await client.targets(query)).total).toBe(0)
    const lines = await listed(client.logs({ tail: 10 }, { signal: AbortSignal.timeout(5000) }))
    expect(lines).toEqual([{ message: 'a' }, { message: 'b' }])
    expect((await failureOf(client.writers())).message).toBe('status 404: no such path')
  })
})

describe('live debugging of alloyts', () => {
  it('comes as lines of JSON, with what was missed and why it ends', async () => {
    const lines = [{ text: 'a|;|b' }, { missed: 5 }, { text: 'c' }, { ended: 'it is disabled' }]
    const server = await serve(({ url }, response) => {
      if (url.endsWith('/info')) response.end(JSON.stringify({ alloyts: 1 }))
      else if (url === '/api/v0/web/debug/m.x/a.b?sampleProb=0.5&format=ndjson') {
        response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      } else response.writeHead(404).end()
    })
    const missed: number[] = []
    const texts: string[] = []
    const records = new AlloyClient({ baseUrl: server.origin }).debug({
      component: 'm.x/a.b',
      probability: 0.5,
      signal: AbortSignal.timeout(5000),
      onMissed: (count) => missed.push(count),
    })
    const failure = failureOf(
      (async () => {
        for await (const text of records) texts.push(text)
      })(),
    )
    expect((await failure).message).toBe('it is disabled')
    expect({ texts, missed }).toEqual({ texts: ['a|;|b', 'c'], missed: [5] })
  })
})

describe('whatever goes wrong', () => {
  it('is unreachable where nothing listens, and found later', async () => {
    const port = await freePort()
    const client = new AlloyClient({ baseUrl: `http://127.0.0.1:${port}` })
    expect(await failureOf(client.server())).toMatchObject({ kind: 'unreachable' })
    await replayAlloy('metrics', { port })
    expect((await client.server()).kind).toBe('alloy')
  })

  it('is no collector where another program answers', async () => {
    const server = await serve((_, response) => response.end('hello'))
    const error = await failureOf(new AlloyClient({ baseUrl: server.origin }).server())
    expect(error).toMatchObject({ kind: 'shape' })
  })

  it('asks for credentials', async () => {
    const { origin } = await replayAlloy('metrics', { authorization: basicAuth('ü', 'p:w') })
    const refused = await failureOf(new AlloyClient({ baseUrl: origin }).server())
    expect(refused).toMatchObject({ kind: 'status', status: 401 })
    const authorization = basicAuth('ü', 'p:w')
    const client = new AlloyClient({ baseUrl: origin, authorization })
    expect((await client.server()).kind).toBe('alloy')
  })

  it('sends a bearer token', async () => {
    const server = await serve((_, response) => response.end('[]'))
    const client = new AlloyClient({ baseUrl: server.origin, authorization: bearerAuth('t') })
    await client.peers()
    expect(server.received[0]!.headers.authorization).toBe('Bearer t')
  })

  it('refuses an answer that is too long', async () => {
    const { origin } = await replayAlloy('metrics')
    const client = new AlloyClient({ baseUrl: origin })
    const error = await failureOf(client.component('prometheus.scrape.self', { bytesMax: 100 }))
    expect(error.kind).toBe('too_large')
  })

  it('fails with the text of a component that is not there', async () => {
    const { origin } = await replayAlloy('metrics')
    const error = await failureOf(new AlloyClient({ baseUrl: origin }).component('nope.x'))
    expect(error).toMatchObject({ kind: 'status', status: 404 })
  })

  it('gives up on an answer that does not come', async () => {
    const server = await serve(() => undefined)
    const { Requester } = await import('../../src/client/requester.ts')
    const requester = new Requester({ baseUrl: server.origin })
    const error = await failureOf(requester.text('/x', { timeoutMs: 50 }))
    expect(error.kind).toBe('timeout')
  })

  it('gives up on a stream that falls silent', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200).flushHeaders()
    })
    const { Requester } = await import('../../src/client/requester.ts')
    const requester = new Requester({ baseUrl: server.origin })
    const signal = AbortSignal.timeout(10_000)
    const error = await failureOf(listed(requester.stream('/x', { signal, idleMs: 50 })))
    expect(error.kind).toBe('timeout')
  })
})
