// The program as `run` starts it, on a port of its own, until the test ends.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { Program } from '../../src/cli/run_program.ts'

export async function startProgram(config: string) {
  const dir = mkdtempSync(join(tmpdir(), 'alloyts-run-'))
  const path = join(dir, 'config.alloy')
  writeFileSync(path, config)
  const program = new Program({
    path,
    features: { stability: 'generally-available', community: false },
    listenAddr: '127.0.0.1:0',
    memoryAddr: 'alloy.internal:12345',
    uiPathPrefix: '/',
    serves: { pprof: true, supportBundle: true, graphql: false, graphqlPlayground: false },
    flags: {},
    storagePath: join(dir, 'data'),
    shutdownDeadlineMs: 10_000,
    limits: { scrapeBodySizeBytes: 1e8, remoteWriteMemoryBytes: 1e8 },
    reloadMode: 'partial',
    watch: false,
    version: '0.0.0',
    environment: {},
    stdout: () => undefined,
    stderr: () => undefined,
  })
  const control = new AbortController()
  let running: Promise<void> = Promise.resolve()
  onTestFinished(async () => {
    control.abort()
    await running
    rmSync(dir, { recursive: true })
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
  return { url, reload }
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
