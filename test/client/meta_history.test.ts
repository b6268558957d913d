import { describe, expect, it } from 'vitest'
import { MetaHistory, metaFamilies } from '../../src/client/meta_history.ts'
import { type MetricSample, metricSample } from '../../src/client/metrics_text.ts'
import { recordingOf } from '../support/replayed_alloy.ts'

function sample(name: string, value: number, labels: Record<string, string> = {}): MetricSample {
  return { name, labels, value }
}

const cpu = 'alloy_resources_process_cpu_seconds_total'

describe('figures made of metrics', () => {
  it('shows gauges as they are and counters per second', () => {
    const history = new MetaHistory({ intervalSeconds: 5 })
    history.add([sample(cpu, 10), sample('prometheus_remote_storage_shards', 1)], 1000)
    history.add([sample(cpu, 12.5), sample('prometheus_remote_storage_shards', 3)], 6000)
    expect(history.meta()).toEqual({
      intervalSeconds: 5,
      lastMs: 6000,
      series: { cpu_cores: [null, 0.5], shards: [1, 3] },
    })
  })

  it('adds up what several components have', () => {
    const history = new MetaHistory({ intervalSeconds: 5 })
    const shards = 'prometheus_remote_storage_shards'
    history.add([sample(shards, 1, { url: 'a' }), sample(shards, 2, { url: 'b' })], 0)
    expect(history.meta().series.shards).toEqual([3])
  })

  it('knows no rate over a restart', () => {
    const history = new MetaHistory({ intervalSeconds: 5 })
    for (const [i, value] of [10, 5, 6].entries()) history.add([sample(cpu, value)], i * 1000)
    expect(history.meta().series.cpu_cores).toEqual([null, null, 1])
  })

  it('takes the lag of the slowest endpoint behind its own component', () => {
    const history = new MetaHistory({ intervalSeconds: 5 })
    const seen = 'prometheus_remote_storage_highest_timestamp_in_seconds'
    const sent = 'prometheus_remote_storage_queue_highest_sent_timestamp_seconds'
    const of = (component_id: string) => ({ component_path: '/', component_id })
    history.add(
      [
        sample(seen, 100, of('a')),
        sample(seen, 500, of('b')),
        sample(sent, 98, of('a')),
        sample(sent, 90, of('a')),
        sample(sent, 499, of('b')),
        sample(sent, 0, of('b')),
      ],
      0,
    )
    expect(history.meta().series.send_lag_seconds).toEqual([10])
  })

  it('forgets what is too old', () => {
    const history = new MetaHistory({ intervalSeconds: 5, pointsMax: 2 })
    for (let i = 0; i < 5; i++) history.add([sample('prometheus_remote_storage_shards', i)], i)
    expect(history.meta().series.shards).toEqual([3, 4])
  })

  it('finds its figures on the recorded page', () => {
    const page = recordingOf('metrics').answers['/metrics']!.body.split('\n')
    const samples = page.flatMap((line) => metricSample(line, metaFamilies) ?? [])
    const history = new MetaHistory({ intervalSeconds: 5 })
    history.add(samples, 0)
    history.add(samples, 5000)
    expect(Object.keys(history.meta().series).sort()).toMatchInlineSnapshot(`
      [
        "active_series",
        "cpu_cores",
        "evaluation_queue",
        "heap_used_bytes",
        "resident_bytes",
        "samples_failed_per_second",
        "samples_pending",
        "samples_scraped_per_second",
        "samples_sent_per_second",
        "send_lag_seconds",
        "shards",
      ]
    `)
  })
})
