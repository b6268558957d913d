// The signals of the process: TERM and INT end the program, HUP has it read its configuration.

import process from 'node:process'
import type { Program } from './run_program.ts'

/**
 * Runs the program until it ends or a signal ends it; a second one ends it at once.
 *
 * @param beside runs beside it from when it is ready, and ends it as a signal does.
 */
export async function untilStopped(
  program: Program,
  beside?: (address: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController()
  const stop = () => {
    if (abort.signal.aborted) process.exit(1)
    abort.abort()
  }
  const reload = () => void program.reload()
  process.on('SIGTERM', stop).on('SIGINT', stop)
  if (process.platform !== 'win32') process.on('SIGHUP', reload)
  let other: Promise<void> | undefined
  try {
    const ready = (address: string) => {
      other = beside?.(address, abort.signal).finally(() => abort.abort())
    }
    await program.run(abort.signal, ready)
  } finally {
    abort.abort()
    await other
    process.off('SIGTERM', stop).off('SIGINT', stop).off('SIGHUP', reload)
  }
}
