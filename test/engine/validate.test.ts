import { describe, expect, it } from 'vitest'
import { describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { checkSources } from '../support/check_text.ts'

async function check(text: string, stability: 'generally-available' | 'experimental') {
  const sources = [{ name: '', bytes: Buffer.from(text) }]
  return checkSources(sources, { features: { stability, community: false } })
}

/** `line:column: message` of everything that is wrong. */
async function problems(text: string): Promise<string[]> {
  const { diagnostics } = await check(text, 'experimental')
  return diagnostics.map(describeDiagnostic)
}

const file = (label: string, name: string) => `local.file "${label}" { filename = ${name} }`

describe('validate', () => {
  it.each<[string, string, string[]]>([
    ['accepts what is well', file('a', '"/x"'), []],
    [
      'checks literals without evaluating anything',
      file('a', 'true'),
      ['1:29: expected string, got bool'],
    ],
    [
      'reports everything about one component, what is missing last',
      'local.file "a" { filenam = 1 }',
      ['1:18: unrecognized attribute name "filenam"', '1:1: missing required attribute "filename"'],
    ],
    [
      'wants labels, and tells unknown names',
      'local.file { filename = "" }\nfoo.bar { }',
      [
        '1:1: component "local.file" must have a label',
        '2:1: component "foo.bar" must have a label',
        '2:1: cannot find the definition of component name "foo.bar"',
      ],
    ],
    [
      'goes no further than the first attribute of the top level',
      'a = 1\nb = 2\nfoo.bar { }',
      ['1:1: unrecognized attribute a'],
    ],
    [
      'checks a block that is there twice all the same',
      `${file('a', '"/x"')}\nlocal.file "a" { }`,
      [
        '2:1: block local.file.a already declared at 1:1',
        '2:1: missing required attribute "filename"',
      ],
    ],
    [
      'tells cycles from references to oneself',
      `${file('a', 'local.file.b.content + local.file.a.content')}\n${file('b', 'local.file.a.content')}`,
      [
        '1:1: cycle detected: local.file.a, local.file.b',
        '2:1: cycle detected: local.file.a, local.file.b',
        '1:1: cannot reference self',
      ],
    ],
    [
      'warns of old names of functions',
      file('a', 'env("X")'),
      [
        '1:29: this stdlib function is deprecated; please refer to the documentation for updated usage and alternatives',
      ],
    ],
    [
      'checks the arguments of custom components by name',
      'declare "d" {\nargument "x" { }\nargument "y" { optional = true }\n}\nd "a" { z = 1 }',
      ['5:9: unrecognized attribute name "z"', '5:1: missing required attribute "x"'],
    ],
    [
      'looks into modules, whose names stay inside',
      `declare "d" {\n${file('f', '"/x"')}\nfoo.bar "x" { }\n}\n${file('g', 'local.file.f.content')}`,
      [
        '3:1: cannot find the definition of component name "foo.bar"',
        '5:29: component "local.file.f.content" does not exist or is out of scope',
      ],
    ],
    ['takes anything of an import', 'import.string "m" { content = "" }\nm.x "a" { y = 1 }', []],
    [
      'lets a foreach see what is around it, and its item',
      `${file('f', '"/x"')}\nforeach "l" {\ncollection = []\nvar = "v"\ntemplate {\n${file('g', 'local.file.f.content + v')}\n}\n}`,
      [],
    ],
    [
      'keeps services to the root',
      'declare "d" {\nlogging { }\nhttp { }\n}\ncluster { }',
      [
        '2:1: logging not allowed in module',
        '3:1: http not allowed in module',
        '5:1: service "cluster" does not support being configured',
      ],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await problems(text)).toEqual(expected)
  })

  it.each([
    [
      'loki.enrich "a" { targets = []\ntarget_match_label = "b"\nforward_to = [] }',
      'component "loki.enrich" is at stability level "experimental"',
    ],
    ['foreach "a" { collection = []\nvar = "v"\ntemplate { } }', 'foreach block "foreach" is at'],
    [file('a', 'array.group_by([], "", false)[0]'), 'array.group_by is at stability level'],
  ])('lets the flag decide on %s', async (text, message) => {
    const { diagnostics } = await check(text, 'generally-available')
    expect(diagnostics.map((diagnostic) => diagnostic.message).join('\n')).toContain(message)
    expect((await check(text, 'experimental')).diagnostics).toEqual([])
  })
})
