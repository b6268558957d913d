import { describe, expect, it } from 'vitest'
import type { LogLine } from '../../../src/client/api.ts'
import { LogBuffer } from '../../../src/server/own/log_buffer.ts'
import type { LogRecord } from '../../../src/services/log_format.ts'
import { askOwn } from '../../support/ask_own.ts'
import { engineView } from '../../support/engine_view.ts'
import { programView } from '../../support/program_view.ts'
import { SimulatedClock } from '../../support/simulated_clock.ts'

function harness(sizeBytesMax = 1 << 20) {
  const clock = new SimulatedClock()
  const logs = new LogBuffer({
    sizeBytesMax,
    mask: (text) => text.replaceAll('hunter2', '(secret)'),
  })
  const program = programView({ clock, logs })
  const control = new AbortController()
  return {
    clock,
    control,
    log: (message: string, changes: Partial<LogRecord> = {}) => {
      logs.add({ timeMs: 0, level: 'info', message, fields: [], ...changes })
    },
    ask: (query: string) =>
      askOwn(engineView([]), `logs${query}`, { program, signal: control.signal }),
  }
}

function linesOf(text: string): LogLine[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LogLine)
}

describe('logs', () => {
  const fields: LogRecord['fields'] = [
    ['component_path', '/'],
    ['component_id', 'x.y'],
  ]
  it.each<[query: string, messages: string[]]>([
    ['', ['a', 'b', 'c', '(secret)']],
    ['?tail=2', ['c', '(secret)']],
    ['?tail=0', []],
    ['?level=warn', ['b', 'c']],
    ['?level=warn&tail=1', ['c']],
    ['?component=x.y', ['b']],
    ['?follow=0&level=error', ['c']],
  ])('%s', async (query, messages) => {
    const { ask, log } = harness()
    log('a')
    log('b', { level: 'warn', fields })
    log('c', { level: 'error' })
    log('hunter2')
    const answer = await ask(query)
    expect(answer?.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
    expect(linesOf(answer?.text ?? '').map(({ message }) => message)).toEqual(messages)
  })

  it.each<[query: string, error: string]>([
    ['?level=fatal', 'parameter "level" must be one of debug, info, warn, error'],
    ['?tail=10001', 'parameter "tail" must be from 0 to 10000'],
    ['?follow=yes', 'parameter "follow" must be one of 0, 1'],
    ['?since=1', 'unknown parameter "since" (allowed: level, component, tail, follow)'],
  ])('refuse %s', async (query, error) => {
    const answer = await harness().ask(query)
    expect([answer?.status, answer?.body]).toEqual([400, { error }])
  })

  it('say that they are off', async () => {
    const answer = await askOwn(engineView([]), 'logs')
    const error = 'lines of the log are not kept: see --log-buffer.memory-limit'
    expect([answer?.status, answer?.body]).toEqual([404, { error }])
  })
})

describe('logs that are followed', () => {
  async function follow(query: string, sizeBytesMax?: number) {
    const tested = harness(sizeBytesMax)
    for (const message of ['a', 'b', 'c']) tested.log(message)
    const answer = await tested.ask(`?follow=1${query}`)
    const iterator = answer!.stream![Symbol.asyncIterator]()
    const next = async () => {
      const { done, value } = await iterator.next()
      return done === true ? undefined : Buffer.from(value).toString()
    }
    return { ...tested, next, lines: async () => linesOf((await next()) ?? '') }
  }
  const messages = (lines: LogLine[]) => lines.map(({ message }) => message)

  it('begin with the last lines and go on', async () => {
    const { lines, log } = await follow('&tail=2')
    expect(messages(await lines())).toEqual(['b', 'c'])
    const coming = lines()
    log('d')
    log('e')
    expect(messages(await coming)).toEqual(['d', 'e'])
  })

  it('leave out what is not asked for', async () => {
    const { lines, log } = await follow('&tail=0&level=warn')
    const coming = lines()
    log('d')
    log('e', { level: 'warn' })
    expect(messages(await coming)).toEqual(['e'])
  })

  it('tell whoever is slow how much was missed', async () => {
    const { lines, log } = await follow('&tail=0', 1000)
    const coming = lines()
    log('d')
    expect(messages(await coming)).toEqual(['d'])
    for (let i = 0; i < 10; i++) log(String(i))
    const [first, ...others] = await lines()
    expect([first?.missed, first?.message, others.length]).toEqual([6, '6', 3])
    expect(others.every(({ missed }) => missed === undefined)).toBe(true)
  })

  it('send an empty line every 15 s, for connections that may be dead', async () => {
    const { next, clock } = await follow('&tail=0')
    const coming = next()
    await clock.advance(15_000)
    expect(await coming).toBe('\n')
  })

  it('end with their client, and leave nothing waiting', async () => {
    const { next, control, clock } = await follow('&tail=0')
    const coming = next()
    control.abort()
    expect(await coming).toBe(undefined)
    expect(clock.timers).toBe(0)
  })

  it('come in pieces of bounded size', async () => {
    const { log, next } = await follow('&tail=0')
    for (let i = 0; i < 100; i++) log('x'.repeat(4000))
    let count = 0
    while (count < 100) {
      const piece = (await next()) ?? ''
      expect(piece.length).toBeLessThan(80_000)
      count += linesOf(piece).length
    }
  })
})
