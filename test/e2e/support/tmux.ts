// A terminal of any size that can be read: tmux, with a server of its own.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { eventually, temporaryFolder } from './process.ts'

export interface TmuxTerminal {
  /** What is on the screen, without colours and spaces at the ends of lines. */
  screen(): string
  /** With its escape sequences. */
  colouredScreen(): string
  /** Names of keys as tmux has them: `j`, `Enter`, `Escape`, `C-z`. */
  keys(...names: string[]): void
  resize(width: number, height: number): void
  /** Waits until the screen shows it. */
  shows(wanted: RegExp, timeoutMs?: number): Promise<string>
  /** Of the program in it, in seconds. */
  cpuSeconds(): number
  pid(): number
}

let terminals = 0

/** Lives until the test ends. `environment` is all that the program has beside PATH and HOME. */
export function openTerminal(
  command: readonly string[],
  options: {
    readonly width: number
    readonly height: number
    readonly environment?: Readonly<Record<string, string>>
    readonly cwd?: string
  },
): TmuxTerminal {
  const server = `alloyts-${terminals++}`
  const sockets = temporaryFolder()
  const tmux = (...args: string[]): string => {
    const { CI: _, NO_COLOR: __, ...env } = process.env
    return execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { ...env, LC_ALL: 'C.UTF-8', TMUX_TMPDIR: sockets },
    })
  }
  const { PATH = '', HOME = '' } = process.env
  const variables = {
    PATH,
    HOME,
    TERM: 'xterm-256color',
    LC_ALL: 'C.UTF-8',
    ...options.environment,
  }
  const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  const size = ['-x', String(options.width), '-y', String(options.height)]
  const folder = options.cwd === undefined ? [] : ['-c', options.cwd]
  // What it leaves on the screen can be read after its end.
  const line = ['env', '-i', ...pairs, ...command].map(quoted).join(' ')
  const shell = `${line}; echo "exit code $?"; exec sleep 1000`
  tmux('new-session', '-d', ...size, ...folder, 'sh', '-c', shell)
  onTestFinished(() => void tmux('kill-server'))
  const screen = () => tmux('capture-pane', '-p').replaceAll(/ +$/gm, '')
  const shellPid = Number(tmux('display-message', '-p', '#{pane_pid}'))
  const pid = () => {
    const [first = ''] = readFileSync(`/proc/${shellPid}/task/${shellPid}/children`, 'utf8').split(
      ' ',
    )
    return Number(first)
  }
  return {
    screen,
    colouredScreen: () => tmux('capture-pane', '-p', '-e'),
    keys: (...names) => void tmux('send-keys', ...names),
    resize: (width, height) => {
      tmux('resize-window', '-x', String(width), '-y', String(height))
    },
    shows: async (wanted, timeoutMs = 20_000) => {
      try {
        return await eventually(
          `a screen with ${wanted}`,
          () => (wanted.test(screen()) ? screen() : undefined),
          timeoutMs,
        )
      } catch (error) {
        throw new Error(`the screen shows\n${screen()}`, { cause: error })
      }
    },
    cpuSeconds: () => cpuSecondsOf(pid()),
    pid,
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** Linux counts in hundredths of a second. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
