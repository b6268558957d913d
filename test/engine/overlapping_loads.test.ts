import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { settle } from '../support/simulated_clock.ts'
import type { PassthroughProbe } from '../support/test_components.ts'
import { TestEngine } from '../support/test_engine.ts'

const metricOf = (id: string) => `test_updates_total{component_id="${id}",component_path="/"}`

describe('loads that overlap', () => {
  it('end with the file as it was read last, however long the reads take', async () => {
    const delays = [60, 0]
    const texts = ['test.passthrough "old" { input = "" }', 'test.passthrough "new" { input = "" }']
    const test = new TestEngine({
      files: {
        stat: async () => 'file',
        read: async () => {
          const text = texts.shift() ?? ''
          await sleep(delays.shift())
          return Buffer.from(text)
        },
        files: async () => [],
      },
    })
    await Promise.all([test.engine.load('x'), test.engine.load('x')])
    expect(test.engine.components('')!.map(({ label }) => label)).toEqual(['new'])
  })

  it('close what one of them added and the next one took away', async () => {
    const test = new TestEngine()
    await test.load('')
    await test.run()
    const first = test.load('test.passthrough "brief" { input = "" }')
    const second = test.load('')
    await Promise.all([first, second])
    await settle()
    expect(test.journal.events).toEqual(
      expect.arrayContaining([
        'open test.passthrough.brief',
        'stop test.passthrough.brief removed',
      ]),
    )
    expect(await test.engine.exposition()).not.toContain(metricOf('test.passthrough.brief'))
    await test.end()
  })
})

describe('a load that is under way when the engine closes', () => {
  it('leaves nothing behind that was opened for it', async () => {
    const test = new TestEngine()
    await test.load('')
    await test.run()
    const loading = test.load('test.passthrough "late" { input = "" }').catch(() => {})
    await test.end()
    await loading
    await settle()
    const { events } = test.journal
    const opened = events.filter((event) => event.startsWith('open')).length
    const stopped = events.filter((event) => event.startsWith('stop')).length
    expect(stopped).toBe(opened)
    expect(await test.engine.exposition()).not.toContain(metricOf('test.passthrough.late'))
  })

  it('does not keep the engine from closing', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "" }')
    await test.run()
    void test.load('test.passthrough "a" { input = "hang" }').catch(() => {})
    await settle()
    const ended = test.end()
    await test.clock.advance(10_000)
    await ended
  })
})

describe('what a load has evaluated', () => {
  it('is not evaluated again for exports that changed before', async () => {
    const test = new TestEngine()
    await test.load(`
      test.passthrough "b" { input = test.passthrough.a.output }
      test.passthrough "a" { input = "1" }
    `)
    await test.run()
    expect(await test.engine.exposition()).toContain(
      'alloy_component_evaluation_seconds_count{controller_id="",controller_path="/"} 0\n',
    )
    test.probe<PassthroughProbe>('test.passthrough.a').publish('2')
    await settle()
    expect(await test.engine.exposition()).toContain(
      'alloy_component_evaluation_seconds_count{controller_id="",controller_path="/"} 1\n',
    )
    expect(test.engine.component('test.passthrough.b')!.exports()).toMatchObject([{ value: '2' }])
    await test.end()
  })
})

describe('a component that has exited', () => {
  it('is not run a second time by a load whose graph cannot be built', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "" }')
    await test.run()
    test.probe<PassthroughProbe>('test.passthrough.a').exit(new Error('gone'))
    await settle()
    await test.load('nope "x" { }')
    expect(test.journal.count('run test.passthrough.a')).toBe(1)
    expect(test.healthOf('test.passthrough.a')).toBe('exited: component shut down with error: gone')
    await test.end()
  })

  it('is not run a second time when its new arguments do not decode', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "" }')
    await test.run()
    test.probe<PassthroughProbe>('test.passthrough.a').exit()
    await settle()
    await test.load('test.passthrough "a" { input = [] }')
    expect(test.journal.count('run test.passthrough.a')).toBe(1)
    await test.load('test.passthrough "a" { input = "" }')
    expect(test.journal.count('open test.passthrough.a')).toBe(2)
    expect(test.journal.count('run test.passthrough.a')).toBe(2)
    expect(test.healthOf('test.passthrough.a')).toBe('healthy: started component')
    await test.end()
  })
})

describe('an instance that has been replaced', () => {
  it('publishes nothing any more', async () => {
    const test = new TestEngine()
    const text = 'test.passthrough "a" { input = "new" }'
    await test.load(text)
    await test.run()
    const old = test.probe<PassthroughProbe>('test.passthrough.a')
    old.exit()
    await settle()
    await test.load(text)
    old.publish('stale')
    expect(test.engine.component('test.passthrough.a')!.exports()).toMatchObject([{ value: 'new' }])
    await test.end()
  })
})

describe('a component that left and still drains', () => {
  it('does not keep new components from starting', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "old" { input = "" }')
    await test.run()
    test.probe<PassthroughProbe>('test.passthrough.old').drain = () => new Promise(() => {})
    await test.load('test.passthrough "new" { input = "" }')
    await test.clock.advance(1000)
    expect(test.journal.count('run test.passthrough.new')).toBe(1)
    const ended = test.end()
    await test.clock.advance(600_000)
    await ended
  })

  it('gives its metrics to one of the same name that comes after it', async () => {
    const test = new TestEngine()
    const text = 'test.passthrough "a" { input = "" }'
    await test.load(text)
    await test.run()
    const old = test.probe<PassthroughProbe>('test.passthrough.a')
    old.drain = () => new Promise(() => {})
    await test.load('')
    await test.load(text)
    const page = await test.engine.exposition()
    expect(page.split(metricOf('test.passthrough.a')).length - 1).toBe(1)
    const ended = test.end()
    await test.clock.advance(1_200_000)
    await ended
  })
})
