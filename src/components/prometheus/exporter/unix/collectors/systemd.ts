// systemd: units of systemd and their state, asked over D-Bus.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type OpenBus, openBus, systemBus } from '../bus.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import { compilePattern, type Filter } from '../filter.ts'
import { Systemd, type Unit, type UnitInterface } from './systemd_manager.ts'

const unitState = gauge('node_systemd_unit_state', 'Systemd unit')
const unitStart = gauge(
  'node_systemd_unit_start_time_seconds',
  'Start time of the unit since unix epoch in seconds.',
)
const tasksCurrent = gauge(
  'node_systemd_unit_tasks_current',
  'Current number of tasks per Systemd unit',
)
const tasksMax = gauge('node_systemd_unit_tasks_max', 'Maximum number of tasks per Systemd unit')
const systemRunning = gauge(
  'node_systemd_system_running',
  "Whether the system is operational (see 'systemctl is-system-running')",
)
const summary = gauge('node_systemd_units', 'Summary of systemd unit states')
const restarts = counter(
  'node_systemd_service_restart_total',
  'Service unit count of Restart triggers',
)
const lastTrigger = gauge(
  'node_systemd_timer_last_trigger_seconds',
  'Seconds since epoch of last trigger.',
)
const accepted = counter(
  'node_systemd_socket_accepted_connections_total',
  'Total number of accepted socket connections',
)
const connections = gauge(
  'node_systemd_socket_current_connections',
  'Current number of socket connections',
)
const refused = gauge(
  'node_systemd_socket_refused_connections_total',
  'Total number of refused socket connections',
)
const version = gauge('node_systemd_version', 'Detected systemd version')

/** The bus that all may use, and the socket of systemd that only root may. */
const sockets = [systemBus, { path: '/run/systemd/private', isBus: false }]

const states = ['active', 'activating', 'deactivating', 'inactive', 'failed']

/** Buses bound how many calls of one connection wait. */
const unitsAtOnce = 16
const microsecondsPerSecond = 1e6
/** What systemd says where there is no limit. */
const noLimit = 2 ** 64

interface Settings {
  readonly takes: Filter
  readonly hasRestarts: boolean
  readonly hasStartTimes: boolean
  readonly hasTasks: boolean
}

export const systemd: BuildCollector = (setting) => systemdFrom(() => openBus(sockets))(setting)

export function systemdFrom(open: OpenBus): BuildCollector {
  return ({ args }) => {
    const { enable_restarts, start_time, task_metrics, unit_exclude, unit_include } = args.systemd
    const include = compilePattern(`^(?:${unit_include})$`)
    const exclude = compilePattern(`^(?:${unit_exclude})$`)
    const settings: Settings = {
      takes: (name) => include.test(name) && !exclude.test(name),
      hasRestarts: enable_restarts,
      hasStartTimes: start_time,
      hasTasks: task_metrics,
    }
    return {
      name: 'systemd',
      async collect(page) {
        const client = await open()
        try {
          await collectFrom(new Systemd(client), page, settings)
        } finally {
          client.close()
        }
      },
    }
  }
}

async function collectFrom(manager: Systemd, page: MetricPage, settings: Settings): Promise<void> {
  const text = await manager.text('Version')
  const number = /\d{3,}(?:\.\d+)?/.exec(text)?.[0]
  page.add(version, Number(number ?? 0), { version: text })
  const units = await manager.units()
  addSummary(page, units)
  const taken = units.filter(({ load, name }) => load === 'loaded' && settings.takes(name))
  let next = 0
  const work = async (): Promise<void> => {
    while (next < taken.length) {
      await addUnit(page, manager, taken[next++]!, settings)
    }
  }
  await Promise.all(Array.from({ length: unitsAtOnce }, work))
  page.add(systemRunning, (await manager.text('SystemState')) === 'running' ? 1 : 0)
}

function addSummary(page: MetricPage, units: readonly Unit[]): void {
  const counts = new Map(states.map((state) => [state, 0]))
  for (const { active } of units) counts.set(active, (counts.get(active) ?? 0) + 1)
  for (const [state, count] of counts) page.add(summary, count, { state })
}

async function addUnit(
  page: MetricPage,
  manager: Systemd,
  unit: Unit,
  settings: Settings,
): Promise<void> {
  const { active, name } = unit
  const isService = name.endsWith('.service')
  const type = isService ? await manager.unitText(unit, 'Service', 'Type') : ''
  for (const state of states) {
    page.add(unitState, state === active ? 1 : 0, { name, type, state })
  }
  const addNumber = async (
    family: ReturnType<typeof gauge>,
    [of, property]: readonly [UnitInterface, string],
    divisor = 1,
  ): Promise<void> => {
    const value = await manager.unitNumber(unit, of, property)
    if (value !== undefined && value < noLimit) page.add(family, value / divisor, { name })
  }
  if (isService && settings.hasRestarts) await addNumber(restarts, ['Service', 'NRestarts'])
  if (isService && settings.hasTasks) {
    await addNumber(tasksCurrent, ['Service', 'TasksCurrent'])
    await addNumber(tasksMax, ['Service', 'TasksMax'])
  }
  if (settings.hasStartTimes) {
    const isActive = active === 'active'
    if (isActive)
      await addNumber(unitStart, ['Unit', 'ActiveEnterTimestamp'], microsecondsPerSecond)
    else page.add(unitStart, 0, { name })
  }
  if (name.endsWith('.timer')) {
    await addNumber(lastTrigger, ['Timer', 'LastTriggerUSec'], microsecondsPerSecond)
  }
  if (name.endsWith('.socket')) {
    await addNumber(accepted, ['Socket', 'NAccepted'])
    await addNumber(connections, ['Socket', 'NConnections'])
    // systemd counts them since version 239.
    await addNumber(refused, ['Socket', 'NRefused'])
  }
}
