import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loopback, RunTui } from '../../src/cli/run_tui.ts'
import { temporaryDir } from '../support/http_client.ts'

/** A program in place of the real one, which writes its arguments into a file. */
function program(body: string) {
  const folder = temporaryDir()
  const path = join(folder, 'program.mjs')
  writeFileSync(path, body)
  return path
}

function runTui(body: string) {
  const printed: string[] = []
  const tui = new RunTui({
    program: program(body),
    uiPathPrefix: '/alloy',
    stderr: (text) => printed.push(text),
  })
  return { tui, printed }
}

describe('the log beside a terminal UI', () => {
  it('is held while that is shown, and printed afterwards', async () => {
    const { printed, tui } = runTui('')
    tui.stderr('before\n')
    const over = tui.run('127.0.0.1:1', new AbortController().signal)
    tui.stderr('meanwhile\n')
    expect(printed).toEqual(['before\n'])
    await over
    tui.stderr('after\n')
    expect(printed).toEqual(['before\n', 'meanwhile\n', 'after\n'])
  })

  it('keeps its last lines and says how many it does not', async () => {
    const { printed, tui } = runTui('')
    const over = tui.run('127.0.0.1:1', new AbortController().signal)
    for (let i = 0; i < 250; i++) tui.stderr(`${i}\n`)
    await over
    expect(printed[0]).toBe('50 lines before these are not shown\n')
    expect(printed.at(-1)).toBe('249\n')
    expect(printed).toHaveLength(201)
  })

  it('tells where a UI that fails has failed', async () => {
    const { printed, tui } = runTui('process.exit(3)')
    await tui.run('127.0.0.1:1', new AbortController().signal)
    expect(printed.join('')).toMatch(/the terminal UI has ended: .*exit code 3/s)
  })

  it('is free again when a signal has ended the UI', async () => {
    const { printed, tui } = runTui('setInterval(() => {}, 1000)')
    const abort = new AbortController()
    const over = tui.run('127.0.0.1:1', abort.signal)
    setTimeout(() => abort.abort(), 300)
    await over
    expect(printed).toEqual([])
  })

  it('gives the UI the address and the prefix of its engine', async () => {
    const expected = ['tui', 'http://127.0.0.1:7', '--prefix=/alloy']
    const { printed, tui } = runTui(`import assert from 'node:assert'
assert.deepEqual(process.argv.slice(2), ${JSON.stringify(expected)})`)
    await tui.run('0.0.0.0:7', new AbortController().signal)
    expect(printed).toEqual([])
  })
})

it.each([
  ['127.0.0.1:12345', '127.0.0.1:12345'],
  ['0.0.0.0:12345', '127.0.0.1:12345'],
  [':12345', '127.0.0.1:12345'],
  ['[::]:12345', '[::1]:12345'],
  ['[::1]:12345', '[::1]:12345'],
  ['10.0.0.1:80', '10.0.0.1:80'],
])('%s is asked at %s', (address, expected) => {
  expect(loopback(address)).toBe(expected)
})
