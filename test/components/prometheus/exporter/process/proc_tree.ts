// A small copy of a proc file system, for tests.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ProcessStat } from '../../../../../src/components/prometheus/exporter/process/linux_stat.ts'

export interface FakeProcess extends Partial<ProcessStat> {
  readonly argv?: readonly string[]
  readonly uid?: number
  readonly readBytes?: number
  readonly threads?: Readonly<Record<number, Partial<ProcessStat>>>
}

export class ProcTree {
  readonly path: string

  static async create(): Promise<ProcTree> {
    const tree = new ProcTree(await mkdtemp(join(tmpdir(), 'proc-')))
    await tree.write('stat', 'cpu 1\nbtime 1000\n')
    return tree
  }

  constructor(path: string) {
    this.path = path
  }

  async put(pid: number, process: FakeProcess): Promise<void> {
    const { argv = [], threads = {}, uid = 0 } = process
    const folder = String(pid)
    await this.#putTask(folder, { ...process, threadCount: Object.keys(threads).length || 1 })
    await this.write(`${folder}/cmdline`, argv.map((arg) => `${arg}\0`).join(''))
    const ids = `Uid:\t0\t${String(uid)}\t0\t0\n`
    await this.write(`${folder}/status`, `${ids}voluntary_ctxt_switches:\t1\n`)
    await this.write(`${folder}/limits`, 'Max open files   10   20   files\n')
    await this.write(`${folder}/smaps_rollup`, 'Pss: 1 kB\nSwapPss: 0 kB\n')
    await this.write(`${folder}/cgroup`, '1:cpu:/a\n0::/b\n')
    await this.write(`${folder}/fd/0`, '')
    await rm(join(this.path, folder, 'task'), { recursive: true, force: true })
    for (const [id, stat] of Object.entries(threads)) {
      await this.#putTask(`${folder}/task/${id}`, stat)
      await this.write(`${folder}/task/${id}/status`, 'voluntary_ctxt_switches:\t1\n')
    }
  }

  async #putTask(folder: string, process: FakeProcess): Promise<void> {
    await this.write(`${folder}/stat`, statLine(process))
    await this.write(`${folder}/io`, `read_bytes: ${String(process.readBytes ?? 0)}\n`)
    await this.write(`${folder}/wchan`, 'do_wait')
  }

  async end(pid: number): Promise<void> {
    await rm(join(this.path, String(pid)), { recursive: true })
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.path, path)), { recursive: true })
    await writeFile(join(this.path, path), text)
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true })
  }
}

/** With the numbers in their places and others elsewhere. */
export function statLine(stat: Partial<ProcessStat>): string {
  const fields = Array.from({ length: 50 }, (_, index) => String(index + 3000))
  const put = (number: number, value: number | string = 0): void => {
    fields[number - 3] = String(value)
  }
  put(3, stat.state ?? 'S')
  put(4, stat.parentPid)
  put(10, stat.minorFaults)
  put(12, stat.majorFaults)
  put(14, stat.userTicks)
  put(15, stat.systemTicks)
  put(20, stat.threadCount ?? 1)
  put(22, stat.startTicks)
  put(23, stat.virtualBytes)
  put(24, stat.residentPages)
  return `99 (${stat.comm ?? 'x'}) ${fields.join(' ')}\n`
}
