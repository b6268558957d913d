// A real Prometheus that takes remote writes and answers queries.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually, freePort, type Running, start, temporaryFolder } from './process.ts'

export interface Sample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: number
}

export interface Prometheus {
  readonly url: string
  readonly writeUrl: string
  readonly running: Running
  /** An instant query, at `at` (Unix seconds) or now. */
  query(promql: string, at?: number): Promise<Sample[]>
  /** The raw samples of a range selector such as `up[1m]`: [Unix seconds, value]. */
  samples(selector: string, at?: number): Promise<Map<string, [number, number][]>>
  /** Ends it; `restart` brings it back on the same port with the same data. */
  stop(signal?: NodeJS.Signals): Promise<void>
  restart(): Promise<void>
}

interface Answer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Record<string, string>
      readonly value: [number, string]
      readonly values: [number, string][]
    }[]
  }
}

export async function startPrometheus(): Promise<Prometheus> {
  const port = await freePort()
  const folder = temporaryFolder()
  const url = `http://127.0.0.1:${port}`
  writeFileSync(join(folder, 'prometheus.yml'), 'global: {}\n')
  const launch = async () => {
    const running = start('prometheus', [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-remote-write-receiver',
    ])
    await eventually('prometheus ready', async () => (await fetch(`${url}/-/ready`)).ok)
    return running
  }
  let running = await launch()
  const ask = async (promql: string, at?: number): Promise<Answer> => {
    const time = at === undefined ? '' : `&time=${at}`
    const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(promql)}${time}`)
    if (!response.ok) throw new Error(`query answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Answer
  }
  return {
    url,
    writeUrl: `${url}/api/v1/write`,
    get running() {
      return running
    },
    query: async (promql, at) =>
      (await ask(promql, at)).data.result.map(({ metric, value }) => ({
        metric,
        value: Number(value[1]),
      })),
    samples: async (selector, at) =>
      new Map(
        (await ask(selector, at)).data.result.map(({ metric, values }) => [
          seriesKey(metric),
          values.map(([time, value]): [number, number] => [time, Number(value)]),
        ]),
      ),
    stop: async (signal = 'SIGTERM') => {
      await running.stop(signal)
    },
    restart: async () => {
      running = await launch()
    },
  }
}

/** `name{a="1",b="2"}` with labels sorted. */
export function seriesKey(metric: Readonly<Record<string, string>>): string {
  const { __name__: name = '', ...labels } = metric
  const pairs = Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return `${name}{${pairs.join(',')}}`
}
