import { expect, it } from 'vitest'
import { stat } from '../../../../../../src/components/prometheus/exporter/unix/collectors/stat.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('counts since boot', async () => {
  const text =
    'cpu  1 2 3\nintr 8885917 17 0\nctxt 38014093\nbtime 1418183276\nprocesses 26442\nprocs_running 2\nprocs_blocked 1\nsoftirq 5 1\n'
  expect(await samplesOf(stat, { 'proc/stat': text })).toEqual([
    'node_boot_time_seconds 1.418183276e+09',
    'node_context_switches_total 3.8014093e+07',
    'node_forks_total 26442',
    'node_intr_total 8.885917e+06',
    'node_procs_blocked 1',
    'node_procs_running 2',
  ])
})

it('leaves out what a kernel does not count', async () => {
  expect(await samplesOf(stat, { 'proc/stat': 'ctxt 7\n' })).toEqual([
    'node_context_switches_total 7',
  ])
})
