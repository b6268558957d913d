// The command as a whole: many configurations, depths, exit codes, summaries.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommandLineError } from '../../src/cli/failure.ts'
import { runValidate, type ValidateOptions } from '../../src/cli/validate.ts'

let dir = ''

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alloyts-validate-'))
})

afterEach(() => rmSync(dir, { recursive: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
}

interface Outcome {
  readonly stdout: string
  readonly stderr: string
  /** Absent where the command ends well. */
  readonly error?: string
  readonly exitCode: number
}

/** Paths are below the folder, which the output does not show. */
async function run(
  paths: readonly string[],
  options: Partial<ValidateOptions> = {},
  stdin = '',
): Promise<Outcome> {
  let stdout = ''
  let stderr = ''
  const shown = (text: string) => text.replaceAll(`${dir}/`, '').replaceAll(dir, '.')
  const error: unknown = await runValidate(
    {
      paths: paths.map((path) => (path === '-' ? path : join(dir, path))),
      recursive: false,
      features: { stability: 'generally-available', community: false },
      format: 'text',
      depth: 'load',
      disabled: new Set(),
      followImports: false,
      version: '0.0.0',
      ...options,
    },
    {
      stdin: async () => Buffer.from(stdin),
      stdout: (bytes) => {
        stdout += Buffer.from(bytes).toString()
      },
      stderr: (text) => {
        stderr += text
      },
    },
  ).catch((thrown) => thrown)
  const output = { stdout: shown(stdout), stderr: shown(stderr) }
  if (error === undefined) return { ...output, exitCode: 0 }
  if (!(error instanceof CommandLineError)) throw error
  return { ...output, error: shown(error.message), exitCode: error.exitCode }
}

const valid = 'prometheus.exporter.self "s" { }\n'
const wrong = 'prometheus.scrape "s" {\n\ttargets = 5\n\tforward_to = []\n}\n'

describe('one configuration', () => {
  it('is as Alloy has it at depth upstream', async () => {
    write({ 'a.alloy': valid, 'b.alloy': wrong })
    expect(await run(['a.alloy'], { depth: 'upstream' })).toEqual({
      stdout: '',
      stderr: '',
      exitCode: 0,
    })
    expect(await run(['b.alloy'], { depth: 'upstream' })).toEqual({
      stdout: '\n',
      stderr:
        'Error: b.alloy:2:12: expected array, got number\n\n1 | prometheus.scrape "s" {\n' +
        '2 |     targets = 5\n  |               ^\n3 |     forward_to = []\n',
      error: 'validation failed',
      exitCode: 1,
    })
  })

  it('has a summary, hints and codes at the others', async () => {
    write({ 'a.alloy': valid, 'b.alloy': wrong.replace('5', 'prometheus.exporter.self.t') + valid })
    expect((await run(['a.alloy'])).stderr).toBe('1 configuration: no problems\n')
    const { stderr } = await run(['a.alloy'], { depth: 'all' })
    expect(stderr.split('\n').filter((line) => /^(?:Warning|Hint|\d+ conf)/.test(line))).toEqual([
      'Warning: a.alloy:1:1: nothing reads prometheus.exporter.self.s.targets [unused-component]',
      '1 configuration: 1 warning',
    ])
  })

  it('may come from standard input', async () => {
    const { stderr, exitCode } = await run(['-'], {}, wrong)
    expect(stderr).toMatch(/^Error: <stdin>:2:12: expected array, got number\n/)
    expect(exitCode).toBe(1)
  })

  it('may be a directory, whose files belong together', async () => {
    const use =
      'prometheus.scrape "s" {\ntargets = prometheus.exporter.self.s.targets\nforward_to = []\n}\n'
    write({ 'conf/a.alloy': valid, 'conf/b.alloy': use, 'conf/sub/c.alloy': wrong })
    expect(await run(['conf'])).toMatchObject({ exitCode: 0 })
    expect(await run(['conf'], { recursive: true })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('3 configurations: 2 errors in 2 of them\n'),
    })
  })

  it('says in the words of the system that it is not there', async () => {
    expect(await run(['a.alloy'])).toEqual({
      stdout: '',
      stderr: '',
      error: 'stat a.alloy: no such file or directory',
      exitCode: 1,
    })
  })
})

describe('many configurations', () => {
  it('are reported in their order, and summed up', async () => {
    write({ 'a.alloy': wrong, 'b.alloy': valid, 'c.alloy': 'a = ' })
    const { stdout, stderr, error } = await run(['c.alloy', '*.alloy', 'missing.alloy'])
    expect(stderr.match(/^Error: .*$/gm)).toEqual([
      'Error: c.alloy:1:5: expected expression, got EOF',
      'Error: a.alloy:2:12: expected array, got number',
      'Error: stat missing.alloy: no such file or directory',
    ])
    expect(stderr.endsWith('4 configurations: 3 errors in 3 of them\n')).toBe(true)
    expect([stdout, error]).toEqual(['\n', 'validation failed'])
  })

  it('are in one document of the other formats', async () => {
    write({ 'a.alloy': wrong, 'b.alloy': valid })
    const { stdout, stderr, exitCode } = await run(['b.alloy', 'a.alloy'], { format: 'json' })
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      checked: 2,
      errors: 1,
      diagnostics: [{ file: 'a.alloy', code: 'static' }],
    })
    expect([stderr, exitCode]).toEqual(['', 1])
  })
})

describe('exit codes', () => {
  it.each<[what: string, text: string, options: Partial<ValidateOptions>, exitCode: number]>([
    ['nothing found', valid, {}, 0],
    ['warnings of lints alone', valid, { depth: 'all' }, 2],
    [
      'lints that are switched off',
      valid,
      { depth: 'all', disabled: new Set(['unused-component']) },
      0,
    ],
    ['errors', wrong, { depth: 'all' }, 1],
    ["Alloy's own warnings", 'local.file "f" { filename = env("F") }', { depth: 'all' }, 1],
  ])('%s', async (_, text, options, exitCode) => {
    write({ 'a.alloy': text })
    expect((await run(['a.alloy'], options)).exitCode).toBe(exitCode)
  })

  it('refuses lints that do not exist', async () => {
    const { error } = await run(['a.alloy'], { disabled: new Set(['unused-componnt']) })
    expect(error).toBe(
      '--disable: there is no lint "unused-componnt"; did you mean unused-component?',
    )
  })
})

describe('imports', () => {
  const use = (import_: string) => `${import_}\nm.sink "s" { }\n`

  it('of local files are read, relative to the configuration where it says so', async () => {
    const module = 'declare "sink" {\n\tprometheus.echo "e" { bad = 1 }\n}\n'
    write({
      'conf/a.alloy': use(
        'import.file "m" { filename = file.path_join(module_path, "m.alloy.txt") }',
      ),
      'conf/m.alloy.txt': module,
    })
    const { stderr } = await run(['conf/a.alloy'])
    expect(stderr).toContain('Error: conf/m.alloy.txt:2:24: unrecognized attribute name "bad"')
  })

  it('may be directories, whose modules import others', async () => {
    write({
      'a.alloy': use('import.file "m" { filename = file.path_join(module_path, "mods") }'),
      'mods/m.alloy':
        'import.file "n" { filename = file.path_join(module_path, "n", "n.alloy") }\n' +
        'declare "sink" {\n\tn.inner "i" { }\n}\n',
      'mods/n/n.alloy': 'declare "inner" {\n\targument "size" { }\n}\n',
    })
    const { stderr } = await run(['a.alloy'])
    expect(stderr).toContain(
      'Error: mods/m.alloy:3:2: missing required attribute "size" [import-mismatch]',
    )
  })

  it('that are not there are said not to be read, and refuse nothing', async () => {
    write({ 'a.alloy': use('import.file "m" { filename = "/nowhere/m.alloy" }') })
    expect(await run(['a.alloy'])).toMatchObject({
      exitCode: 0,
      stderr:
        'Import not read: import.file.m: stat /nowhere/m.alloy: no such file or directory\n' +
        '1 configuration: no problems\n',
    })
  })

  it('that nothing uses refuse nothing', async () => {
    write({ 'a.alloy': 'import.string "m" { content = "broken {" }\n' })
    expect((await run(['a.alloy'])).exitCode).toBe(0)
  })

  it('of themselves end', async () => {
    write({
      'a.alloy': `${use('import.file "m" { filename = file.path_join(module_path, "a.alloy") }')}declare "sink" { m.sink "t" { } }`,
    })
    const message = 'only declare and import blocks are allowed in a module, got m.sink'
    expect((await run(['a.alloy'])).stderr).toContain(message)
  })

  it('over the network are left alone', async () => {
    write({ 'a.alloy': use('import.http "m" { url = "http://127.0.0.1:1/m.alloy" }') })
    expect((await run(['a.alloy'])).stderr).toContain(
      'Import not read: import.http.m: it is not local; --follow-imports reads it\n',
    )
  })
})
