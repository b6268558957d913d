import { expect, it } from 'vitest'
import { schedstat } from '../../../../../../src/components/prometheus/exporter/unix/collectors/schedstat.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives seconds and slices of each CPU', async () => {
  const text =
    'version 15\ntimestamp 1\ncpu0 1 0 3 4 5 6 2045936778163039 343796328169361 4767485306\ndomain0 3 1\n'
  expect(await samplesOf(schedstat, { 'proc/schedstat': text })).toEqual([
    'node_schedstat_running_seconds_total{cpu="0"} 2.045936778163039e+06',
    'node_schedstat_timeslices_total{cpu="0"} 4.767485306e+09',
    'node_schedstat_waiting_seconds_total{cpu="0"} 343796.328169361',
  ])
})
