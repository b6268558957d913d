// cpu: the time that each CPU spent in each mode, and what the CPUs are.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { fieldsOf, linesOf, numberOf, optionalNumber, rangesOf } from '../proc_text.ts'
import { cpuInfo } from './cpu_info.ts'

/** The kernel counts in hundredths of a second, whatever its own tick is. */
const ticksPerSecond = 100

/** The order of the columns of /proc/stat. */
const modes = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal']
const guestModes = ['user', 'nice']
const columnCount = modes.length + guestModes.length
const idleColumn = modes.indexOf('idle')

/** A CPU that was taken away and came back starts anew; by less, the kernel only miscounts. */
const idleStepBackMaxSeconds = 3

const seconds = counter('node_cpu_seconds_total', 'Seconds the CPUs spent in each mode.')
const guestSeconds = counter(
  'node_cpu_guest_seconds_total',
  'Seconds the CPUs spent in guests (VMs) for each mode.',
)
const coreThrottles = counter(
  'node_cpu_core_throttles_total',
  'Number of times this CPU core has been throttled.',
)
const packageThrottles = counter(
  'node_cpu_package_throttles_total',
  'Number of times this CPU package has been throttled.',
)
const isolated = gauge(
  'node_cpu_isolated',
  'Whether each core is isolated, information from /sys/devices/system/cpu/isolated.',
)

export const cpu: BuildCollector = ({ args, host }) => {
  const addInfo = cpuInfo(args.cpu, host)
  const before = new Map<string, readonly number[]>()
  return {
    name: 'cpu',
    async collect(page) {
      await addInfo(page)
      await addTimes(page, host, before, args.cpu.guest)
      await addThrottles(page, host)
      const list = await host.attribute(host.sys('devices/system/cpu/isolated'))
      for (const number of rangesOf(list ?? '')) page.add(isolated, 1, { cpu: `${number}` })
    },
  }
}

async function addTimes(
  page: MetricPage,
  host: Host,
  before: Map<string, readonly number[]>,
  withGuests: boolean,
): Promise<void> {
  for (const line of linesOf(await host.read(host.proc('stat')))) {
    const [name = '', ...fields] = fieldsOf(line)
    const number = /^cpu(\d+)$/.exec(name)?.[1]
    if (number === undefined) continue
    const times = forward(before.get(number), timesOf(fields))
    before.set(number, times)
    for (const [i, mode] of modes.entries()) page.add(seconds, times[i]!, { cpu: number, mode })
    if (!withGuests) continue
    for (const [i, mode] of guestModes.entries()) {
      page.add(guestSeconds, times[modes.length + i]!, { cpu: number, mode })
    }
  }
}

/** Older kernels have fewer columns. */
function timesOf(fields: readonly string[]): number[] {
  return Array.from({ length: columnCount }, (_, i) => numberOf(fields[i] ?? '0') / ticksPerSecond)
}

/** Idle and I/O wait go back by a little now and then: a counter must not. */
function forward(before: readonly number[] | undefined, now: readonly number[]): readonly number[] {
  if (before === undefined) return now
  if (before[idleColumn]! - now[idleColumn]! > idleStepBackMaxSeconds) return now
  return now.map((value, i) => Math.max(value, before[i]!))
}

/** CPUs of one core, or of one package, tell the same. */
async function addThrottles(page: MetricPage, host: Host): Promise<void> {
  const directory = host.sys('devices/system/cpu')
  const cores = new Set<string>()
  const packages = new Set<string>()
  for (const name of await host.listIfAny(directory)) {
    if (!/^cpu\d+$/.test(name)) continue
    const read = (path: string) => host.attribute(`${directory}/${name}/${path}`)
    const packageId = await read('topology/physical_package_id')
    const core = await read('topology/core_id')
    if (packageId === undefined || core === undefined) continue
    const key = `${packageId} ${core}`
    if (!cores.has(key)) {
      const count = optionalNumber(await read('thermal_throttle/core_throttle_count'))
      if (count === undefined) continue
      cores.add(key)
      page.add(coreThrottles, count, { core, package: packageId })
    }
    if (packages.has(packageId)) continue
    const count = optionalNumber(await read('thermal_throttle/package_throttle_count'))
    if (count === undefined) continue
    packages.add(packageId)
    page.add(packageThrottles, count, { package: packageId })
  }
}
