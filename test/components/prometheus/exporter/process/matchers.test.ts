import { describe, expect, it } from 'vitest'
import {
  type MatcherRule,
  Matchers,
  type NamedProcess,
} from '../../../../../src/components/prometheus/exporter/process/matchers.ts'

function rule(changes: Partial<MatcherRule>): MatcherRule {
  return { name: '', comm: [], exe: [], cmdline: [], ...changes }
}

const python: NamedProcess = {
  pid: 12,
  comm: 'python3',
  argv: ['/usr/bin/python3', '-m', 'http.server', '8000'],
  username: 'www',
  startTime: '2026-11-24 13:42:44.53 +0000 UTC',
  cgroups: ['/', '/a'],
}
const kernelThread: NamedProcess = { ...python, comm: 'kthreadd', argv: [] }

describe('a group', () => {
  it.each<[string, Partial<MatcherRule>, string | undefined]>([
    ['is named after the executable', { comm: ['python3'] }, 'python3'],
    ['needs the whole name of the command', { comm: ['python'] }, undefined],
    ['takes an executable by its base name', { exe: ['python3'] }, 'python3'],
    ['takes an executable by its path', { exe: ['x', '/usr/bin/python3'] }, 'python3'],
    ['tells paths apart', { exe: ['/bin/python3'] }, undefined],
    ['wants all patterns to match', { cmdline: ['http', '9000'] }, undefined],
    ['finds patterns anywhere', { cmdline: ['http', '8000$'] }, 'python3'],
    ['wants all selectors to match', { comm: ['python3'], exe: ['node'] }, undefined],
    [
      'has the name of what matched',
      { name: '{{.Comm}}:{{.Matches.Port}}', cmdline: ['server (?P<Port>\\d+)'] },
      'python3:8000',
    ],
    [
      'shows all that matched',
      { name: '{{.Matches}}', cmdline: ['(?P<First>http)', '(?P<Second>8000)'] },
      'map[:8000 First:http Second:8000]',
    ],
    [
      'hints at a capture without value',
      { name: '{{.Matches.X}}', comm: ['python3'] },
      '<no value>',
    ],
    [
      'knows all fields',
      {
        name: '{{.ExeBase}} {{.ExeFull}} {{.Username}} {{.PID}} {{.StartTime}} {{.Cgroups}}',
        exe: ['python3'],
      },
      'python3 /usr/bin/python3 www 12 2026-11-24 13:42:44.53 +0000 UTC [/ /a]',
    ],
    [
      'trims, comments and quotes',
      { name: 'a {{- /* c */ -}} b{{ "c" }}{{`d`}}{{index .Cgroups 1}}', comm: ['python3'] },
      'abcd/a',
    ],
    ['takes a capture by index', { name: '{{index .Matches "A"}}', cmdline: ['(?P<A>-.)'] }, '-m'],
  ])('%s', (_, changes, expected) => {
    expect(new Matchers([rule(changes)]).groupOf(python)).toBe(expected)
  })

  it('is that of the first rule that matches', () => {
    const rules = [rule({ name: 'a', comm: ['x'] }), rule({ name: 'b', cmdline: ['.'] })]
    expect(new Matchers([...rules, rule({ name: 'c', cmdline: ['.'] })]).groupOf(python)).toBe('b')
  })

  it('takes the command for the executable of a thread of the kernel', () => {
    const matchers = new Matchers([rule({ name: '{{.ExeBase}}:{{.ExeFull}}', exe: ['kthreadd'] })])
    expect(matchers.groupOf(kernelThread)).toBe('kthreadd:kthreadd')
  })
})

it.each<[Partial<MatcherRule>, string]>([
  // As Alloy 1.18 says it.
  [
    { cmdline: ['('] },
    'process_names is invalid: bad cmdline regex "(": error parsing regexp: missing closing ): `(`',
  ],
  [
    { name: '{{', comm: ['x'] },
    'process_names is invalid: bad name template "{{": template: cmdname:1: unclosed action',
  ],
  [{}, 'process_names is invalid: no matchers provided'],
  [
    { name: '{{foo}}', comm: ['x'] },
    'process_names is invalid: bad name template "{{foo}}": template: cmdname:1: function "foo" not defined',
  ],
  // Ours.
  [
    { name: '{{.Nope}}', comm: ['x'] },
    'process_names is invalid: bad name template "{{.Nope}}": cannot run {{.Nope}}: names may hold fields, index and literals',
  ],
  [
    { name: '{{if .PID}}a{{end}}', comm: ['x'] },
    'process_names is invalid: bad name template "{{if .PID}}a{{end}}": cannot run {{if .PID}}: names may hold fields, index and literals',
  ],
])('refuses %j', (changes, message) => {
  expect(() => new Matchers([rule(changes)])).toThrow(new Error(message))
})

it.each([
  ['{{.Username}}', true, false],
  ['{{index .Cgroups 0}}', false, true],
  ['{{.Comm}}', false, false],
])('knows what %s needs', (name, usesUsername, usesCgroups) => {
  const matchers = new Matchers([rule({ name, comm: ['x'] })])
  expect([matchers.usesUsername, matchers.usesCgroups]).toEqual([usesUsername, usesCgroups])
})
