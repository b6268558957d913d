// What a writer does while an endpoint fails.

import { describe, expect, it } from 'vitest'

import { endpoint, harness, origin, pause } from './harness.ts'

describe('an endpoint that fails', () => {
  it('is asked again after 30 ms, doubling, and says how often', async () => {
    const { push, clock, at, answers, logger } = harness(endpoint('/a'))
    answers.set('/a', () => 503)
    push({ up: 1 })
    await clock.advance(1000)
    await clock.advance(10_000)
    const times = at('/a').map(({ at }) => at - 1000)
    expect(times.slice(0, 9)).toEqual([0, 30, 90, 210, 450, 930, 1890, 3810, 5810])
    expect(
      at('/a')
        .map(({ headers }) => headers['retry-attempt'])
        .slice(0, 3),
    ).toEqual([undefined, '1', '2'])
    answers.set('/a', () => 204)
    await clock.advance(2000)
    expect(logger.lines[0]).toMatch(
      /^warn Failed to send batch, retrying .*err=server returned HTTP status 503 Service Unavailable: because$/,
    )
    expect(at('/a').at(-1)).toMatchObject({ answer: 204, samples: ['up 1'] })
  })

  it.each([
    ['seconds', '3', 3000],
    ['no time at all', '-1', 30],
    ['a date that is over', 'Wed, 21 Oct 2015 07:28:00 GMT', 30],
    ['a date', new Date(Date.UTC(2023, 10, 14, 22, 13, 26)).toUTCString(), 5000],
  ])('is left alone as long as it asks: %s', async (_, header, waitMs) => {
    const { push, clock, at, answers } = harness(endpoint('/a'))
    answers.set('/a', () => ({ status: 429, headers: { 'retry-after': header } }))
    push({ up: 1 })
    await clock.advance(1000)
    answers.set('/a', () => 204)
    await clock.advance(6000)
    expect(at('/a').map(({ at }) => at)).toEqual([1000, 1000 + waitMs])
  })

  it.each([400, 404, 429])('drops what it refuses with %i, counts and logs it', async (status) => {
    const text = endpoint('/a', 'retry_on_http_429 = false', 'name = "a"')
    const { push, clock, at, answers, metric, logger } = harness(text)
    answers.set('/a', () => status)
    push({ up: 1, down: 2 })
    await clock.advance(pause)
    answers.set('/a', () => 204)
    push({ up: 3 })
    await clock.advance(pause)
    expect(at('/a').map(({ samples }) => samples.length)).toEqual([2, 1])
    expect(metric(`samplesFailed{a,${origin}/a}`)).toBe(2)
    expect(metric(`samples{a,${origin}/a}`)).toBe(3)
    expect(logger.lines[0]).toMatch(/^error non-recoverable error .*count=2 exemplarCount=0/)
  })

  it('says how old the oldest sample is that one of its endpoints has not taken', async () => {
    const { push, clock, answers, writer } = harness(`${endpoint('/a')}\n${endpoint('/b')}`)
    answers.set('/b', () => 500)
    push({ up: 1 })
    await clock.advance(pause)
    push({ up: 2 })
    const { lagSeconds = 0, isDelivering } = writer.delivery()
    expect(isDelivering).toBe(false)
    expect(lagSeconds).toBeGreaterThanOrEqual((pause - 1) / 1000)
    answers.set('/b', () => 204)
    await clock.advance(2 * pause)
    expect(writer.delivery()).toEqual({ isDelivering: true, message: '', lagSeconds: 0 })
  })

  it.each([301, 302, 303])('never loses samples to a redirect with %i', async (status) => {
    const { push, clock, at, answers, logger, writer } = harness(endpoint('/a'))
    answers.set('/a', () => ({ status, headers: { location: `${origin}/b` } }))
    push({ up: 1 })
    await clock.advance(pause)
    expect(at('/b')).toEqual([])
    expect(logger.lines.join()).toMatch('correct `url`')
    expect(writer.delivery().isDelivering).toBe(false)
    answers.set('/a', () => 204)
    await clock.advance(3000)
    expect(at('/a').at(-1)).toMatchObject({ answer: 204, samples: ['up 1'] })
    expect(writer.delivery()).toEqual({ isDelivering: true, message: '', lagSeconds: 0 })
  })

  it.each([307, 308])('is followed with the samples by a %i', async (status) => {
    const { push, clock, at, answers } = harness(endpoint('/a'))
    answers.set('/a', () => ({ status, headers: { location: `${origin}/b` } }))
    push({ up: 1 })
    await clock.advance(pause)
    expect(at('/b')).toMatchObject([{ samples: ['up 1'] }])
  })

  it('delays no other endpoint, and its own samples are not lost', async () => {
    const text = `${endpoint('/slow', 'capacity = 4\nmax_samples_per_send = 2')}\n${endpoint('/a')}`
    const { push, clock, at, answers, accepted } = harness(text)
    answers.set('/slow', () => 'hang')
    for (let i = 0; i < 50; i++) push({ up: i })
    await clock.advance(pause)
    expect(accepted('/a')).toHaveLength(50)
    expect(at('/slow')).toHaveLength(1)
  })

  it('loses samples that grow too old', async () => {
    const text = endpoint('/a', 'sample_age_limit = "5s"', 'name = "a"')
    const { push, clock, at, answers, metric } = harness(text)
    answers.set('/a', () => 503)
    push({ up: 1 })
    await clock.advance(3000)
    push({ up: 2 }, { times: clock.now() })
    await clock.advance(4000)
    answers.set('/a', () => 204)
    await clock.advance(3000)
    expect(
      at('/a')
        .filter(({ answer }) => answer === 204)
        .map(({ samples }) => samples),
    ).toEqual([['up 2']])
    expect(metric(`samplesDropped{a,${origin}/a,too_old}`)).toBe(1)
  })

  it('loses the oldest samples when the log is full, and never mixes up series', async () => {
    const text = endpoint('/a', 'max_samples_per_send = 500\ncapacity = 1000', 'name = "a"')
    const { push, pool, clock, at, answers, metric, logger } = harness(text, {
      remoteWriteMemoryBytes: 2 * 21 * 4096,
    })
    answers.set('/a', () => 503)
    const rows = 1000
    for (let n = 0; n < 30; n++) {
      push(
        Object.fromEntries(
          Array.from({ length: rows }, (_, i) => [`s${n * rows + i}`, n * rows + i]),
        ),
      )
      await clock.advance(200)
      while (pool.sweep());
    }
    answers.set('/a', () => 204)
    for (let i = 0; i < 30; i++) await clock.advance(200)
    const samples = at('/a')
      .filter(({ answer }) => answer === 204)
      .flatMap(({ samples }) => samples)
    for (const sample of samples) {
      const [series, value] = sample.split(' ')
      expect(series).toBe(`s${value}`)
    }
    const dropped = metric(`samplesDropped{a,${origin}/a,memory_limit}`) ?? 0
    expect(samples.length + dropped).toBe(30 * rows)
    expect(dropped).toBeGreaterThan(15_000)
    expect(new Set(samples).size).toBe(samples.length)
    expect(logger.lines.some((line) => line.startsWith('error the log is full'))).toBe(true)
  })

  it('counts the label sets that only its samples keep towards the limit', async () => {
    const text = endpoint('/a', 'max_samples_per_send = 500\ncapacity = 1000', 'name = "a"')
    const limit = 40 * 21 * 4096
    const { push, pool, clock, at, answers, metric } = harness(text, {
      remoteWriteMemoryBytes: limit,
    })
    answers.set('/a', () => 503)
    const long = 'x'.repeat(200)
    for (let n = 0; n < 60; n++) {
      push(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${long}${n}_${i}`, 1])))
      await clock.advance(10_000)
      while (pool.sweep(clock.monotonic()));
    }
    // Its 30,000 rows are a fifth of what the limit allows.
    const labels = metric('labelsMemory') ?? 0
    const dropped = metric(`samplesDropped{a,${origin}/a,memory_limit}`) ?? 0
    expect(metric('memoryLimit')).toBe(limit)
    expect(labels).toBeGreaterThan(limit / 4)
    expect(labels + (metric('rowsMemory') ?? 0)).toBeLessThanOrEqual(limit)
    expect(dropped).toBeGreaterThan(5000)
    answers.set('/a', () => 204)
    await clock.advance(30_000)
    const sent = at('/a').filter(({ answer }) => answer === 204)
    expect(sent.flatMap(({ samples }) => samples).length + dropped).toBe(30_000)
    expect(metric('labelsMemory')).toBe(0)
  })
})
