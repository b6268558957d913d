// pressure: how long processes waited for what the machine has too little of (PSI).

import { type BuildCollector, counter, isMissing, NoData } from '../collector.ts'
import { numberOf } from '../proc_text.ts'

/** By resource: that of `some` processes waiting, that of all of them (`full`). */
const families = {
  cpu: {
    some: counter(
      'node_pressure_cpu_waiting_seconds_total',
      'Total time in seconds that processes have waited for CPU time',
    ),
  },
  io: {
    some: counter(
      'node_pressure_io_waiting_seconds_total',
      'Total time in seconds that processes have waited due to IO congestion',
    ),
    full: counter(
      'node_pressure_io_stalled_seconds_total',
      'Total time in seconds no process could make progress due to IO congestion',
    ),
  },
  memory: {
    some: counter(
      'node_pressure_memory_waiting_seconds_total',
      'Total time in seconds that processes have waited for memory',
    ),
    full: counter(
      'node_pressure_memory_stalled_seconds_total',
      'Total time in seconds no process could make progress due to memory congestion',
    ),
  },
  irq: {
    full: counter(
      'node_pressure_irq_stalled_seconds_total',
      'Total time in seconds no process could make progress due to IRQ congestion',
    ),
  },
} as const

export const pressure: BuildCollector = ({ host }) => ({
  name: 'pressure',
  async collect(page) {
    let found = 0
    for (const [resource, { full, some }] of Object.entries<Kinds>(families)) {
      const text = await host.readIfAny(host.proc(`pressure/${resource}`)).catch(undefinedIfOff)
      if (text === undefined) continue
      found++
      if (some !== undefined) page.add(some, secondsOf(text, 'some'))
      if (full !== undefined) page.add(full, secondsOf(text, 'full'))
    }
    if (found === 0) throw new NoData()
  },
})

interface Kinds {
  readonly some?: ReturnType<typeof counter>
  readonly full?: ReturnType<typeof counter>
}

/** Kernels with `psi=0` have the files, and refuse to read them. */
function undefinedIfOff(error: Error & { readonly code?: unknown }): undefined {
  if (!isMissing(error) && error.code !== 'EOPNOTSUPP') throw error
}

function secondsOf(text: string, kind: string): number {
  const total = new RegExp(`^${kind} .*\\btotal=(\\d+)`, 'm').exec(text)?.[1]
  // In two steps, which gives the digits of the original.
  return numberOf(total) / 1000 / 1000
}
