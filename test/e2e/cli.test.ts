// The built program's command line: what it prints, and that it starts fast.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status, stdout, stderr }
}

describe('command line', () => {
  it.each<[string, string[], string]>([
    [
      'an unknown command',
      ['nope'],
      `unknown command "nope" for "alloyts"\nRun 'alloyts --help' for usage.`,
    ],
    [
      'a misspelt command',
      ['ftm'],
      `unknown command "ftm" for "alloyts"\n\nDid you mean this?\n\tfmt\n\nRun 'alloyts --help' for usage.`,
    ],
    ['an unknown flag', ['fmt', '--nope'], 'unknown flag: --nope'],
    ['an unknown letter', ['fmt', '-x'], "unknown shorthand flag: 'x' in -x"],
    ['too many arguments', ['run', 'a', 'b'], 'accepts 1 arg(s), received 2'],
    ['too few arguments', ['gql'], 'accepts 1 arg(s), received 0'],
    [
      'a boolean that is none',
      ['fmt', '--write=maybe'],
      'invalid argument "maybe" for "-w, --write" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
  ])('refuses %s', (_, args, message) => {
    expect(run(args)).toEqual({ status: 1, stdout: '', stderr: `Error: ${message}\n` })
  })

  it('formats standard input, by the alias too', () => {
    const formatted = { status: 0, stdout: 'a = 1\n', stderr: '' }
    expect(run(['fmt'], 'a=1')).toEqual(formatted)
    expect(run(['format', '-'], 'a=1')).toEqual(formatted)
  })

  it('prints errors one per line', () => {
    expect(run(['fmt'], 'a {\n')).toEqual({
      status: 1,
      stdout: '',
      stderr: '<stdin>:2:1: expected }, got EOF\nError: encountered errors during formatting\n',
    })
  })

  it('shows help for the program and for a command', () => {
    const { stdout } = run([])
    expect(stdout).toMatch(/^Available Commands:\n(.*\n)* {2}fmt +Format a configuration file$/m)
    expect(run(['--help']).stdout).toBe(stdout)
    expect(run(['fmt', '-h']).stdout).toMatch(/^Aliases:\n {2}fmt, format$/m)
    expect(run(['help', 'fmt']).stdout).toBe(run(['fmt', '--help']).stdout)
  })

  it.each([
    'server.http.enable-pprof                       Enable /debug/pprof profiling endpoints. (default true)',
    'cluster.advertise-interfaces strings           List of interfaces used to infer an address to advertise (default [eth0,en0])',
    'cluster.rejoin-interval duration               How often to rejoin the list of peers (default 1m0s)',
    'config.format string                           The format of the source file. Supported formats: "otelcol", "prometheus", "promtail", "static". (default "alloy")',
    'cluster.enabled                                Start in clustered mode',
  ])('shows defaults as Go does: --%s', (line) => {
    expect(run(['run', '--help']).stdout).toContain(`      --${line}\n`)
  })

  it('starts within three times a bare node, and tells its version within two', () => {
    const bare = fastest([process.execPath, '-e', '0'])
    expect(fastest([process.execPath, program, 'fmt'])).toBeLessThan(bare * 3)
    expect(fastest([process.execPath, program, '--version'])).toBeLessThan(bare * 2)
    expect(run(['-v']).stdout).toMatch(/^alloyts, version v\d+\.\d+\.\d+ \(branch: /)
  })
})

/** The fastest of some runs in ms, as others may keep the machine busy. */
function fastest([file = '', ...args]: readonly string[]): number {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now()
    spawnSync(file, args, { input: 'a=1', timeout: 30_000 })
    return performance.now() - start
  })
  return Math.min(...times)
}
