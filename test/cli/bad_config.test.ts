// Configurations with mistakes, and what the original says of them. The comments at their tops list,
// in order, what `validate` prints, what `run` prints first, and the hint of the JSON report.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import glob from 'fast-glob'
import { afterAll, describe, expect, it } from 'vitest'
import type { Depth } from '../../src/cli/check_config.ts'
import { CommandLineError } from '../../src/cli/failure.ts'
import { Program } from '../../src/cli/run_program.ts'
import { runValidate } from '../../src/cli/validate.ts'
import type { Features } from '../../src/engine/catalog.ts'
import { textOf } from '../../src/go/text.ts'

const folder = fileURLToPath(new URL('../fixtures/bad/config/', import.meta.url))
const names = glob.sync('*.alloy', { cwd: folder }).sort()
const features: Features = { stability: 'generally-available', community: false }
const storagePath = mkdtempSync(join(tmpdir(), 'alloyts-bad-'))

afterAll(() => rmSync(storagePath, { recursive: true, force: true }))

/** What the file says that a command prints. */
function expected(name: string, what: 'validate' | 'run' | 'hint'): string[] {
  const bytes = readFileSync(folder + name)
  const text = bytes[0] === 0xff ? bytes.toString('utf16le') : textOf(bytes)
  return [...text.matchAll(/\/\/ (\w+): (.+)\n/g)].flatMap(([, word, line = '']) =>
    word === what ? [line] : [],
  )
}

interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly error: string | undefined
}

async function outcomeOf(
  command: (stdout: (text: string) => void, stderr: (text: string) => void) => Promise<void>,
): Promise<Outcome> {
  let stdout = ''
  let stderr = ''
  const error = await command(
    (text) => {
      stdout += text
    },
    (text) => {
      stderr += text
    },
  ).then(
    () => undefined,
    (thrown: unknown) => {
      if (!(thrown instanceof CommandLineError)) throw thrown
      return thrown.message
    },
  )
  return { stdout, stderr, error }
}

function validate(
  name: string,
  format: 'text' | 'json',
  depth: Depth = 'upstream',
): Promise<Outcome> {
  return outcomeOf((stdout, stderr) =>
    runValidate(
      {
        paths: [folder + name],
        recursive: false,
        features,
        format,
        depth,
        disabled: new Set(),
        followImports: false,
        version: '0.0.0',
      },
      {
        stdin: async () => new Uint8Array(),
        stdout: (bytes) => stdout(textOf(bytes)),
        stderr,
      },
    ),
  )
}

function run(name: string): Promise<Outcome> {
  return outcomeOf(async (stdout, stderr) => {
    const stop = new AbortController()
    const program = new Program({
      path: folder + name,
      features,
      listenAddr: '127.0.0.1:0',
      memoryAddr: 'alloy.internal:12345',
      uiPathPrefix: '/',
      uiDir: 'not built',
      serves: { pprof: true, supportBundle: true, graphql: false, graphqlPlayground: false },
      flags: {},
      storagePath,
      shutdownDeadlineMs: 10_000,
      limits: { scrapeBodySizeBytes: 1e6, remoteWriteMemoryBytes: 1e6 },
      logBufferBytes: 1 << 20,
      reloadMode: 'partial',
      watch: false,
      version: '0.0.0',
      environment: {},
      stdout,
      stderr,
    })
    await program.run(stop.signal, () => stop.abort())
  })
}

/** `4:11 message` of every problem in a report. */
function problems({ stderr }: Outcome, name: string): string[] {
  const headers = [...stderr.matchAll(/^(?:Error|Warning): (.*)$/gm)].map(([, text = '']) => text)
  return headers.map((header) => {
    const own = header.replaceAll(folder, '')
    return own.replace(`${name}:`, '').replace(/^(-|\d+:\d+): /, '$1 ')
  })
}

function hasPlace(line: string | undefined): boolean {
  return line !== undefined && /^(?:-|\d+:\d+) /.test(line)
}

describe('validate', () => {
  it.each(names)('%s', async (name) => {
    const lines = expected(name, 'validate')
    expect(lines).not.toEqual([])
    const outcome = await validate(name, 'text')
    if (lines[0] === 'fine') {
      expect(problems(outcome, name)).toEqual([])
      expect(outcome.error).toBeUndefined()
    } else if (hasPlace(lines[0])) {
      expect(problems(outcome, name)).toEqual(lines)
      expect(outcome).toMatchObject({ stdout: '\n', error: 'validation failed' })
    } else expect(outcome).toEqual({ stdout: '', stderr: '', error: lines[0] })
  })

  it.each(names.filter((name) => expected(name, 'hint').length > 0))('hints: %s', async (name) => {
    const { stdout } = await validate(name, 'json')
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { hint?: string }[] }
    expect(diagnostics[0]?.hint).toBe(expected(name, 'hint')[0])
  })
})

/** `4:11 message`, without what `run` puts before messages and alloyts behind them. */
function bare(problem: string): string {
  return problem
    .replace(/^\S+ /, '')
    .replace(/^Failed to \w+ .*: decoding configuration: /, '')
    .replace(/ \[[a-z-]+\]$/, '')
}

describe('validate at depth load', () => {
  const fine = names.filter((name) => expected(name, 'validate')[0] === 'fine')

  it.each(fine)('finds what run would in %s', async (name) => {
    const outcome = await validate(name, 'text', 'load')
    const [first = ''] = expected(name, 'run')
    // What is not there on this machine may be there where the configuration runs.
    const isElsewhere = /not available in alloyts yet$|no such file or directory$/.test(first)
    const isAccepted = first === 'fine' || isElsewhere
    expect(problems(outcome, name).map(bare)).toEqual(isAccepted ? [] : [bare(first)])
  })

  it('says no more of what the static check has found', async () => {
    const others = names.filter((name) => hasPlace(expected(name, 'validate')[0]))
    for (const name of others) {
      const found = problems(await validate(name, 'text', 'load'), name)
      expect(found.toSorted()).toEqual(expected(name, 'validate').toSorted())
    }
  })
})

describe('run', () => {
  it.each(names)('%s', async (name) => {
    const [first] = expected(name, 'run')
    expect(first).toBeDefined()
    const outcome = await run(name)
    if (first === 'fine') {
      expect(problems(outcome, name)).toEqual([])
      expect(outcome.error).toBeUndefined()
    } else if (hasPlace(first)) {
      expect(problems(outcome, name)[0]).toBe(first)
      const error = 'could not perform the initial load successfully'
      expect(outcome).toMatchObject({ stdout: '\n', error })
    } else {
      const error = `reading config path ${JSON.stringify(folder + name)}: ${first}`
      expect(outcome).toMatchObject({ stdout: '', error })
    }
  })
})
