// What the process and the machine use, by upstream's names.

import { platform } from 'node:process'
import type { MetricGroup, MetricSpec } from './metrics.ts'
import { readNetwork, readVirtualMemory } from './resources_linux.ts'

const startTime = spec(
  'gauge',
  'alloy_resources_process_start_time_seconds',
  'Unix time at which the process started.',
)
const cpu = spec(
  'counter',
  'alloy_resources_process_cpu_seconds_total',
  'Processor time that the process has used.',
)
const residentMemory = spec(
  'gauge',
  'alloy_resources_process_resident_memory_bytes',
  'Memory of the process that is in RAM.',
)
const virtualMemory = spec(
  'gauge',
  'alloy_resources_process_virtual_memory_bytes',
  'Address space that the process has reserved.',
)
const received = spec(
  'counter',
  'alloy_resources_machine_rx_bytes_total',
  'Bytes that the machine has received over all of its interfaces.',
)
const sent = spec(
  'counter',
  'alloy_resources_machine_tx_bytes_total',
  'Bytes that the machine has sent over all of its interfaces.',
)

/** What only Linux tells is left out elsewhere. */
export function addResources(group: MetricGroup): void {
  const started = group.gauge(startTime)
  started.set((Date.now() - performance.now()) / 1000)
  const cpuSeconds = group.counter(cpu)
  const resident = group.gauge(residentMemory)
  group.onCollect(() => {
    const { user, system } = process.cpuUsage()
    cpuSeconds.set((user + system) / 1e6)
    resident.set(process.memoryUsage.rss())
  })
  if (platform !== 'linux') return
  group.computed(virtualMemory, () => values(readVirtualMemory()))
  group.computed(received, () => values(readNetwork()?.receivedBytes))
  group.computed(sent, () => values(readNetwork()?.sentBytes))
}

function values(value: number | undefined) {
  return value === undefined ? [] : [{ labels: {}, value }]
}

function spec(kind: 'gauge' | 'counter', name: string, help: string): MetricSpec {
  return { kind, name, help, labels: [] }
}
