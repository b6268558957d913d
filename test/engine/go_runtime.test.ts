import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { addGoRuntime } from '../../src/engine/go_runtime.ts'
import { MetricStore } from '../../src/engine/metrics.ts'

describe('addGoRuntime', () => {
  it('has the families that dashboards ask for', async () => {
    const store = new MetricStore(() => {})
    const end = addGoRuntime(store.group({}))
    const page = await store.exposition()
    expect(page).toMatch(/^go_goroutines [1-9]/m)
    expect(page).toMatch(/^go_memstats_heap_inuse_bytes \d{7,}$/m)
    expect(page).toContain('go_gc_duration_seconds_count 0')
    end()
  })

  it('counts major collections only, until it ends', async () => {
    const { setFlagsFromString } = await import('node:v8')
    const { runInNewContext } = await import('node:vm')
    setFlagsFromString('--expose-gc')
    const collect: (options?: { type: 'minor' }) => void = runInNewContext('gc')
    const store = new MetricStore(() => {})
    const end = addGoRuntime(store.group({}))
    const count = async () => {
      await setTimeout(20)
      return Number(/^go_gc_duration_seconds_count (\d+)$/m.exec(await store.exposition())?.[1])
    }
    const before = await count()
    for (let i = 0; i < 50; i++) collect({ type: 'minor' })
    // V8 may begin a major one of its own meanwhile.
    expect(await count()).toBeLessThan(before + 10)
    for (let i = 0; i < 50; i++) collect()
    expect(await count()).toBeGreaterThanOrEqual(before + 50)
    end()
    const atEnd = await count()
    collect()
    expect(await count()).toBe(atEnd)
  })
})
