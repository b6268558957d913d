// Calls of the git program: never interactive, never longer than a deadline, never with a secret on
// the command line.

import { spawn } from 'node:child_process'
import { devNull } from 'node:os'
import type { Clock } from '../../model/clock.ts'

export interface GitOptions {
  readonly clock: Clock
  /** Kills the program. */
  readonly signal: AbortSignal
  /** What logs in. */
  readonly environment: Readonly<Record<string, string>>
}

/** Of one command; cloning is one. */
const commandMaxMs = 4 * 60_000

/** Of what a command prints, in bytes; the rest is dropped. */
const outputMax = 64 * 1024

/** Where these are set, as inside a hook, git works on another repository than ours. */
const foreign = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY']

/** What the command has printed. Rejects with what it has to say, or when its time is up. */
export async function git(
  directory: string,
  args: readonly string[],
  options: GitOptions,
): Promise<string> {
  const { clock, environment, signal } = options
  signal.throwIfAborted()
  const child = spawn('git', ['-c', `core.hooksPath=${devNull}`, '-c', 'gc.auto=0', ...args], {
    cwd: directory,
    env: { ...inherited(), ...fixed, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that its helpers end with it.
    detached: process.platform !== 'win32',
  })
  const stdout = new Output()
  const stderr = new Output()
  child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk))
  let reason: Error | undefined
  const kill = (why: Error) => {
    reason ??= why
    if (child.pid === undefined) return
    if (process.platform === 'win32') child.kill()
    else killGroup(child.pid)
  }
  const [command = ''] = args
  const late = new Error(`git ${command} takes longer than 4m0s`)
  const cancel = clock.after(commandMaxMs, () => kill(late))
  const stop = () => kill(new Error(`git ${command} was ended`))
  signal.addEventListener('abort', stop)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', (cause) => reject(new Error('cannot run the git program', { cause })))
      child.on('close', resolve)
    })
    if (reason !== undefined) throw reason
    if (code === 0) return stdout.text.trim()
    throw new Error(`git ${command}: ${wordsOf(stderr.text) || `exit code ${code}`}`)
  } finally {
    cancel()
    signal.removeEventListener('abort', stop)
  }
}

const fixed: Readonly<Record<string, string>> = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
  LC_ALL: 'C',
}

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name)))
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

class Output {
  #chunks: Buffer[] = []
  #size = 0

  add(chunk: Buffer): void {
    if (this.#size >= outputMax) return
    this.#chunks.push(chunk)
    this.#size += chunk.length
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8')
  }
}

/** Its complaint in one line, without progress and advice. */
function wordsOf(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim())
  const complaints = lines.filter((line) => /^(fatal|error|remote|ERROR|ssh):/.test(line))
  const chosen = complaints.length > 0 ? complaints : lines.filter((line) => line !== '').slice(-1)
  return chosen.slice(0, 3).join('; ')
}
