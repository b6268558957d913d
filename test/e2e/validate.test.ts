// `validate` and `fmt` as CI calls them: the recipes of docs/validate.md and the hooks of pre-commit,
// run by a shell, and how long it takes.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DOMParser } from '@xmldom/xmldom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { temporaryFolder } from './support/process.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const program = join(root, 'bin/run.js')
const bin = mkdtempSync(join(tmpdir(), 'alloyts-bin-'))

const good = `logging {
	level = "info"
}
`
const bad = `prometheus.scrape "s" {
targets = [{"__address__" = "a:1"}]
	forward_to = [prometheus.echo.e.nope]
}

prometheus.echo "e" { }
`

beforeAll(() => {
  const shim = `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`
  writeFileSync(join(bin, 'alloyts'), shim, { mode: 0o755 })
})

afterAll(() => rmSync(bin, { recursive: true }))

/** A repository with configurations in `conf`. */
function repository(files: Readonly<Record<string, string>>): string {
  const directory = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), text)
  }
  return directory
}

function shell(command: string, cwd: string) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
  const options = { cwd, env, encoding: 'utf8', timeout: 60_000 } as const
  return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', command], options)
}

/** The YAML documents of docs/validate.md, by the name in their first line. */
function recipes(): ReadonlyMap<string, string> {
  const page = readFileSync(join(root, 'docs/validate.md'), 'utf8')
  const blocks = [...page.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)]
  return new Map(blocks.map(([, name = '', text = '']) => [name, text]))
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>
}

/** The commands of a workflow or job, but for the installation. */
function commandsOf(name: string): readonly string[] {
  const recipe = parse(recipes().get(name) ?? '') as Workflow & {
    readonly alloy: { readonly script: readonly string[] }
  }
  const steps = Object.values(recipe.jobs ?? {}).flatMap((job) => job.steps)
  const commands = name.includes('gitlab') ? recipe.alloy.script : steps.map(({ run = '' }) => run)
  return commands.filter((command) => command.startsWith('alloyts '))
}

describe('recipes', () => {
  it.each([
    ['.github/workflows/alloy.yml', 2],
    ['.github/workflows/alloy-scan.yml', 1],
    ['.gitlab-ci.yml', 2],
  ] as const)('%s passes what is well and refuses what is not', (name, count) => {
    const commands = commandsOf(name)
    expect(commands).toHaveLength(count)
    const well = repository({ 'conf/a.alloy': good, 'conf/sub/b.alloy': good })
    const ill = repository({ 'conf/a.alloy': good, 'conf/sub/b.alloy': bad })
    for (const command of commands) {
      expect(shell(command, well)).toMatchObject({ status: 0 })
      expect(shell(command, ill)).toMatchObject({ status: 1 })
    }
  })

  it('give GitHub what marks the line', () => {
    const ill = repository({ 'conf/b.alloy': bad })
    const { stdout } = shell(commandsOf('.github/workflows/alloy.yml').at(-1) ?? '', ill)
    expect(stdout).toMatch(
      /^::error file=conf\/b\.alloy,line=3,col=\d+,.*::field "nope" does not exist(?:%0A.*)?$/m,
    )
  })

  it('leave reports where the services look for them', () => {
    const ill = repository({ 'conf/b.alloy': bad })
    for (const name of ['.gitlab-ci.yml', '.github/workflows/alloy-scan.yml']) {
      shell(commandsOf(name).at(-1) ?? '', ill)
    }
    const read = (file: string) => JSON.parse(readFileSync(join(ill, file), 'utf8'))
    expect(read('gl-code-quality-report.json')).toMatchObject([
      { check_name: 'invalid-value', location: { path: 'conf/b.alloy', lines: { begin: 3 } } },
    ])
    expect(read('alloyts.sarif').runs[0].results).toMatchObject([{ ruleId: 'invalid-value' }])
  })

  it('let lints advise', () => {
    const text = 'local.file "f" {\n\tfilename = "/x"\n}\n'
    const lints = repository({ 'a.alloy': text })
    const [, command = ''] =
      /So `(alloyts .*?)` lets/.exec(readFileSync(join(root, 'docs/validate.md'), 'utf8')) ?? []
    expect(shell(command.replace('…', 'a.alloy'), lints)).toMatchObject({ status: 0 })
    const ill = repository({ 'a.alloy': bad })
    expect(shell(command.replace('…', 'a.alloy'), ill)).toMatchObject({ status: 1 })
  })

  it('write XML that is read', () => {
    const ill = repository({ 'a.alloy': bad })
    for (const format of ['junit', 'checkstyle']) {
      const { stdout } = shell(`alloyts validate --format=${format} a.alloy`, ill)
      const document = new DOMParser().parseFromString(stdout, 'text/xml')
      expect(document.documentElement?.nodeName).toMatch(/^(?:testsuites|checkstyle)$/)
    }
  })
})

describe('pre-commit', () => {
  interface Hook {
    readonly id: string
    readonly entry: string
    readonly files: string
    readonly language: string
  }
  const hooks: readonly Hook[] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'))

  it.each(hooks)('$id takes changed files', ({ entry, files }) => {
    const well = repository({ 'a b.alloy': good, 'c.alloy': good, 'd.txt': 'd' })
    const changed = readdirSync(well).filter((file) => new RegExp(files).test(file))
    expect(changed).toHaveLength(2)
    const words = changed.map((file) => `'${file}'`).join(' ')
    expect(shell(`${entry} ${words}`, well)).toMatchObject({ status: 0 })
  })

  it('formats and refuses', () => {
    const ill = repository({ 'a.alloy': bad, 'b.alloy': 'logging { level="info" }' })
    const [validate, fmt] = hooks
    expect(shell(`${validate?.entry} a.alloy b.alloy`, ill)).toMatchObject({ status: 1 })
    expect(shell(`${fmt?.entry} b.alloy`, ill)).toMatchObject({ status: 0 })
    expect(readFileSync(join(ill, 'b.alloy'), 'utf8')).toBe(good)
  })

  it('installs what it needs: the package holds the built program', () => {
    const files = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
    })
    const [{ files: packed }] = JSON.parse(files) as [{ files: { path: string }[] }]
    const paths = packed.map(({ path }) => path)
    expect(paths).toContain('dist/commands/validate.js')
    expect(paths).toContain('bin/run.js')
    expect(hooks.map(({ language }) => language)).toEqual(['node', 'node'])
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(scripts.prepack).toContain('build')
  })
})

// A busy machine may make one measurement longer than the other.
describe('speed', { retry: 2 }, () => {
  /** The shortest of five, in ms. */
  function shortest(command: string, args: readonly string[], cwd = root): number {
    const times = Array.from({ length: 5 }, () => {
      const startMs = performance.now()
      spawnSync(command, args, { cwd, stdio: 'ignore' })
      return performance.now() - startMs
    })
    return Math.min(...times)
  }

  const component = (i: number) => `prometheus.scrape "s${i}" {
	targets    = [{"__address__" = "a:${i}"}]
	forward_to = [prometheus.relabel.r${i}.receiver]
}

prometheus.relabel "r${i}" {
	forward_to = [prometheus.echo.e.receiver]

	rule {
		source_labels = ["__name__"]
		regex         = "go_.*"
		action        = "drop"
	}
}
`
  const text = `${Array.from({ length: 10 }, (_, i) => component(i)).join('\n')}\nprometheus.echo "e" { }\n`

  it('takes at most four starts of node for a file of twenty components', () => {
    const file = join(repository({ 'a.alloy': text }), 'a.alloy')
    const node = shortest(process.execPath, ['-e', '0'])
    expect(shortest(process.execPath, [program, 'validate', file]) / node).toBeLessThan(4)
  })

  it('takes less than ten times one file for five hundred', () => {
    const names = Array.from({ length: 500 }, (_, i) => `f${i}.alloy`)
    const directory = repository(Object.fromEntries(names.map((name) => [name, text])))
    const one = shortest(process.execPath, [program, 'validate', join(directory, 'f0.alloy')])
    const all = shortest(process.execPath, [program, 'validate', '--recursive', directory])
    expect(all / one).toBeLessThan(10)
  })
})
