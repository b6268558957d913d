import { expect, it } from 'vitest'
import { pressure } from '../../../../../../src/components/prometheus/exporter/unix/collectors/pressure.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const line = (kind: string, total: number) =>
  `${kind} avg10=0.00 avg60=0.00 avg300=0.00 total=${String(total)}\n`

it('gives waiting and stalled seconds', async () => {
  const tree = {
    'proc/pressure/cpu': line('some', 14036781) + line('full', 5),
    'proc/pressure/io': line('some', 159886802) + line('full', 159229614),
    'proc/pressure/memory': line('some', 0) + line('full', 1),
    'proc/pressure/irq': line('full', 8494),
  }
  expect(await samplesOf(pressure, tree)).toEqual([
    'node_pressure_cpu_waiting_seconds_total 14.036781000000001',
    'node_pressure_io_stalled_seconds_total 159.229614',
    'node_pressure_io_waiting_seconds_total 159.886802',
    'node_pressure_irq_stalled_seconds_total 0.008494',
    'node_pressure_memory_stalled_seconds_total 1e-06',
    'node_pressure_memory_waiting_seconds_total 0',
  ])
})

it('takes what there is', async () => {
  expect(await samplesOf(pressure, { 'proc/pressure/cpu': line('some', 2e6) })).toEqual([
    'node_pressure_cpu_waiting_seconds_total 2',
  ])
})

it('has no data where the kernel keeps none', async () => {
  await expect(samplesOf(pressure, {})).rejects.toThrow('collector returned no data')
})
