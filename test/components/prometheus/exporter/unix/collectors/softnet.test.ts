import { expect, it } from 'vitest'
import { softnet } from '../../../../../../src/components/prometheus/exporter/unix/collectors/softnet.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('numbers CPUs by their line on older kernels', async () => {
  const text = '000dfb82 00000029 0000000a 0 0 0 0 0 00000005\n00000001 00000002 00000003\n'
  expect(await samplesOf(softnet, { 'proc/net/softnet_stat': text })).toEqual([
    'node_softnet_backlog_len{cpu="0"} 0',
    'node_softnet_backlog_len{cpu="1"} 0',
    'node_softnet_cpu_collision_total{cpu="0"} 5',
    'node_softnet_cpu_collision_total{cpu="1"} 0',
    'node_softnet_dropped_total{cpu="0"} 41',
    'node_softnet_dropped_total{cpu="1"} 2',
    'node_softnet_flow_limit_count_total{cpu="0"} 0',
    'node_softnet_flow_limit_count_total{cpu="1"} 0',
    'node_softnet_processed_total{cpu="0"} 916354',
    'node_softnet_processed_total{cpu="1"} 1',
    'node_softnet_received_rps_total{cpu="0"} 0',
    'node_softnet_received_rps_total{cpu="1"} 0',
    'node_softnet_times_squeezed_total{cpu="0"} 10',
    'node_softnet_times_squeezed_total{cpu="1"} 3',
  ])
})

it('takes the number that newer kernels tell', async () => {
  const text = `${'00000000 '.repeat(11)}0000000b 0000000c 0 0\n`
  const samples = await samplesOf(softnet, { 'proc/net/softnet_stat': text })
  expect(samples).toContain('node_softnet_backlog_len{cpu="12"} 11')
})

it('refuses what is no number', async () => {
  const broken = samplesOf(softnet, { 'proc/net/softnet_stat': 'xyz\n' })
  await expect(broken).rejects.toThrow('cannot read "xyz" as a number')
})
