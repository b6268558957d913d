// What `--checks=load` finds beyond the static check, and what it leaves alone.

import { describe, expect, it } from 'vitest'
import type { CheckOptions } from '../../../src/cli/check_config.ts'
import { describeDiagnostic } from '../../../src/syntax/diagnostics.ts'
import { checkText } from '../../support/check_text.ts'

async function found(text: string, options: Partial<CheckOptions> = {}): Promise<string[]> {
  const { diagnostics } = await checkText(text, { depth: 'load', ...options })
  return diagnostics.map((each) => describeDiagnostic(each).replace('config.alloy:', ''))
}

const file = (label: string, name: string, more = '') =>
  `local.file "${label}" {\nfilename = ${name}\n${more}\n}\n`
const scrape = (targets: string, forwardTo = '[]') =>
  `prometheus.scrape "s" {\ntargets = ${targets}\nforward_to = ${forwardTo}\n}\n`
const self = 'prometheus.exporter.self "x" { }\n'
const echo = 'prometheus.echo "e" { }\n'

describe('what only a running program knows', () => {
  it.each<[what: string, text: string]>([
    ['the environment', file('f', 'sys.env("HOME") + "/x"')],
    ['the environment as a number', 'logging {\nlevel = coalesce(sys.env("L"), "info")\n}'],
    ['the machine', scrape('[{"__address__" = constants.hostname}]')],
    ['the content of a file', file('a', '"/a"') + file('b', 'local.file.a.content')],
    ['an element of a list', `${self}${file('f', 'prometheus.exporter.self.x.targets[0]["job"]')}`],
    [
      'joined lists',
      `${self}${scrape('array.concat(prometheus.exporter.self.x.targets, [{"a" = 1}])')}`,
    ],
    [
      'arguments of a module',
      `declare "d" {\nargument "a" { }\n${file('f', 'argument.a.value')}}\nd "d" { a = 5 }`,
    ],
    [
      'exports of a module',
      `declare "d" {\nexport "e" { value = "x" }\n}\nd "d" { }\n${file('f', 'd.d.e')}`,
    ],
    [
      'items',
      'foreach "f" {\ncollection = [1]\nvar = "v"\ntemplate {\nlocal.file "l" { filename = v }\n}\n}',
    ],
    ['receivers', `${echo}${scrape('[]', '[prometheus.echo.e.receiver]')}`],
    ['module_path', file('f', 'file.path_join(module_path, "x")')],
  ])('%s', async (_, text) => {
    expect(await found(text)).toEqual([])
  })
})

describe('what Alloy would refuse for certain', () => {
  it.each<[what: string, text: string, expected: string[]]>([
    [
      'a switch from the environment',
      file('f', '"/x"', 'is_secret = sys.env("S")'),
      ['3:13: sys.env("S") should be bool, got string'],
    ],
    [
      'an export that does not exist',
      `${self}${scrape('prometheus.exporter.self.x.target')}`,
      ['3:38: field "target" does not exist'],
    ],
    [
      'an export of another kind',
      `${echo}${scrape('prometheus.echo.e.receiver')}`,
      ['3:11: prometheus.echo.e.receiver should be array, got capsule'],
    ],
    [
      'a function that fails',
      file('f', 'encoding.from_json("{")'),
      ['2:12: encoding.from_json unexpected end of JSON input'],
    ],
    [
      'too few arguments',
      file('f', 'string.join(["a"])'),
      ['2:12: string.join expected 2 args, got 1'],
    ],
    [
      'a declare that is used',
      `declare "d" {\n${file('f', 'encoding.from_json("{")')}}\nd "d" { }`,
      ['3:12: encoding.from_json unexpected end of JSON input'],
    ],
    [
      'blocks in an instance',
      `declare "d" { }\nd "d" {\nx { }\n}`,
      ['3:1: unrecognized block name "x"'],
    ],
    [
      'a template that is used',
      `foreach "f" {\ncollection = [1]\nvar = "v"\ntemplate {\n${file('l', 'encoding.from_json("{")')}}\n}`,
      ['6:12: encoding.from_json unexpected end of JSON input'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await found(text)).toEqual(expected)
  })
})

describe('what nothing loads', () => {
  const unused: readonly (readonly [what: string, text: string])[] = [
    ['a declare without an instance', `declare "d" {\n${file('f', 'encoding.from_json("{")')}}`],
    [
      'a template without items',
      `foreach "f" {\ncollection = []\nvar = "v"\ntemplate {\n${file('l', 'encoding.from_json("{")')}}\n}`,
    ],
    [
      'a declare of an import',
      'import.string "m" { content = "declare \\"d\\" { prometheus.ecko \\"e\\" { } }\\ndeclare \\"x\\" { }" }\nm.x "x" { }',
    ],
  ]

  it.each(unused)('%s passes', async (_, text) => {
    expect(await found(text)).toEqual([])
  })

  it.each(unused)('%s is checked at depth all', async (_, text) => {
    const { diagnostics } = await checkText(text, { depth: 'all' })
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(1)
  })
})

it('says nothing of arguments of what may not be used', async () => {
  const text = 'loki.enrich "e" { }'
  const features = { stability: 'generally-available', community: false } as const
  expect(await found(text, { features })).toHaveLength(1)
})
