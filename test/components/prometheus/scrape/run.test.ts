// What prometheus.scrape sends.

import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accepted, Refused } from '../../../../src/model/receiver.ts'
import { harness } from './harness.ts'

describe('prometheus.scrape', () => {
  it('scrapes once an interval, the first time within one', async () => {
    const { start, pages, sink, clock, requests } = await harness()
    let count = 0
    pages.set('/a', () => `counted ${++count}\n`)
    await start(['/a'])
    expect(sink.rows).toEqual({ 'counted instance=a': 1, 'up instance=a': 1 })
    const [first] = sink.batches[0]!
    await clock.advance(10_000)
    expect(sink.rows['counted instance=a']).toBe(2)
    expect(sink.batches[1]![0]!.time - first!.time).toBe(10_000)
    expect(requests[0]).toMatchObject({
      accept:
        'application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=underscores;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      'accept-encoding': 'gzip',
      'x-prometheus-scrape-timeout-seconds': '10',
    })
  })

  it('marks series stale that a page no longer has, and all when a scrape fails', async () => {
    const { start, pages, sink, clock } = await harness()
    pages.set('/a', () => 'one 1\ntwo 2\n')
    await start(['/a'])
    pages.set('/a', () => 'one 1\n')
    await clock.advance(10_000)
    expect(sink.rows).toEqual({
      'one instance=a': 1,
      'two instance=a': 'stale',
      'up instance=a': 1,
    })
    pages.set('/a', () => 'one 1\nbroken {\n')
    await clock.advance(10_000)
    expect(sink.rows).toEqual({ 'one instance=a': 'stale', 'up instance=a': 0 })
    pages.set('/a', () => 'one 3\n')
    await clock.advance(10_000)
    expect(sink.rows).toEqual({ 'one instance=a': 3, 'up instance=a': 1 })
    expect(sink.value('scrape_series_added instance=a')).toBe(0)
  })

  it('keeps the markers where the columns grow behind them', async () => {
    const { start, pages, sink, clock } = await harness()
    const page = (name: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${name}{i="${i}"} 1\n`).join('')
    pages.set('/a', () => page('before', 250))
    await start(['/a'])
    pages.set('/a', () => page('after', 5))
    await clock.advance(10_000)
    expect(sink.batches.at(-1)!.filter(({ value }) => value === 'stale').length).toBe(250)
  })

  it('goes on when the wall clock is set back', async () => {
    const { start, pages, sink, clock } = await harness()
    pages.set('/a', () => 'one 1\n')
    await start(['/a'])
    clock.setBack(3_600_000)
    await clock.advance(30_000)
    expect(sink.batches.length).toBeGreaterThanOrEqual(3)
    expect(sink.batches.at(-1)![0]!.time).toBeLessThanOrEqual(clock.now())
  })

  it('fails a scrape beyond sample_limit as a whole, and counts what was there', async () => {
    const { start, pages, sink, seen } = await harness('sample_limit = 2')
    pages.set('/a', () => 'one 1\ntwo 2\nthree 3\n')
    await start(['/a'])
    expect(sink.rows).toEqual({ 'up instance=a': 0 })
    expect(sink.value('scrape_samples_scraped instance=a')).toBe(3)
    expect(seen.values.get('exceededSampleLimit')).toBe(1)
  })

  it('reports -1 for a body beyond body_size_limit', async () => {
    const { start, pages, sink } = await harness('body_size_limit = "1KiB"\nextra_metrics = true')
    pages.set('/a', () => `${'# '.padEnd(1023, 'x')}\n`)
    await start(['/a'])
    expect(sink.value('scrape_body_size_bytes instance=a')).toBe(-1)
    expect(sink.value('scrape_timeout_seconds instance=a')).toBe(10)
  })

  it('ends the series of a target that left after two intervals and a tenth', async () => {
    const { start, update, args, pages, sink, clock } = await harness()
    pages.set('/a', () => 'one 1\n')
    pages.set('/b', () => 'one 2\n')
    await start(['/a', '/b'])
    await update(args(['/b']))
    const stale = () => sink.batches.flat().filter(({ value }) => value === 'stale')
    await clock.advance(10_000)
    expect(stale()).toEqual([])
    await clock.advance(15_000)
    expect(stale().map(({ series }) => series)).toContain('one instance=a')
    expect(stale().map(({ series }) => series)).toContain('up instance=a')
    expect(stale().filter(({ series }) => series.includes('instance=b'))).toEqual([])
  })

  it('ends no series that a successor goes on with', async () => {
    const { start, update, args, pages, sink, clock } = await harness()
    pages.set('/a', () => 'one 1\n')
    await start(['/a'])
    await update(args(['/a'], 'honor_labels = true'))
    await clock.advance(60_000)
    expect(sink.batches.flat().filter(({ value }) => value === 'stale')).toEqual([])
    expect(sink.rows['one instance=a']).toBe(1)
  })

  it('names its series while it ends them after a page that grew beyond sample_limit', async () => {
    const { start, pages, sink, clock, pool } = await harness('sample_limit = 12000')
    const lines = (name: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${name}{i="${i}"} 1\n`).join('')
    pages.set('/a', () => lines('x', 11_000))
    const batches = async (count: number) => {
      while (sink.batches.length < count) await new Promise((resolve) => setImmediate(resolve))
    }
    await start(['/a'])
    await batches(1)
    pages.set('/a', () => lines('y', 25_000))
    let isSweeping = true
    const sweep = () => {
      if (!isSweeping) return
      while (pool.sweep(clock.monotonic()));
      setImmediate(sweep)
    }
    sweep()
    await clock.advance(10_000)
    await batches(2)
    isSweeping = false
    expect(sink.batches.at(-1)?.filter(({ value }) => value === 'stale')).toHaveLength(11_000)
  })

  it('ends its series at once when the component is removed, and not at shutdown', async () => {
    for (const why of ['removed', 'shutdown'] as const) {
      const { start, stop, pages, sink } = await harness()
      pages.set('/a', () => 'one 1\n')
      await start(['/a'])
      await stop(why)
      const stale = sink.batches.flat().filter(({ value }) => value === 'stale')
      expect(stale.map(({ series }) => series).includes('one instance=a')).toBe(why === 'removed')
    }
  })

  it.each(['leaves', 'removed'] as const)(
    'gives receivers that work in slices the time to take its markers: %s',
    async (why) => {
      const { start, stop, update, args, pages, sink, clock, seen } = await harness()
      pages.set('/a', () => 'one 1\n')
      let taken = 0
      sink.answer = async ({ signal }) => {
        await new Promise((resolve) => setImmediate(resolve))
        if (signal.aborted) throw new Refused('not done in time', { permanent: false })
        taken++
        return accepted
      }
      await start(['/a'])
      expect(taken).toBe(1)
      if (why === 'removed') await stop('removed')
      else await update(args([]))
      await clock.advance(30_000)
      expect(sink.batches.at(-1)?.[0]).toMatchObject({ series: 'one instance=a', value: 'stale' })
      expect(taken).toBe(2)
      expect(seen.values.get('dropped{refused}') ?? 0).toBe(0)
    },
  )

  it('ends what a successor exposes though the one before had not exposed it last', async () => {
    const { start, stop, update, args, pages, sink, clock } = await harness()
    const markers = () =>
      sink.batches.flat().filter(({ series, value }) => /^one /.test(series) && value === 'stale')
    pages.set('/a', () => 'one 1\n')
    await start(['/a'])
    pages.set('/a', () => 'broken broken\n')
    await clock.advance(10_000)
    expect(markers()).toHaveLength(1)
    pages.set('/a', () => 'one 1\n')
    await update({ ...args(['/a']), honor_labels: true })
    await clock.advance(10_000)
    expect(sink.value('one instance=a')).toBe(1)
    await stop('removed')
    expect(markers()).toHaveLength(2)
  })

  it('does not wait long for receivers that do not take its markers', async () => {
    const { start, stop, pages, sink, clock } = await harness()
    pages.set('/a', () => 'one 1\n')
    await start(['/a'])
    sink.answer = () => {
      throw new Refused('not now', { permanent: false })
    }
    let hasEnded = false
    const ended = stop('removed').then(() => {
      hasEnded = true
    })
    await clock.advance(4000)
    expect(hasEnded).toBe(false)
    await clock.advance(2000)
    await ended
  })

  it('goes on with the same phase when only the interval changes', async () => {
    const { start, update, args, pages, sink, clock } = await harness()
    pages.set('/a', () => 'one 1\n')
    await start(['/a'])
    await update({ ...args(['/a']), scrape_interval: 20_000 })
    await clock.advance(20_000)
    expect(sink.batches.flat().filter(({ value }) => value === 'stale')).toEqual([])
    expect(sink.value('scrape_series_added instance=a')).toBe(0)
  })

  it('waits for a hanging receiver no longer than until the next scrape', async () => {
    const { start, pages, sink, clock, seen } = await harness()
    let count = 0
    pages.set('/a', () => `counted ${++count}\n`)
    sink.answer = ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () =>
          reject(new Refused('too late', { permanent: false })),
        )
      })
    await start(['/a'])
    await clock.advance(40_000)
    expect(count).toBeGreaterThanOrEqual(4)
    expect(seen.values.get('dropped{refused}')).toBeGreaterThan(0)
  })

  it('takes fresh columns when a receiver may still read the old ones', async () => {
    const { start, pages, sink, clock } = await harness()
    pages.set('/a', () => 'one 1\n')
    sink.answer = () => new Promise(() => {})
    await start(['/a'])
    await clock.advance(25_000)
    const [stuck] = sink.last
    const before = Buffer.from(stuck!.values.buffer).toString('hex')
    pages.set('/a', () => 'one 2\n')
    sink.answer = () => accepted
    await clock.advance(30_000)
    expect(Buffer.from(stuck!.values.buffer).toString('hex')).toBe(before)
  })

  it('logs failed scrapes to a file', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'alloyts-')), 'failures.log')
    const { start, stop, pages, update, args, clock } = await harness()
    pages.set('/a', () => 'one 1\n')
    await start(['/a'])
    await update({ ...args(['/a']), scrape_failure_log_file: path })
    pages.set('/a', () => 'one true\n')
    await clock.advance(10_000)
    await stop('shutdown')
    const [line, ...rest] = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(rest).toEqual([])
    expect(JSON.parse(line!)).toEqual({
      time: expect.stringMatching(/^2023-11-1/),
      level: 'ERROR',
      msg: 'strconv.ParseFloat: parsing "true": invalid syntax while parsing: "one true"',
      job_name: 'prometheus.scrape.test',
      target: 'http://alloy.internal:12345/a',
    })
  })

  it('shows its targets', async () => {
    const { start, pages, debugInfo, targets } = await harness()
    pages.set('/a', () => ({ status: 500, headers: {}, body: new Uint8Array() }))
    await start(['/a'], ', "job" = "of the target"')
    const [block] = debugInfo()
    expect(block).toMatchObject({ kind: 'block', name: 'target' })
    const body = block?.kind === 'block' ? [...block.body] : []
    const shown = Object.fromEntries(
      body.map((statement) => [
        statement.name,
        statement.kind === 'attribute' ? statement.value : '',
      ]),
    )
    expect(shown).toMatchObject({
      job: 'prometheus.scrape.test',
      url: 'http://alloy.internal:12345/a',
      health: 'down',
      last_error: 'server returned HTTP status 500 Internal Server Error',
    })
    const lastError = 'server returned HTTP status 500 Internal Server Error'
    expect(targets()).toMatchObject([
      {
        job: 'prometheus.scrape.test',
        url: 'http://alloy.internal:12345/a',
        labels: ['instance', 'a', 'job', 'of the target'],
        status: { health: 'down', lastError },
      },
    ])
  })

  it('sends an exemplar once', async () => {
    const { start, pages, sink, clock } = await harness()
    const page = '# TYPE x counter\nx_total 1 # {trace="t"} 0.5\n# EOF\n'
    pages.set('/a', () => ({
      status: 200,
      headers: { 'content-type': 'application/openmetrics-text; version=1.0.0' },
      body: Buffer.from(page),
    }))
    await start(['/a'])
    await clock.advance(10_000)
    expect(sink.last.map(({ exemplars }) => exemplars?.length ?? 0)).toEqual([1, 0])
    expect(sink.last[0]?.exemplars?.[0]).toMatchObject({ labels: [['trace', 't']], value: 0.5 })
    expect(sink.last[0]?.metadata).toEqual([{ family: 'x', type: 'counter', unit: '', help: '' }])
  })
})
