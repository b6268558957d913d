import { describe, expect, it } from 'vitest'
import { accepted } from '../../src/model/receiver.ts'
import { settle } from '../support/simulated_clock.ts'
import type { PassthroughProbe, RelayProbe } from '../support/test_components.ts'
import { TestEngine } from '../support/test_engine.ts'

const chain = `
test.passthrough "c" { input = test.passthrough.b.output }
test.passthrough "b" { input = test.passthrough.a.output }
test.passthrough "a" { input = "1" }
`

describe('reload', () => {
  it('keeps what stays, and updates only what changed', async () => {
    const test = new TestEngine()
    await test.load(chain)
    await test.run()
    test.journal.events.length = 0
    expect(await test.load(chain.replace('"1"', '"1"\ncopies = 2'))).toEqual([])
    expect(test.journal.events).toEqual(
      ['a', 'b', 'c'].map((id) => `update test.passthrough.${id}`),
    )
    await test.end()
  })

  it('touches nothing when the graph cannot be built', async () => {
    const test = new TestEngine()
    await test.load(chain)
    await test.run()
    test.journal.events.length = 0
    const broken = `${chain.replace('"1"', '"2"')}\nnope "x" { }`
    expect(await test.load(broken)).toHaveLength(1)
    expect(test.journal.events).toEqual([])
    expect(test.healthOf('test.passthrough.a')).toBe('healthy: started component')
    expect(test.engine.component('test.passthrough.a')!.exports()).toMatchObject([{ value: '1' }])
    await test.end()
  })

  it('takes the new graph although a node fails, which keeps its last good arguments', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "1" }\ntest.passthrough "gone" { input = "" }')
    await test.run()
    const next = 'test.passthrough "a" { input = [] }\ntest.passthrough "new" { input = "n" }'
    expect(await test.load(next)).toEqual(['Error: 1:32: [] should be string, got array'])
    const ids = test.engine.components('')!.map(({ localId }) => localId)
    expect(ids).toEqual(['test.passthrough.a', 'test.passthrough.new'])
    expect(test.healthOf('test.passthrough.a')).toBe(
      'unhealthy: component evaluation failed: decoding configuration: 1:32: [] should be string, got array',
    )
    expect(test.engine.component('test.passthrough.a')!.exports()).toMatchObject([{ value: '1' }])
    expect(test.journal.events.slice(-2)).toEqual([
      'stop test.passthrough.gone removed',
      'run test.passthrough.new',
    ])
    await test.end()
  })

  it('does not record arguments that the component refused', async () => {
    const test = new TestEngine()
    const text = (input: string) => `test.passthrough "a" { input = "${input}" }`
    await test.load(text('1'))
    await test.load(text('refuse'))
    await test.load(text('refuse'))
    expect(test.journal.count('update test.passthrough.a')).toBe(3)
    await test.load(text('1'))
    expect(test.journal.count('update test.passthrough.a')).toBe(3)
    expect(test.healthOf('test.passthrough.a')).toMatch(/^healthy|^unknown/)
  })

  it('evaluates what refers to a component that failed to build: its receiver is null', async () => {
    const test = new TestEngine()
    await test.load('')
    await test.run()
    const text = (note: string) => `
      test.relay "from" { forward_to = [test.relay.to.receiver] }
      test.relay "to" { note = ${note} }
    `
    expect(await test.load(text('[]'))).toEqual(['Error: 3:32: [] should be string, got array'])
    expect(test.healthOf('test.relay.from')).toBe('healthy: started component')
    const { signal } = new AbortController()
    expect(await test.probe<RelayProbe>('test.relay.from').send(1, signal)).toEqual(accepted)
    expect(await test.load(text('""'))).toEqual([])
    await test.probe<RelayProbe>('test.relay.from').send(1, signal)
    expect(test.journal.count('push test.relay.to 1')).toBe(1)
    await test.end()
  })

  it('runs a component that fails to build at first once it builds', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "refuse" }')
    await test.run()
    await test.load('test.passthrough "a" { input = "1" }')
    expect(test.journal.events.slice(-3)).toEqual([
      'open test.passthrough.a',
      'update test.passthrough.a',
      'run test.passthrough.a',
    ])
    await test.end()
  })

  it('returns at once while a push hangs, and hands over to the new receiver', async () => {
    const test = new TestEngine()
    const text = (note: string) => `
      test.relay "from" { forward_to = [test.relay.to.receiver] }
      test.relay "to" { note = "${note}" }
    `
    await test.load(text(''))
    await test.run()
    const to = test.probe<RelayProbe>('test.relay.to')
    let release = () => {}
    to.answer = () =>
      new Promise((resolve) => {
        release = () => resolve(accepted)
      })
    const pushed = test.probe<RelayProbe>('test.relay.from').send(3, new AbortController().signal)
    await settle()
    expect(await test.load(text('changed'))).toEqual([])
    expect(test.journal.count('update test.relay.to')).toBe(1)
    release()
    expect(await pushed).toEqual(accepted)
    expect(await test.engine.exposition()).toContain(
      'prometheus_forwarded_samples_total{component_id="test.relay.from",component_path="/"} 3\n',
    )
    await test.end()
  })

  it('returns at once while a component that left still drains', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "" }')
    await test.run()
    test.probe<PassthroughProbe>('test.passthrough.a').drain = () => new Promise(() => {})
    expect(await test.load('')).toEqual([])
    expect(test.engine.components('')).toEqual([])
    const ended = test.end()
    await test.clock.advance(600_000)
    await ended
  })
})

describe('waves', () => {
  it('evaluates direct dependants once per change, and follows what they publish', async () => {
    const test = new TestEngine()
    await test.load(
      `
      test.passthrough "a" { input = "1" }
      test.passthrough "b" { input = test.passthrough.a.output }
      test.passthrough "c" { input = test.passthrough.a.output }
      test.passthrough "d" { input = concat_of }
    `.replace('concat_of', 'test.passthrough.b.output'),
    )
    test.journal.events.length = 0
    test.probe<PassthroughProbe>('test.passthrough.a').publish('2')
    await settle()
    expect(test.journal.events).toEqual([
      'update test.passthrough.b',
      'update test.passthrough.c',
      'update test.passthrough.d',
    ])
  })

  it('takes changes that come together as one', async () => {
    const test = new TestEngine()
    await test.load(chain)
    test.journal.events.length = 0
    const a = test.probe<PassthroughProbe>('test.passthrough.a')
    for (const output of ['2', '3', '4']) a.publish(output)
    await settle()
    expect(test.journal.count('update test.passthrough.b')).toBe(1)
    expect(test.engine.component('test.passthrough.c')!.exports()).toMatchObject([{ value: '4' }])
  })

  it('is not set off by exports that are equal to the last ones', async () => {
    const test = new TestEngine()
    await test.load(chain)
    test.journal.events.length = 0
    test.probe<PassthroughProbe>('test.passthrough.a').publish('1')
    await settle()
    expect(test.journal.events).toEqual([])
  })

  it('ends although a component publishes back and forth: only changed arguments go on', async () => {
    const test = new TestEngine()
    await test.load(chain)
    test.journal.events.length = 0
    const a = test.probe<PassthroughProbe>('test.passthrough.a')
    for (let i = 0; i < 10; i++) {
      a.publish(i % 2 === 0 ? '2' : '1')
      await settle()
    }
    expect(test.journal.count('update test.passthrough.b')).toBe(10)
    expect(test.journal.count('update test.passthrough.c')).toBe(10)
  })

  it('keeps one running and one waiting evaluation while an update is slow', async () => {
    const test = new TestEngine()
    await test.load(`
      test.passthrough "a" { input = "1" }
      test.passthrough "b" { input = test.passthrough.a.output }
      test.passthrough "c" { input = test.passthrough.a.output }
    `)
    const a = test.probe<PassthroughProbe>('test.passthrough.a')
    const b = test.probe<PassthroughProbe>('test.passthrough.b')
    let release = () => {}
    b.update = async () => {
      test.journal.events.push('slow')
      await new Promise<void>((resolve) => {
        release = resolve
      })
    }
    for (const output of ['2', '3', '4', '5']) {
      a.publish(output)
      await settle()
    }
    expect(test.journal.count('slow')).toBe(1)
    expect(test.journal.count('update test.passthrough.c')).toBe(5)
    release()
    await settle()
    expect(test.journal.count('slow')).toBe(2)
    release()
  })

  it('keeps the last good arguments when a wave brings bad ones, and logs why', async () => {
    const test = new TestEngine()
    await test.load(
      'test.passthrough "a" { input = "1" }\ntest.passthrough "b" { input = test.passthrough.a.output }',
    )
    await test.run()
    test.probe<PassthroughProbe>('test.passthrough.a').publish('refuse')
    await settle()
    expect(test.healthOf('test.passthrough.b')).toBe(
      'unhealthy: component evaluation failed: cannot take "refuse"',
    )
    expect(test.logger.lines).toContain(
      'error failed to evaluate config controller_path=/ controller_id= node=test.passthrough.b err=cannot take "refuse"',
    )
    await test.end()
  })
})

describe('run', () => {
  it('starts what is referred to first, and stops it last', async () => {
    const test = new TestEngine()
    await test.load(chain)
    await test.run()
    await test.end()
    expect(test.journal.events.filter((event) => /^(run|stop)/.test(event))).toEqual([
      ...['a', 'b', 'c'].map((id) => `run test.passthrough.${id}`),
      ...['c', 'b', 'a'].map((id) => `stop test.passthrough.${id} shutdown`),
    ])
  })

  it('shows a component that ended by itself as exited, and opens it again on reload', async () => {
    const test = new TestEngine()
    const text = 'test.passthrough "a" { input = "" }'
    await test.load(text)
    await test.run()
    test.probe<PassthroughProbe>('test.passthrough.a').exit(new Error('the disk is gone'))
    await settle()
    expect(test.healthOf('test.passthrough.a')).toBe(
      'exited: component shut down with error: the disk is gone',
    )
    await test.load(text)
    expect(test.journal.count('open test.passthrough.a')).toBe(2)
    expect(test.healthOf('test.passthrough.a')).toBe('healthy: started component')
    await test.end()
  })

  it('ends what was built but never ran', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "" }\ntest.passthrough "b" { input = [] }')
    await test.engine.close()
    expect(test.journal.events.slice(-2)).toEqual([
      'run test.passthrough.a',
      'stop test.passthrough.a shutdown',
    ])
  })

  it('takes the metrics of a component away with it', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "" }')
    await test.run()
    const line = 'test_updates_total{component_id="test.passthrough.a",component_path="/"} 1\n'
    expect(await test.engine.exposition()).toContain(line)
    await test.load('')
    await settle()
    expect(await test.engine.exposition()).not.toContain('test_updates_total')
    await test.end()
  })
})

describe('what others see', () => {
  it('lists references both ways and where telemetry flows', async () => {
    const test = new TestEngine()
    await test.load(
      `
      test.passthrough "p" { input = "1" }
      test.relay "from" { forward_to = [test.relay.to.receiver, test.relay.to.receiver] note = test.passthrough.p.output }
      test.relay "to" { }
    `.replace('] note', ']\nnote'),
    )
    const [p, from, to] = test.engine.components('')!
    expect(from).toMatchObject({
      name: 'test.relay',
      label: 'from',
      localId: 'test.relay.from',
      moduleId: '',
      referencesTo: ['test.relay.to', 'test.passthrough.p'],
      referencedBy: [],
      dataFlowEdgesTo: ['test.relay.to', 'test.relay.to'],
    })
    expect(p).toMatchObject({
      referencedBy: ['test.relay.from'],
      dataFlowEdgesTo: ['test.relay.from'],
    })
    expect(to).toMatchObject({ referencedBy: ['test.relay.from'], dataFlowEdgesTo: [] })
    expect(from!.arguments().map(({ name }) => name)).toEqual(['forward_to', 'note'])
  })

  it('tells of itself on /metrics, and turns red when a load fails', async () => {
    const test = new TestEngine()
    await test.load('test.passthrough "a" { input = "" }')
    await test.run()
    const good = await test.engine.exposition()
    expect(good).toContain('alloy_config_last_load_successful 1\n')
    expect(good).toContain(
      'alloy_component_health{component_id="test.passthrough.a",state="healthy"} 1\n',
    )
    expect(good).toContain(
      'alloy_component_controller_running_components{controller_id="",controller_path="/",health_type="healthy"} 1\n',
    )
    await test.load('nope "x" { }')
    const bad = await test.engine.exposition()
    expect(bad).toContain('alloy_config_last_load_successful 0\n')
    expect(bad).toContain('alloy_config_load_failures_total 1\n')
    expect(hashIn(bad)).toBe(hashIn(good))
    await test.end()
  })
})

function hashIn(exposition: string): string | undefined {
  return /alloy_config_hash\{.*/.exec(exposition)?.[0]
}
