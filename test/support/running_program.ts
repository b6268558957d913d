// The program as `run` starts it, in this process, on a port of its own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { Program, type ProgramOptions } from '../../src/cli/run_program.ts'

export interface RunningProgram {
  /** `http://127.0.0.1:4711`. */
  readonly url: string
  /** Of the configuration. */
  readonly path: string
  /** Everything that was written to stdout and stderr. */
  readonly output: readonly string[]
  /** Replaces the configuration, which must load. */
  reload(changed: string): Promise<void>
  stop(): Promise<void>
}

/** It ends with the test. */
export async function startProgram(
  config: string,
  options: Partial<ProgramOptions> = {},
): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-program-'))
  const path = join(folder, 'config.alloy')
  writeFileSync(path, config)
  const output: string[] = []
  const program = new Program({
    path,
    features: { stability: 'generally-available', community: false },
    listenAddr: '127.0.0.1:0',
    memoryAddr: 'alloy.internal:12345',
    uiPathPrefix: '/',
    uiDir: 'not built',
    storagePath: join(folder, 'data'),
    serves: { pprof: true, supportBundle: true, graphql: false, graphqlPlayground: false },
    flags: {},
    shutdownDeadlineMs: 1000,
    limits: { scrapeBodySizeBytes: 1e8, remoteWriteMemoryBytes: 1e8 },
    logBufferBytes: 1 << 20,
    reloadMode: 'partial',
    watch: false,
    version: '0.0.0',
    environment: {},
    stdout: (text) => output.push(text),
    stderr: (text) => output.push(text),
    ...options,
  })
  const control = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const stop = () => {
    control.abort()
    return running
  }
  onTestFinished(async () => {
    await stop()
    rmSync(folder, { recursive: true })
  })
  const address = await new Promise<string>((resolve, reject) => {
    running = program.run(control.signal, resolve)
    running.catch(reject)
  })
  const url = `http://${address}`
  const reload = async (changed: string) => {
    writeFileSync(path, changed)
    const answer = await fetch(`${url}/-/reload`, { method: 'POST' })
    expect([answer.status, await answer.text()]).toEqual([200, 'config reloaded\n'])
  }
  return { url, path, output, reload, stop }
}

/** Reads a stream bit by bit. */
export async function openStream(url: string) {
  const control = new AbortController()
  onTestFinished(() => control.abort())
  const answer = await fetch(url, { signal: control.signal })
  expect(answer.status).toBe(200)
  const reader = answer.body!.getReader()
  const decoder = new TextDecoder()
  return {
    /** All that comes until what came since the last call satisfies `isEnough`, or to the end. */
    until: async (isEnough: (text: string) => boolean): Promise<string> => {
      let text = ''
      while (!isEnough(text)) {
        const { value, done } = await reader.read()
        if (done) return text
        text += decoder.decode(value, { stream: true })
      }
      return text
    },
    close: () => control.abort(),
  }
}
