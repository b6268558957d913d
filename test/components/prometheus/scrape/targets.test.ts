import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildTarget,
  type TargetDefaults,
} from '../../../../src/components/prometheus/scrape/targets.ts'

const defaults: TargetDefaults = {
  jobName: 'prometheus.scrape.default',
  scheme: 'http',
  metricsPath: '/metrics',
  intervalMs: 60_000,
  timeoutMs: 10_000,
  params: new Map(),
}

function build(labels: Record<string, string>, changes: Partial<TargetDefaults> = {}) {
  return buildTarget(new Map(Object.entries(labels)), { ...defaults, ...changes }, 'host')
}

describe('targets', () => {
  it.each<[what: string, labels: Record<string, string>, url: string, visible: string[]]>([
    [
      'job and instance are filled in',
      { __address__: 'a:1' },
      'http://a:1/metrics',
      ['instance', 'a:1', 'job', 'prometheus.scrape.default'],
    ],
    [
      'labels of the target win',
      {
        __address__: 'a:1',
        job: 'own',
        instance: 'i',
        __scheme__: 'https',
        __metrics_path__: '/m',
      },
      'https://a:1/m',
      ['instance', 'i', 'job', 'own'],
    ],
    [
      'meta labels vanish, others with two underscores stay hidden',
      { __address__: 'a:1', __meta_x: '1', __tmp: '2', zone: 'z' },
      'http://a:1/metrics',
      ['instance', 'a:1', 'job', 'prometheus.scrape.default', 'zone', 'z'],
    ],
    [
      'parameters become the query, blanks as plus signs',
      { __address__: 'a:1', __param_target: 'x y' },
      'http://a:1/metrics?target=x+y',
      ['instance', 'a:1', 'job', 'prometheus.scrape.default'],
    ],
    [
      'no port is added',
      { __address__: 'a' },
      'http://a/metrics',
      ['instance', 'a', 'job', 'prometheus.scrape.default'],
    ],
  ])('%s', (_, labels, url, visible) => {
    expect(build(labels)).toMatchObject({ url, labels: visible })
  })

  it('replaces the first value of a parameter and keeps the rest', () => {
    const params = new Map([
      ['b', ['1', '2']],
      ['a', ['0']],
    ])
    expect(build({ __address__: 'a:1', __param_b: '9' }, { params })?.url).toBe(
      'http://a:1/metrics?a=0&b=9&b=2',
    )
  })

  it.each<[what: string, labels: Record<string, string>, message: string]>([
    ['no address', {}, 'no address'],
    ['a path in the address', { __address__: 'a/b' }, '"a/b" is not a valid hostname'],
    [
      'a zero interval',
      { __address__: 'a', __scrape_interval__: '0' },
      'scrape interval cannot be 0',
    ],
    [
      'a timeout beyond the interval',
      { __address__: 'a', __scrape_interval__: '5s' },
      'scrape timeout cannot be greater than scrape interval ("10s" > "5s")',
    ],
    [
      'a boolean that is none',
      { __address__: 'a', __scrape_native_histograms__: 'yes' },
      'error parsing "__scrape_native_histograms__" label',
    ],
  ])('refuses %s', (_, labels, message) => {
    expect(() => build(labels)).toThrow(message)
  })

  it('scrapes each target at its own moment, the same after every restart', () => {
    const phases = Array.from({ length: 200 }, (_, i) => build({ __address__: `a:${i}` })!.phase)
    expect(Array.from({ length: 200 }, (_, i) => build({ __address__: `a:${i}` })!.phase)).toEqual(
      phases,
    )
    for (const quarter of [0, 1, 2, 3]) {
      const inside = phases.filter((phase) => Math.floor(phase * 4) === quarter)
      expect(inside.length).toBeGreaterThan(25)
    }
  })

  it('keeps its key when only the rhythm changes', () => {
    const before = build({ __address__: 'a:1', __scrape_interval__: '30s' })
    const after = build({ __address__: 'a:1', __scrape_interval__: '20s' })
    expect(after).toMatchObject({ key: before!.key, phase: before!.phase, intervalMs: 20_000 })
  })

  it('has a phase below 1 whatever the labels', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (labels) => {
        const target = build({
          ...labels,
          __address__: 'a:1',
          __scheme__: 'http',
          __metrics_path__: '/',
        })
        if (target === undefined) return
        expect(target.phase).toBeGreaterThanOrEqual(0)
        expect(target.phase).toBeLessThan(1)
      }),
    )
  })
})
