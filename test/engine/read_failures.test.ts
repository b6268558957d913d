import { describe, expect, it } from 'vitest'
import { TestEngine } from '../support/test_engine.ts'

const fail = () => {
  throw new Error('cannot read http://user:hush@host/')
}

async function running(broken: object): Promise<TestEngine> {
  const test = new TestEngine()
  await test.load('test.passthrough "bad" { input = "1" }\ntest.passthrough "good" { input = "2" }')
  await test.run()
  Object.assign(test.probe<object>('test.passthrough.bad'), broken)
  return test
}

function warnings(test: TestEngine): string[] {
  return test.logger.lines.filter((line) => line.includes('what a component tells of itself'))
}

describe('a component that fails', () => {
  it('to tell its health is unhealthy, and everything else is served', async () => {
    const test = await running({ health: fail })
    const message = 'unhealthy: cannot read its health: cannot read http://host/'
    expect(test.healthOf('test.passthrough.bad')).toBe(message)
    expect(test.healthOf('test.passthrough.good')).toBe('healthy: started component')
    expect(test.engine.unhealthy().map(({ label }) => label)).toEqual(['bad'])
    const page = await test.engine.exposition()
    expect(page).toContain('component_id="test.passthrough.bad",state="unhealthy"} 1\n')
    expect(page).toContain('component_id="test.passthrough.good",state="healthy"} 1\n')
    await test.end()
  })

  it('keeps the time since when its health is unknown', async () => {
    const test = await running({ health: fail })
    const { updatedMs } = test.engine.component('test.passthrough.bad')!.health()
    await test.clock.advance(5_000)
    const later = test.engine.component('test.passthrough.bad')!.health()
    expect(later.updatedMs).toBe(updatedMs)
    await test.end()
  })

  it('to tell more shows why in its place', async () => {
    const test = await running({ debugInfo: fail, delivery: fail })
    const view = test.engine.component('test.passthrough.bad')!
    const reason = 'cannot read http://host/'
    expect(view.debugInfo()).toEqual([{ kind: 'attribute', name: 'error', value: reason }])
    expect(view.delivery!()).toEqual({
      isDelivering: false,
      message: `cannot read its delivery: ${reason}`,
    })
    await test.end()
  })

  it('is logged once a minute for each thing it should tell, and counted each time', async () => {
    const test = await running({ health: fail, debugInfo: fail })
    const view = test.engine.component('test.passthrough.bad')!
    for (let i = 0; i < 3; i++) view.health()
    view.debugInfo()
    const line = (what: string) =>
      `error cannot read what a component tells of itself what=${what} ` +
      'component_path=/ component_id=test.passthrough.bad err=cannot read http://host/'
    expect(warnings(test)).toEqual([line('health'), line('debug_info')])
    expect(await test.engine.exposition()).toContain(
      'alloyts_read_failures_total{what="debug_info"} 1\n',
    )
    await test.clock.advance(60_000)
    view.health()
    expect(warnings(test)).toEqual([line('health'), line('debug_info'), line('health')])
    await test.end()
  })

  it('to tell its metrics is left out of them', async () => {
    const test = await running({})
    const group = test.engine.metrics.group({ component_id: 'x' })
    group.onCollect(fail)
    await test.engine.exposition()
    const page = await test.engine.exposition()
    expect(page).toContain('alloyts_read_failures_total{what="metrics"} 2\n')
    expect(page).toContain('alloy_config_last_load_successful 1\n')
    expect(warnings(test)).toHaveLength(1)
    await test.end()
  })
})
