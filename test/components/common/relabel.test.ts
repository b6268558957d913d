import { expect, test } from 'vitest'
import { relabelRule } from '../../../src/components/common/relabel.ts'
import { complaints } from '../../support/config_block.ts'

const only = "'source_labels' and `target_label`"

test.each<[string, string, string[]]>([
  [
    'the default action needs a target',
    '',
    ["relabel configuration for replace action requires 'target_label' value"],
  ],
  ['keep needs none', 'action = "keep"', []],
  ['any text is a label', 'target_label = "http://[::1"', []],
  [
    'but a template must make a name',
    `target_label = "0\${3}"`,
    [`"0\${3}" is invalid 'target_label' for replace action`],
  ],
  [
    'hashmod needs a modulus',
    'action = "hashmod"\ntarget_label = "x"',
    ['relabel configuration for hashmod requires non-zero modulus'],
  ],
  [
    'lowercase takes no replacement',
    'action = "lowercase"\ntarget_label = "x"\nreplacement = "y"',
    ["'replacement' can not be set for lowercase action"],
  ],
  [
    'keepequal takes no regex',
    'action = "keepequal"\ntarget_label = "x"\nregex = "y"',
    [`keepequal action requires only ${only}, and no other fields`],
  ],
  [
    'labeldrop takes a regex alone',
    'action = "labeldrop"\nsource_labels = ["x"]',
    ["labeldrop action requires only 'regex', and no other fields"],
  ],
  [
    'labelmap makes names',
    'action = "labelmap"\nreplacement = "-"',
    [`"-" is invalid 'replacement' for labelmap action`],
  ],
])('%s', (_, body, expected) => {
  expect(complaints(relabelRule, body)).toEqual(expected)
})

test('a long name that is none is refused at once', () => {
  const startMs = performance.now()
  const name = `${'a$b'.repeat(2_000)}-`
  expect(complaints(relabelRule, `target_label = "${name}"`)).toEqual([
    `"${name}" is invalid 'target_label' for replace action`,
  ])
  expect(performance.now() - startMs).toBeLessThan(1_000)
})
