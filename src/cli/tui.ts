// `tui`: what a running collector does, on a terminal or as text.

import process from 'node:process'
import { ClientError, reasonOf } from '../client/client_error.ts'
import { ConnectError, type ConnectOptions, connectTo } from '../tui/connect.ts'
import { jsonLine, type PlainOptions, plainTable, streamJson, takeSnapshot } from '../tui/plain.ts'
import { harmless } from '../tui/text.ts'
import { themeOf } from '../tui/theme.ts'
import { CommandLineError } from './failure.ts'
import { noTerminal } from './run_tui.ts'

export interface TuiOptions extends ConnectOptions {
  readonly intervalMs: number
  readonly once: boolean
  readonly json: boolean
  readonly filter: string
  readonly ascii: boolean
  readonly color: boolean
}

export const unreachable = 69
const badUsage = 2

/** Throws a CommandLineError with the exit code of its reason. */
export async function runTui(options: TuiOptions): Promise<void> {
  const { intervalMs } = options
  if (intervalMs < 1000 || intervalMs > 60_000) {
    throw new CommandLineError('--interval must be between 1s and 60s', { exitCode: badUsage })
  }
  const { client, url } = await connectTo(options).catch(refused)
  const isAscii = options.ascii || !hasUtf8(options.environment)
  if (options.once || options.json) {
    // Most scrapes are further apart than a second.
    const windowSeconds = Math.max(options.json ? 1 : 2, Math.round(intervalMs / 1000))
    return printPlain({ client, url, windowSeconds, filter: options.filter, isAscii }, options)
  }
  if (!process.stdout.isTTY || !process.stdin.isTTY) {
    const message = 'there is no terminal; --once prints a table, --json lines of JSON'
    throw new CommandLineError(message, { exitCode: noTerminal })
  }
  await quietLibraries()
  const { runApp } = await import('../tui/app.tsx')
  const theme = themeOf({ color: options.color, ascii: isAscii })
  await runApp({ client, url, intervalMs, filter: options.filter, theme })
}

/** Before Ink loads: its colours do not know NO_COLOR, and React's checks cost time. */
async function quietLibraries(): Promise<void> {
  process.env.NODE_ENV ??= 'production'
  const { default: chalk } = await import('chalk')
  chalk.level = 0
}

function refused(error: unknown): never {
  if (!(error instanceof ConnectError)) throw error
  const reason = error.cause === undefined ? '' : `: ${reasonOf(error.cause)}`
  throw new CommandLineError(error.message + reason, { exitCode: badUsage })
}

async function printPlain(
  plain: PlainOptions,
  { json, once }: Pick<TuiOptions, 'json' | 'once'>,
): Promise<void> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  // Whoever read it has enough.
  process.stdout.on('error', stop)
  const write = (text: string) => void process.stdout.write(text)
  try {
    await plain.client.server()
    if (json && !once) return await streamJson(plain, write, abort.signal)
    const snapshot = await takeSnapshot(plain, abort.signal)
    const text = json ? jsonLine(snapshot, plain, Date.now()) : plainTable(snapshot, plain)
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()))
  } catch (error) {
    if (abort.signal.aborted) return
    if (!(error instanceof ClientError)) throw error
    const message = `cannot ask ${plain.url}: ${harmless(error.message)}`
    throw new CommandLineError(message, { exitCode: unreachable })
  }
}

/** As the C library decides it. On Windows terminals have it. */
export function hasUtf8(environment: Readonly<Record<string, string | undefined>>): boolean {
  if (process.platform === 'win32') return true
  const { LANG, LC_ALL, LC_CTYPE } = environment
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
}

/** NO_COLOR wins over FORCE_COLOR; a dumb terminal has none. */
export function wantsColor(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = environment
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  return FORCE_COLOR !== '0' && TERM !== 'dumb'
}
