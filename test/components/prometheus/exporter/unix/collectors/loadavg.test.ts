import { expect, it } from 'vitest'
import { loadavg } from '../../../../../../src/components/prometheus/exporter/unix/collectors/loadavg.ts'
import { pageOf, samplesOf } from '../../../../../support/unix_tree.ts'

it('gives the three averages', async () => {
  expect(await pageOf(loadavg, { 'proc/loadavg': '0.21 0.37 0.39 1/719 19737\n' })).toBe(
    [
      '# HELP node_load1 1m load average.',
      '# TYPE node_load1 gauge',
      'node_load1 0.21',
      '# HELP node_load15 15m load average.',
      '# TYPE node_load15 gauge',
      'node_load15 0.39',
      '# HELP node_load5 5m load average.',
      '# TYPE node_load5 gauge',
      'node_load5 0.37',
      '',
    ].join('\n'),
  )
})

it('fails on a file of another shape', async () => {
  await expect(samplesOf(loadavg, { 'proc/loadavg': 'quiet\n' })).rejects.toThrow(
    'cannot read "quiet" as a number',
  )
})

it('fails where the file is missing', async () => {
  await expect(samplesOf(loadavg, {})).rejects.toThrow('ENOENT')
})
