// Programs under test: started on loopback, awaited by a fact, ended with the test.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface Running {
  readonly child: ChildProcess
  /** What it has written to both streams so far. */
  output(): string
  /** Sends the signal and waits for the end; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export function start(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Running {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  const chunks: string[] = []
  child.stdout.on('data', (chunk) => chunks.push(String(chunk)))
  child.stderr.on('data', (chunk) => chunks.push(String(chunk)))
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.once('error', (error) => {
      chunks.push(String(error))
      resolve(null)
    })
  })
  const running: Running = {
    child,
    output: () => chunks.join(''),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      if (signal !== 'SIGKILL') child.kill('SIGCONT')
      return exited
    },
  }
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await running.stop('SIGKILL')
  })
  return running
}

/** Polls until `probe` answers with something true; its last error is the reason of a failure. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  let last: unknown
  while (Date.now() < deadline) {
    try {
      const answer = await probe()
      if (answer !== undefined && answer !== false) return answer
      last = undefined
    } catch (error) {
      last = error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${what}: not within ${timeoutMs} ms`, { cause: last })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
