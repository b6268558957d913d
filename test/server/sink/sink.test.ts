import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import snappy from 'snappyjs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../../src/model/clock.ts'
import { Sink, type SinkOptions } from '../../../src/server/sink/sink.ts'
import { encodePlain } from '../../support/remote_write_proto.ts'

const headers = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' }

async function start(options: Partial<SinkOptions> = {}) {
  const clock = { ...systemClock, now: () => 5 }
  const opened = await Sink.open({ listenAddr: '127.0.0.1:0', seriesMax: 100, clock, ...options })
  onTestFinished(() => opened.sink.close())
  return { ...opened, url: `http://${opened.address}` }
}

function series(name: string, value: number, timestamp: number, labels = {}) {
  const all = { __name__: name, ...labels }
  return {
    labels: Object.entries(all).map(([name, value]) => ({ name, value })),
    samples: [{ value, timestamp }],
  }
}

async function push(url: string, timeseries: object[], changes: RequestInit = {}) {
  const body = new Uint8Array(snappy.compress(encodePlain({ timeseries })))
  const init = { method: 'POST', headers, body, ...changes }
  const response = await fetch(`${url}/api/v1/write`, init)
  return [response.status, await response.text()]
}

async function jsonOf(url: string): Promise<unknown> {
  return (await fetch(url)).json()
}

describe('the sink', () => {
  it('shows the newest value of every series', async () => {
    const { url } = await start()
    const up = (value: number, time: number) => series('up', value, time, { job: 'a' })
    expect(await push(url, [up(0, 1000), series('x', 2.5, 1000)])).toEqual([204, ''])
    await push(url, [up(1, 2000)])
    await push(url, [up(7, 1500)])
    expect(await jsonOf(`${url}/api/series`)).toMatchObject([
      { labels: { __name__: 'up', job: 'a' }, value: 1, time: 2000, samples: 3, isStale: false },
      { labels: { __name__: 'x' }, value: 2.5, time: 1000, samples: 1 },
    ])
    expect(await jsonOf(`${url}/api/totals`)).toMatchObject({
      series: 2,
      requests: 3,
      samples: 4,
      outOfOrder: 1,
    })
    const page = await (await fetch(url)).text()
    expect(page).toContain('up{job=&quot;a&quot;}')
  })

  it('finds series by a part of them', async () => {
    const { url } = await start()
    await push(url, [series('up', 1, 1), series('down', 1, 1), series('upper', 1, 1)])
    expect(await jsonOf(`${url}/api/series?match=up&limit=1`)).toHaveLength(1)
    expect(await jsonOf(`${url}/api/series?match=up`)).toHaveLength(2)
    expect(await (await fetch(`${url}/?q=up`)).text()).toContain('2 of 3 series')
  })

  it('shows what JSON and HTML cannot say as it is', async () => {
    const { url } = await start()
    await push(url, [series('nan', Number.NaN, 1), series('<b>', Number.POSITIVE_INFINITY, 1)])
    expect(await jsonOf(`${url}/api/series`)).toMatchObject([
      { value: 'NaN' },
      { value: 'Infinity' },
    ])
    expect(await (await fetch(url)).text()).not.toContain('<b>')
  })

  it('remembers as many series as it may, and counts what did not fit', async () => {
    const { url } = await start({ seriesMax: 2 })
    await push(url, [series('a', 1, 1), series('b', 1, 1), series('c', 1, 1)])
    await push(url, [series('a', 2, 2), series('d', 1, 2)])
    const totals = await jsonOf(`${url}/api/totals`)
    expect(totals).toMatchObject({ series: 2, samples: 5, overflowed: 2 })
  })

  it.each<[string, number, RequestInit]>([
    ['no snappy', 400, { body: 'text' }],
    ['no protobuf', 400, { body: new Uint8Array(snappy.compress(new Uint8Array([255, 255]))) }],
    ['another type', 415, { headers: { ...headers, 'content-type': 'text/plain' } }],
    ['another encoding', 415, { headers: { ...headers, 'content-encoding': 'gzip' } }],
    [
      'remote write 2',
      415,
      {
        headers: {
          ...headers,
          'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request',
        },
      },
    ],
  ])('refuses %s with %i', async (_, status, changes) => {
    const { url } = await start()
    expect((await push(url, [], changes))[0]).toBe(status)
    expect(await jsonOf(`${url}/api/totals`)).toMatchObject({ requests: 0, refused: 1 })
  })

  it('records what arrives', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'alloyts-sink-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    const record = join(dir, 'record.ndjson')
    const { url, sink } = await start({ record })
    await push(url, [series('up', 1, 1000)])
    await push(url, [series('up', Number.NaN, 2000)])
    await sink.close()
    const lines = readFileSync(record, 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        received: 5,
        series: [{ labels: { __name__: 'up' }, samples: [[1000, 1]] }],
        metadata: [],
      },
      {
        received: 5,
        series: [{ labels: { __name__: 'up' }, samples: [[2000, 'NaN']] }],
        metadata: [],
      },
    ])
  })

  it('fails where its address or its file cannot be had', async () => {
    const { address } = await start()
    await expect(start({ listenAddr: address })).rejects.toThrow('EADDRINUSE')
    await expect(start({ record: '/nowhere/file' })).rejects.toThrow('ENOENT')
  })
})
