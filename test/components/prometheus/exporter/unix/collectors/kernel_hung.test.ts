import { expect, it } from 'vitest'
import { kernelHung } from '../../../../../../src/components/prometheus/exporter/unix/collectors/kernel_hung.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives what the kernel found', async () => {
  const tree = { 'proc/sys/kernel/hung_task_detect_count': '42\n' }
  expect(await samplesOf(kernelHung, tree)).toEqual(['node_kernel_hung_task_detect_count 42'])
})
