// Writers whose configuration changes, and their end.

import { describe, expect, it } from 'vitest'
import type { RemoteWrite } from '../../../../src/components/prometheus/remote_write/run.ts'
import { Stopped } from '../../../../src/engine/component.ts'
import { Fanout } from '../../../../src/model/fanout.ts'
import { silentLogger } from '../../../../src/model/logger.ts'
import type { SampleBatch } from '../../../../src/model/samples.ts'
import type { SimulatedClock } from '../../../support/simulated_clock.ts'

import { endpoint, harness, origin, pause } from './harness.ts'

describe('a reload', () => {
  it('leaves endpoints alone that have not changed', async () => {
    const { push, clock, at, answers, update } = harness(endpoint('/a'))
    answers.set('/a', () => 'hang')
    push({ up: 1 })
    await clock.advance(pause)
    update(`${endpoint('/a')}\n${endpoint('/b')}`)
    push({ up: 2 })
    await clock.advance(8000)
    expect(at('/a')).toHaveLength(1)
    expect(at('/b').map(({ samples }) => samples)).toEqual([['up 2']])
  })

  it('goes on where the changed endpoint stopped, though its request hangs', async () => {
    const { push, clock, answers, update, accepted } = harness(endpoint('/a'))
    let hangs = true
    answers.set('/a', () => (hangs ? 'hang' : 204))
    push({ up: 1 })
    await clock.advance(pause)
    push({ up: 2 })
    hangs = false
    update(endpoint('/a', '', 'remote_timeout = "7s"'))
    push({ up: 3 })
    await clock.advance(7000)
    expect(accepted('/a')).toEqual([1, 2, 3])
  })

  it('sends nothing twice that was delivered', async () => {
    const queue = 'min_shards = 3\nmax_samples_per_send = 5'
    const { push, clock, answers, update, accepted } = harness(endpoint('/a', queue))
    let n = 0
    answers.set('/a', () => (n++ === 1 ? 'hang' : 204))
    for (let i = 0; i < 60; i++) push({ [`s${i % 6}`]: i })
    for (let i = 0; i < 20; i++) await clock.advance(10)
    expect(accepted('/a').length).toBeGreaterThan(20)
    update(endpoint('/a', queue, 'remote_timeout = "7s"'))
    update(endpoint('/a', queue, 'remote_timeout = "8s"'))
    for (let i = 60; i < 70; i++) push({ [`s${i % 6}`]: i })
    for (let i = 0; i < 40; i++) await clock.advance(500)
    expect(accepted('/a').sort((a, b) => a - b)).toEqual(Array.from({ length: 70 }, (_, i) => i))
  })

  it('sends nothing twice that is delivered during the reload', async () => {
    const { push, clock, answers, update, accepted } = harness(endpoint('/a'))
    let deliver = () => {}
    const answered = new Promise<204>((resolve) => {
      deliver = () => resolve(204)
    })
    answers.set('/a', () => answered)
    push({ up: 1 })
    await clock.advance(pause)
    update(endpoint('/a', '', 'remote_timeout = "7s"'))
    deliver()
    await clock.advance(7000)
    push({ up: 2 })
    await clock.advance(7000)
    expect(accepted('/a')).toEqual([1, 2])
  })

  it('delivers the backlog with corrected settings', async () => {
    const { push, clock, answers, update, accepted, metric } = harness(
      endpoint('/a', '', 'name = "x"'),
    )
    answers.set('/a', () => 503)
    push({ up: 1 })
    await clock.advance(5000)
    update(endpoint('/b', '', 'name = "x"'))
    await clock.advance(9000)
    expect(accepted('/b')).toEqual([1])
    expect(metric(`samples{x,${origin}/b}`)).toBe(1)
  })

  it('lets an endpoint that is removed send what it has', async () => {
    const { push, clock, update, accepted } = harness(`${endpoint('/a')}\n${endpoint('/b')}`)
    push({ up: 1 })
    update(endpoint('/b'))
    push({ up: 2 })
    await clock.advance(pause)
    expect([accepted('/a'), accepted('/b')]).toEqual([[1], [1, 2]])
  })

  it('refuses two endpoints alike, and keeps what was', async () => {
    const { push, clock, update, accepted } = harness(endpoint('/a'))
    const twice = 'duplicate remote write configs are not allowed, found duplicate for URL'
    expect(() => update(`${endpoint('/b')}\n${endpoint('/b')}`)).toThrow(twice)
    push({ up: 1 })
    await clock.advance(pause)
    expect(accepted('/a')).toEqual([1])
  })
})

describe('the end', () => {
  it('comes at once when there is nothing to send', async () => {
    const { push, clock, control, hasEnded, writer } = harness(endpoint('/a'))
    push({ up: 1 })
    await clock.advance(pause)
    control.abort(new Stopped('shutdown'))
    await clock.advance(0)
    expect(hasEnded()).toBe(true)
    const { signal } = new AbortController()
    const fanout = fanoutTo(writer, clock)
    expect(() => fanout.push(noRows, { signal })).toThrow('prometheus.remote_write.test has exited')
  })

  it('waits until a receiver takes what there is, up to a minute', async () => {
    const { push, clock, control, answers, accepted, hasEnded } = harness(endpoint('/a'))
    answers.set('/a', () => 503)
    push({ up: 1 })
    control.abort(new Stopped('shutdown'))
    await clock.advance(12_000)
    expect(hasEnded()).toBe(false)
    answers.set('/a', () => 204)
    await clock.advance(2000)
    expect(accepted('/a')).toEqual([1])
    expect(hasEnded()).toBe(true)
  })

  it('gives up after a minute, and says so', async () => {
    const { push, clock, control, answers, hasEnded, logger } = harness(endpoint('/a'))
    answers.set('/a', () => 'hang')
    push({ up: 1 })
    control.abort(new Stopped('shutdown'))
    await clock.advance(59_000)
    expect(hasEnded()).toBe(false)
    await clock.advance(1000)
    expect(hasEnded()).toBe(true)
    expect(logger.lines.at(-1)).toMatch(/^error Failed to flush all samples on shutdown .*count=1$/)
  })
})

const noRows: SampleBatch = {
  length: 0,
  series: new Uint32Array(0),
  kinds: new Uint8Array(0),
  times: 0,
  values: new Float64Array(0),
}

function fanoutTo(writer: RemoteWrite, clock: SimulatedClock): Fanout<SampleBatch> {
  const options = {
    id: 'source',
    clock,
    logger: silentLogger,
    rows: (batch: SampleBatch) => batch.length,
  }
  return new Fanout(options, [writer])
}
