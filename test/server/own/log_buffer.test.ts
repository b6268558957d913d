import { describe, expect, it } from 'vitest'
import { MetricStore } from '../../../src/engine/metrics.ts'
import { LogBuffer, matches } from '../../../src/server/own/log_buffer.ts'
import type { LogRecord } from '../../../src/services/log_format.ts'

function record(message: string, changes: Partial<LogRecord> = {}): LogRecord {
  return { timeMs: 1, level: 'info', message, fields: [], ...changes }
}

function bufferOf(sizeBytesMax = 1 << 20, mask = (text: string) => text) {
  return new LogBuffer({ sizeBytesMax, mask })
}

const messages = (buffer: LogBuffer) => {
  return Array.from({ length: buffer.end - buffer.first }, (_, i) =>
    buffer.line(buffer.first + i),
  ).map(({ message }) => message)
}

describe('the last lines of the log', () => {
  it('have their fields as texts, and the global id of their component', () => {
    const buffer = bufferOf()
    const fields: LogRecord['fields'] = [
      ['component_path', '/mod.a'],
      ['component_id', 'prometheus.scrape.b'],
      ['err', new Error('no', { cause: new Error('why') })],
      ['took', { durationMs: 1500 }],
      ['count', 3n],
      ['absent', undefined],
    ]
    buffer.add(record('m', { level: 'warn', fields }))
    expect(buffer.line(0)).toEqual({
      atMs: 1,
      level: 'warn',
      component: 'mod.a/prometheus.scrape.b',
      message: 'm',
      fields: { err: 'no: why', took: '1.5s', count: '3' },
    })
  })

  it.each<[path: string, id: string, component: string]>([
    ['/', 'prometheus.scrape.b', 'prometheus.scrape.b'],
    ['/mod.a/mod.b', 'x.y', 'mod.a/mod.b/x.y'],
  ])('of %s %s are those of %s', (path, id, component) => {
    const buffer = bufferOf()
    buffer.add(
      record('m', {
        fields: [
          ['component_path', path],
          ['component_id', id],
        ],
      }),
    )
    expect(buffer.line(0).component).toBe(component)
  })

  it('show no secret, though it became known later', () => {
    let secret = 'nothing'
    const buffer = bufferOf(1 << 20, (text) => text.replaceAll(secret, '(secret)'))
    buffer.add(record('got hunter2', { fields: [['err', new Error('hunter2')]] }))
    secret = 'hunter2'
    expect(buffer.line(0)).toMatchObject({ message: 'got (secret)', fields: { err: '(secret)' } })
  })

  it('are bounded in bytes, and lose the oldest', () => {
    const buffer = bufferOf(10_000)
    for (let i = 0; i < 5000; i++) {
      buffer.add(record(`line ${i} ${'x'.repeat(i % 100)}`))
      expect(buffer.sizeBytes).toBeLessThanOrEqual(10_000)
    }
    const kept = messages(buffer)
    expect(kept.length).toBeGreaterThan(20)
    expect(kept.at(-1)).toMatch(/^line 4999 /)
    expect(kept.map((message) => Number(message.split(' ')[1]))).toEqual(
      kept.map((_, i) => 5000 - kept.length + i),
    )
    expect([buffer.first, buffer.end]).toEqual([5000 - kept.length, 5000])
  })

  it('are bounded in number', () => {
    const buffer = bufferOf(1 << 30)
    for (let i = 0; i < 20_100; i++) buffer.add(record(String(i)))
    expect([buffer.first, buffer.end, buffer.line(100).message]).toEqual([100, 20_100, '100'])
  })

  it('are none where there is no room for one', () => {
    const buffer = bufferOf(10)
    buffer.add(record('too long'))
    expect([buffer.first, buffer.end, buffer.sizeBytes]).toEqual([1, 1, 0])
  })

  it('are cut where they are very long', () => {
    const buffer = bufferOf()
    buffer.add(record('m'.repeat(20_000), { fields: [['err', 'e'.repeat(20_000)]] }))
    const { message, fields } = buffer.line(0)
    expect([message.length, fields.err?.length]).toEqual([16_385, 16_385])
  })

  it('tell how many they are on /metrics', async () => {
    const store = new MetricStore(() => {})
    const buffer = bufferOf()
    buffer.addMetrics(store.group({}))
    buffer.add(record('12345'))
    const page = await store.exposition()
    expect(page).toContain('\nalloyts_log_buffer_lines 1\n')
    expect(page).toContain('\nalloyts_log_buffer_bytes 210\n')
  })

  it.each<[what: string, filter: Parameters<typeof matches>[1], does: boolean]>([
    ['its own level', { level: 'warn', component: '' }, true],
    ['a less severe one', { level: 'info', component: '' }, true],
    ['a more severe one', { level: 'error', component: '' }, false],
    ['its component', { level: 'debug', component: 'mod.a/x.y' }, true],
    ['the module around it', { level: 'debug', component: 'mod.a' }, true],
    ['what only begins so', { level: 'debug', component: 'mod' }, false],
    ['another component', { level: 'debug', component: 'x.y' }, false],
  ])('match %s', (_, filter, does) => {
    const line = {
      atMs: 0,
      message: '',
      fields: {},
      component: 'mod.a/x.y',
      level: 'warn',
    } as const
    expect(matches(line, filter)).toBe(does)
  })
})
