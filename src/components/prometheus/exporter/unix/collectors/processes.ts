// processes: how many processes and threads there are, by their state.

import { setImmediate } from 'node:timers/promises'
import { type BuildCollector, gauge, isMissing } from '../collector.ts'
import type { Host } from '../host.ts'
import { numberOf } from '../proc_text.ts'

const threads = gauge('node_processes_threads', 'Allocated threads in system')
const threadStates = gauge('node_processes_threads_state', 'Number of threads in each state.')
const states = gauge('node_processes_state', 'Number of processes in each state.')
const pids = gauge('node_processes_pids', 'Number of PIDs')
const pidLimit = gauge('node_processes_max_processes', 'Number of max PIDs limit')
const threadLimit = gauge('node_processes_max_threads', 'Limit of threads in the system')

interface Counts {
  processes: number
  threads: number
  readonly states: Map<string, number>
  readonly threadStates: Map<string, number>
}

export const processes: BuildCollector = ({ host }) => ({
  name: 'processes',
  async collect(page) {
    const counts = await countProcesses(host)
    page.add(threads, counts.threads)
    page.add(pids, counts.processes)
    for (const [state, count] of counts.states) page.add(states, count, { state })
    for (const [state, count] of counts.threadStates) {
      page.add(threadStates, count, { thread_state: state })
    }
    const limit = async (file: string) =>
      numberOf((await host.read(host.proc(`sys/kernel/${file}`))).trim())
    page.add(threadLimit, await limit('threads-max'))
    page.add(pidLimit, await limit('pid_max'))
  },
})

/** What is read without giving way: 1.5 ms. */
const readsPerTurn = 64

async function countProcesses(host: Host): Promise<Counts> {
  const counts: Counts = { processes: 0, threads: 0, states: new Map(), threadStates: new Map() }
  let reads = 0
  const giveWay = async () => {
    if (++reads % readsPerTurn === 0) await setImmediate()
  }
  for (const pid of (await host.list(host.proc(''))).filter(isNumber)) {
    await giveWay()
    const found = statOf(host, host.proc(`${pid}/stat`))
    if (found === undefined) continue
    counts.processes++
    counts.threads += found.threads
    increase(counts.states, found.state)
    if (found.threads === 1) {
      increase(counts.threadStates, found.state)
      continue
    }
    const tasks = host.proc(`${pid}/task`)
    for (const task of (await host.listIfAny(tasks).catch(noneIfGone)).filter(isNumber)) {
      await giveWay()
      const thread = statOf(host, `${tasks}/${task}/stat`)
      if (thread !== undefined) increase(counts.threadStates, thread.state)
    }
  }
  return counts
}

/** State and number of threads; undefined where the process or thread ended meanwhile. */
function statOf(
  host: Host,
  path: string,
): { readonly state: string; readonly threads: number } | undefined {
  const text = host.glance(path)
  if (text === undefined) return undefined
  // The command may hold blanks and parentheses; fields are counted from behind it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state = ''] = fields
  return { state, threads: numberOf(fields[17]) }
}

/** One that ends while its file is open gives ESRCH. */
function noneIfGone(error: Error & { readonly code?: unknown }): readonly string[] {
  if (error.code !== 'ESRCH' && !isMissing(error)) throw error
  return []
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name)
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
