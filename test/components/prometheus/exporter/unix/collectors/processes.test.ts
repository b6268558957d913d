import { expect, it } from 'vitest'
import { processes } from '../../../../../../src/components/prometheus/exporter/unix/collectors/processes.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const statOf = (comm: string, state: string, threads: number) =>
  `1 (${comm}) ${state} ${'0 '.repeat(16)}${String(threads)} 0 0\n`

const limits = { 'proc/sys/kernel/pid_max': '123\n', 'proc/sys/kernel/threads-max': '7801\n' }

it('counts processes and threads by state', async () => {
  const tree = {
    ...limits,
    'proc/1/stat': statOf('a) Z (b', 'S', 2),
    'proc/1/task/1/stat': statOf('a) Z (b', 'S', 2),
    'proc/1/task/9/stat': statOf('c', 'D', 2),
    'proc/2/stat': statOf('x', 'R', 1),
    'proc/2/task/2/stat': 'not read, for it is the same',
    'proc/3/nothing': '',
    'proc/uptime': '1 2\n',
  }
  expect(await samplesOf(processes, tree)).toEqual([
    'node_processes_max_processes 123',
    'node_processes_max_threads 7801',
    'node_processes_pids 2',
    'node_processes_state{state="R"} 1',
    'node_processes_state{state="S"} 1',
    'node_processes_threads 3',
    'node_processes_threads_state{thread_state="D"} 1',
    'node_processes_threads_state{thread_state="R"} 1',
    'node_processes_threads_state{thread_state="S"} 1',
  ])
})
