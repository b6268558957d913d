// Write-ahead logs between the program and Prometheus in agent mode, both ways.

import { spawnSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/model/clock.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { diskFiles } from '../../src/storage/files.ts'
import { WalLog } from '../../src/storage/wal/log.ts'
import { eventually, freePort, start, temporaryFolder } from './support/process.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

async function startAgent(folder: string, jobs: string) {
  const port = await freePort()
  const config = join(folder, 'agent.yml')
  writeFileSync(config, jobs.replaceAll('PORT', String(port)))
  const agent = start('prometheus', [
    '--enable-feature=agent',
    `--config.file=${config}`,
    `--storage.agent.path=${folder}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ])
  const url = `http://127.0.0.1:${port}`
  await eventually('agent ready', async () => (await fetch(`${url}/-/ready`)).ok)
  return { agent, url }
}

function inspect(...args: string[]) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [program, 'tools', 'wal-inspect', '--verify', '--json', ...args],
    { encoding: 'utf8', timeout: 30_000 },
  )
  return { status, found: JSON.parse(stdout) }
}

describe('write-ahead logs', () => {
  it('of an agent that was killed are read in full', async () => {
    const folder = temporaryFolder()
    const { agent, url } = await startAgent(
      folder,
      `global: {scrape_interval: 1s, scrape_timeout: 1s}
scrape_configs:
- {job_name: self, static_configs: [{targets: ['127.0.0.1:PORT']}]}
`,
    )
    await eventually('scraped', async () => {
      const page = await (await fetch(`${url}/metrics`)).text()
      const counter = /^prometheus_agent_samples_appended_total(?:\{.*\})? (\S+)$/m
      return Number(counter.exec(page)?.[1] ?? 0) > 300
    })
    await agent.stop('SIGKILL')
    const { found, status } = inspect(folder)
    expect(status).toBe(0)
    expect(found).toMatchObject({ damages: [], missing_segments: [], unknown_series_rows: 0 })
    expect(found.samples).toBeGreaterThan(300)
    expect(found.targets[0]).toMatchObject({ job: 'self' })
  })

  it('of ours are read by an agent and by promtool, every sample', async () => {
    const ours = temporaryFolder()
    const pool = new LabelPool()
    const log = await WalLog.open({
      files: diskFiles,
      clock: systemClock,
      pool,
      folder: ours,
      memoryMaxBytes: 1 << 20,
      syncIntervalMs: 1000,
      segmentSizeBytes: 1 << 16,
      problem: (what, error) => expect.unreachable(`${what}: ${error}`),
    })
    const length = 100
    const ids = Array.from({ length }, (_, i) => pool.intern(['__name__', 'm', 'n', String(i)]))
    const series = Uint32Array.from(ids)
    const kinds = new Uint8Array(length)
    for (let round = 0; round < 100; round++) {
      const values = Float64Array.from(ids, (_, i) => Math.sin(i * round))
      const times = Date.now() - 100_000 + round * 1000
      log.append({ length, series, kinds, times, values })
    }
    log.close()
    expect(log.segment).toBeGreaterThan(0)
    const copy = temporaryFolder()
    cpSync(join(ours, 'wal'), join(copy, 'wal'), { recursive: true })
    const dump = spawnSync('promtool', ['tsdb', 'dump', copy], {
      encoding: 'utf8',
      timeout: 30_000,
    })
    expect(dump.stdout.trim().split('\n')).toHaveLength(100 * length)
    const { agent } = await startAgent(ours, 'scrape_configs: []\n')
    await agent.stop()
    expect(agent.output()).toContain('WAL segment loaded')
    expect(agent.output()).not.toMatch(/corrupt|repair|level=error/)
  })
})
