import { describe, expect, it } from 'vitest'
import { SeriesRewrite } from '../../../../src/components/prometheus/remote_write/series_rewrite.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'

function setUp(rules?: (labels: Map<string, string>) => boolean) {
  const pool = new LabelPool()
  const calls: string[] = []
  const external = new Map([
    ['site', 'a'],
    ['job', 'external'],
  ])
  const rewrite = new SeriesRewrite(
    pool,
    external,
    rules && {
      apply: (labels) => {
        calls.push(labels.get('__name__') ?? '')
        return rules(labels)
      },
    },
  )
  const of = (...flat: string[]) => {
    const id = rewrite.of(pool.intern(flat))
    return id === 0 ? undefined : Object.fromEntries(pool.labelsOf(id))
  }
  return { pool, rewrite, of, calls }
}

describe('series rewrite', () => {
  it('adds external labels where they lack', () => {
    const { of } = setUp()
    expect(of('__name__', 'up', 'job', 'own')).toEqual({ __name__: 'up', job: 'own', site: 'a' })
    expect(of('__name__', 'up')).toEqual({ __name__: 'up', job: 'external', site: 'a' })
  })

  it('runs the rules behind them, once for each series', () => {
    const { of, calls } = setUp(
      (labels) => labels.delete('site') && labels.get('__name__') !== 'no',
    )
    expect(of('__name__', 'up')).toEqual({ __name__: 'up', job: 'external' })
    expect(of('__name__', 'up')).toEqual({ __name__: 'up', job: 'external' })
    expect(of('__name__', 'no')).toBeUndefined()
    expect(of('__name__', 'no')).toBeUndefined()
    expect(calls).toEqual(['up', 'no'])
  })

  it('holds its results no longer than the series', () => {
    const { of, pool, rewrite } = setUp()
    of('__name__', 'up')
    of('__name__', 'up', 'job', 'own', 'site', 'own')
    while (pool.sweep());
    expect(pool.size).toBe(0)
    const held = pool.intern(['__name__', 'up'])
    pool.retain(held)
    rewrite.of(held)
    while (pool.sweep());
    expect(pool.size).toBe(2)
    rewrite.close()
    while (pool.sweep());
    expect(pool.size).toBe(1)
  })
})
