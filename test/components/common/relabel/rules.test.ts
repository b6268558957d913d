// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Go, not of JavaScript
import { describe, expect, it } from 'vitest'
import { RelabelRules } from '../../../../src/components/common/relabel/rules.ts'
import { relabelRule } from '../../../../src/components/common/relabel.ts'
import { decodeText } from '../../../support/decode_text.ts'

type Labels = Record<string, string>

function relabel(rules: readonly string[], labels: Labels, legacyNames = true): Labels | 'dropped' {
  const compiled = new RelabelRules(
    rules.map((text) => decodeText(relabelRule, text)),
    { legacyNames },
  )
  const map = new Map(Object.entries(labels))
  return compiled.apply(map) ? Object.fromEntries(map) : 'dropped'
}

describe('relabel rules', () => {
  it.each<[what: string, rules: string[], before: Labels, after: Labels | 'dropped']>([
    [
      'replace writes groups of the match',
      ['source_labels = ["a"]\nregex = "f(.*)"\ntarget_label = "d"\nreplacement = "${1}-$1"'],
      { a: 'foo' },
      { a: 'foo', d: 'oo-oo' },
    ],
    [
      'replace without a match changes nothing',
      ['source_labels = ["a"]\nregex = "x"\ntarget_label = "d"'],
      { a: 'foo' },
      { a: 'foo' },
    ],
    [
      'replace matches the whole value',
      ['source_labels = ["a"]\nregex = "o"\ntarget_label = "d"'],
      { a: 'foo' },
      { a: 'foo' },
    ],
    [
      'an empty result deletes',
      ['source_labels = ["a"]\nregex = "(x)?.*"\ntarget_label = "a"'],
      { a: 'foo', b: '1' },
      { b: '1' },
    ],
    [
      'labels join with the separator',
      ['source_labels = ["a", "b", "c"]\nseparator = "-"\ntarget_label = "d"'],
      { a: '1', c: '3' },
      { a: '1', c: '3', d: '1--3' },
    ],
    [
      'the target may be made of groups',
      ['source_labels = ["a"]\nregex = "(.*):(.*)"\ntarget_label = "x_$1"\nreplacement = "$2"'],
      { a: 'k:v' },
      { a: 'k:v', x_k: 'v' },
    ],
    [
      'a target that is no name is left out',
      ['source_labels = ["a"]\ntarget_label = "$1"'],
      { a: 'k-v' },
      { a: 'k-v' },
    ],
    ['keep', ['source_labels = ["a"]\nregex = "x|y"\naction = "keep"'], { a: 'z' }, 'dropped'],
    ['drop', ['source_labels = ["a"]\nregex = "x|y"\naction = "drop"'], { a: 'y' }, 'dropped'],
    [
      'a dot matches line breaks',
      ['source_labels = ["a"]\nregex = "x.y"\naction = "drop"'],
      { a: 'x\ny' },
      'dropped',
    ],
    [
      'keepequal',
      ['source_labels = ["a"]\ntarget_label = "b"\naction = "keepequal"'],
      { a: '1', b: '2' },
      'dropped',
    ],
    [
      'dropequal',
      ['source_labels = ["a"]\ntarget_label = "b"\naction = "dropequal"'],
      { a: '1', b: '1' },
      'dropped',
    ],
    [
      'hashmod',
      ['source_labels = ["a", "b"]\ntarget_label = "h"\nmodulus = 8\naction = "hashmod"'],
      { a: 'foo', b: 'bar' },
      { a: 'foo', b: 'bar', h: '6' },
    ],
    [
      'hashmod of 64 bits',
      [
        'source_labels = ["a"]\ntarget_label = "h"\nmodulus = 18446744073709551615\naction = "hashmod"',
      ],
      { a: 'a' },
      { a: 'a', h: '3585878926028121697' },
    ],
    [
      'labelmap keeps the old label',
      ['regex = "meta_(.*)"\naction = "labelmap"'],
      { meta_x: '1', y: '2' },
      { meta_x: '1', x: '1', y: '2' },
    ],
    ['labeldrop', ['regex = "a.*"\naction = "labeldrop"'], { ab: '1', b: '2' }, { b: '2' }],
    ['labelkeep', ['regex = "a.*"\naction = "labelkeep"'], { ab: '1', b: '2' }, { ab: '1' }],
    [
      'uppercase maps each rune by itself',
      ['source_labels = ["a"]\ntarget_label = "u"\naction = "uppercase"'],
      { a: 'straße' },
      { a: 'straße', u: 'STRAßE' },
    ],
    [
      'lowercase',
      ['source_labels = ["a"]\ntarget_label = "a"\naction = "lowercase"'],
      { a: 'ÄB' },
      { a: 'äb' },
    ],
    [
      'rules run in order, and a drop ends them',
      [
        'target_label = "x"\nreplacement = "1"',
        'source_labels = ["x"]\nregex = "1"\naction = "drop"',
        'target_label = "y"\nreplacement = "2"',
      ],
      { a: '1' },
      'dropped',
    ],
  ])('%s', (_, rules, before, after) => {
    expect(relabel(rules, before)).toEqual(after)
  })

  it('takes any text for a name where names are UTF-8', () => {
    const rule = 'source_labels = ["a"]\ntarget_label = "$1"\nreplacement = "v"'
    expect(relabel([rule], { a: 'k-v' }, false)).toEqual({ a: 'k-v', 'k-v': 'v' })
    expect(relabel([rule], { a: 'k\udc80' }, false)).toEqual({ a: 'k\udc80' })
  })
})
