import { expect, it } from 'vitest'
import { softirqs } from '../../../../../../src/components/prometheus/exporter/unix/collectors/softirqs.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('counts by CPU and type', async () => {
  const text = '                    CPU0       CPU2       \n          HI:          7          1\n'
  expect(await samplesOf(softirqs, { 'proc/softirqs': text })).toEqual([
    'node_softirqs_functions_total{cpu="0",type="HI"} 7',
    'node_softirqs_functions_total{cpu="2",type="HI"} 1',
  ])
})
