// alloyts itself, as its users start it.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually, freePort, type Running, start, temporaryFolder } from './process.ts'

const program = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))

export interface Alloyts {
  readonly url: string
  readonly running: Running
  readonly folder: string
  /** Replaces the configuration and asks for a reload; resolves with the answer and its time. */
  reload(config: string): Promise<{ status: number; body: string; ms: number }>
  metrics(): Promise<string>
}

export async function startAlloyts(
  config: string,
  options: {
    flags?: readonly string[]
    env?: NodeJS.ProcessEnv
    node?: readonly string[]
    port?: number
  } = {},
): Promise<Alloyts> {
  const folder = temporaryFolder()
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const file = join(folder, 'config.alloy')
  writeFileSync(file, config)
  const running = start(
    process.execPath,
    [
      ...(options.node ?? []),
      program,
      'run',
      file,
      `--server.http.listen-addr=127.0.0.1:${port}`,
      `--storage.path=${join(folder, 'data')}`,
      ...(options.flags ?? []),
    ],
    options.env === undefined ? {} : { env: options.env },
  )
  await eventually('alloyts ready', async () => {
    if (running.child.exitCode !== null) return true
    return (await fetch(`${url}/-/ready`)).ok
  }).catch((error) => {
    throw new Error(`alloyts is not ready:\n${running.output()}`, { cause: error })
  })
  return {
    url,
    running,
    folder,
    reload: async (next) => {
      writeFileSync(file, next)
      const from = performance.now()
      const response = await fetch(`${url}/-/reload`, { method: 'POST' })
      const body = await response.text()
      return { status: response.status, body, ms: performance.now() - from }
    },
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
  }
}
