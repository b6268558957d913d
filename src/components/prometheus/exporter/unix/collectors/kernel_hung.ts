// kernel_hung: tasks that the kernel found waiting for too long.

import { type BuildCollector, counter } from '../collector.ts'
import { numberOf } from '../proc_text.ts'

const detected = counter(
  'node_kernel_hung_task_detect_count',
  'Total number of tasks that have been detected as hung since the system boot',
)

export const kernelHung: BuildCollector = ({ host }) => ({
  name: 'kernel_hung',
  async collect(page) {
    const path = host.proc('sys/kernel/hung_task_detect_count')
    page.add(detected, numberOf((await host.read(path)).trim()))
  },
})
