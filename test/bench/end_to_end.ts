// Scrape to remote write, the whole program against the plain baseline: CPU seconds per million
// samples, which hold on a busy machine where samples per second do not.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const targets = 50
const seriesPerTarget = 1000
const warmMs = 8_000
const windowMs = 10_000

export interface EndToEnd {
  readonly cpuSecondsPerMillion: number
  readonly samplesPerSecond: number
  readonly rssMb: number
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function tool(name: string): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url))
}

/** Starts a child that prints its port. */
async function listening(script: string, args: readonly string[]): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout, 'data')
  return [child, String(port).trim()]
}

/** CPU seconds and resident MB of a process, from /proc: this bench runs on Linux. */
function usage(pid: number): { cpuSeconds: number; rssMb: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const ticksPerSecond = 100
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    rssMb: (Number(fields[21]) * 4096) / 1024 ** 2,
  }
}

async function delivered(sinkPort: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${sinkPort}/stats`)
  const { requests, counted, countedSamples } = (await answer.json()) as Record<string, number>
  return counted ? ((requests ?? 0) * (countedSamples ?? 0)) / counted : 0
}

async function measure(
  start: (targetPort: string, sinkPort: string) => ChildProcess,
): Promise<EndToEnd> {
  const [exporter, targetPort] = await listening(tool('bench_targets'), [
    String(targets),
    String(seriesPerTarget),
  ])
  const [sink, sinkPort] = await listening(tool('bench_sink'), [])
  const agent = start(targetPort, sinkPort)
  try {
    await sleep(warmMs)
    if (agent.exitCode !== null) throw new Error(`the agent ended with code ${agent.exitCode}`)
    const pid = agent.pid ?? 0
    const before = { ...usage(pid), samples: await delivered(sinkPort) }
    await sleep(windowMs)
    const after = { ...usage(pid), samples: await delivered(sinkPort) }
    const samples = after.samples - before.samples
    return {
      cpuSecondsPerMillion: ((after.cpuSeconds - before.cpuSeconds) / samples) * 1e6,
      samplesPerSecond: (samples / windowMs) * 1000,
      rssMb: after.rssMb,
    }
  } finally {
    for (const child of [agent, sink, exporter]) child.kill('SIGKILL')
  }
}

function configuration(targetPort: string, sinkPort: string): string {
  const list = Array.from(
    { length: targets },
    (_, i) =>
      `{"__address__" = "127.0.0.1:${targetPort}", "__metrics_path__" = "/t/${i}", "instance" = "t${i}"},`,
  )
  return `
    prometheus.scrape "bench" {
      scrape_interval = "1s"
      scrape_timeout  = "1s"
      targets         = [\n${list.join('\n')}\n]
      forward_to      = [prometheus.remote_write.bench.receiver]
    }

    prometheus.remote_write "bench" {
      endpoint {
        url = "http://127.0.0.1:${sinkPort}/api/v1/write"
      }
    }
  `
}

export async function endToEnd(): Promise<{ ours: EndToEnd; plain: EndToEnd }> {
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-bench-'))
  const program = fileURLToPath(new URL('../bin/run.js', import.meta.url))
  try {
    const ours = await measure((targetPort, sinkPort) => {
      const file = join(folder, 'bench.alloy')
      writeFileSync(file, configuration(targetPort, sinkPort))
      const flags = ['--server.http.listen-addr=127.0.0.1:0', `--storage.path=${folder}/data`]
      return spawn(process.execPath, [program, 'run', file, ...flags], { stdio: 'ignore' })
    })
    const plain = await measure((targetPort, sinkPort) =>
      spawn(process.execPath, [tool('bench_plain_agent'), targetPort, String(targets), sinkPort], {
        stdio: 'ignore',
      }),
    )
    return { ours, plain }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
