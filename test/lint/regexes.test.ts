// Lints of regular expressions and of rules of relabeling.

import { describe, expect, it } from 'vitest'
import { lintText } from '../support/lint_text.ts'

/** A rule of prometheus.relabel; its first line is the third. */
function rule(...lines: string[]): string {
  const body = lines.join('\n')
  return `prometheus.relabel "r" {\nforward_to = [argument.x.value]\nrule {\n${body}\n}\n}`
}

/** In a declare, so that references to arguments are fine. */
function inDeclare(text: string): string {
  return `declare "d" {\nargument "x" { }\n${text}\n}\nd "d" { x = [] }`
}

const keep = 'action = "keep"'
const drop = 'action = "drop"'
const one = 'source_labels = ["a"]'
const two = 'source_labels = ["a", "b"]'

describe('rules', () => {
  it.each<[code: string, what: string, text: string, findings: number]>([
    ['regex-matches-nothing', 'two labels', rule(two, 'regex = "x"', keep), 1],
    [
      'regex-matches-nothing',
      'three labels',
      rule('source_labels = ["a", "b", "c"]', 'regex = "x;y"', keep),
      1,
    ],
    ['regex-matches-nothing', 'a class that takes it', rule(two, 'regex = "x[^y]z"', keep), 0],
    [
      'regex-matches-nothing',
      'another separator',
      rule(two, 'separator = "/"', 'regex = "x/y"', keep),
      0,
    ],
    [
      'regex-matches-nothing',
      'the wrong separator',
      rule(two, 'separator = "/"', 'regex = "x;y"', keep),
      1,
    ],
    ['regex-matches-nothing', 'no separator', rule(two, 'separator = ""', 'regex = "xy"', keep), 0],
    [
      'regex-matches-nothing',
      'labels that are not known',
      rule('source_labels = argument.x.value', 'regex = "x"', keep),
      0,
    ],
    ['regex-matches-nothing', 'an expression', rule(two, 'regex = "x" + "y"', keep), 1],
    ['regex-matches-everything', 'keep', rule(one, 'regex = ".*"', keep), 1],
    ['regex-matches-everything', 'keep in brackets', rule(one, 'regex = "^(?:.*)$"', keep), 1],
    ['regex-matches-everything', 'keep what is not empty', rule(one, 'regex = ".+"', keep), 0],
    ['regex-matches-everything', 'drop without a regex', rule(one, drop), 1],
    ['regex-matches-everything', 'labeldrop', rule('regex = ".*"', 'action = "labeldrop"'), 1],
    ['regex-matches-everything', 'replace', rule(one, 'target_label = "b"'), 0],
    [
      'replacement-group',
      'group 1 without groups',
      rule(one, 'regex = "x"', 'target_label = "b"'),
      1,
    ],
    [
      'replacement-group',
      'group 2 of one',
      rule(one, 'regex = "(x)"', 'replacement = "$2"', 'target_label = "b"'),
      1,
    ],
    [
      'replacement-group',
      'a name',
      rule(one, 'regex = "(?P<n>x)"', 'replacement = "$n-$n"', 'target_label = "b"'),
      0,
    ],
    [
      'replacement-group',
      'text behind',
      rule(one, 'regex = "(x)"', 'replacement = "$1y"', 'target_label = "b"'),
      1,
    ],
    [
      'replacement-group',
      'the whole match',
      rule(one, 'regex = "x"', 'replacement = "$0"', 'target_label = "b"'),
      0,
    ],
    [
      'replacement-group',
      'a dollar sign',
      rule(one, 'regex = "x"', 'replacement = "$$1"', 'target_label = "b"'),
      0,
    ],
    ['replacement-group', 'in the target', rule(one, 'regex = "(x)"', 'target_label = "l_$2"'), 1],
    ['replacement-group', 'labelmap without groups', rule('regex = "x"', 'action = "labelmap"'), 1],
    [
      'replacement-group',
      'hashmod',
      rule(one, 'action = "hashmod"', 'modulus = 2', 'target_label = "b"'),
      0,
    ],
    ['meta-label-lost', 'a meta label', rule('source_labels = ["__meta_x"]', keep), 1],
    ['meta-label-lost', 'the name', rule('source_labels = ["__name__"]', keep), 0],
    ['ineffective-argument', 'modulus of keep', rule(one, 'regex = "x"', 'modulus = 2', keep), 1],
    [
      'ineffective-argument',
      'modulus of hashmod',
      rule(one, 'action = "hashmod"', 'modulus = 2', 'target_label = "b"'),
      0,
    ],
  ])('%s: %s', async (code, _, text, findings) => {
    expect(await lintText(inDeclare(text), code)).toHaveLength(findings)
  })

  it('says where, and what is to be done', async () => {
    const text = rule(two, 'regex = "x"', keep)
    expect(await lintText(inDeclare(text), 'regex-matches-nothing')).toEqual([
      '7:9 this never matches: the values of 2 labels are joined by ";", which the regular ' +
        'expression does not take',
    ])
  })

  it('looks at the rules of every component that has them', async () => {
    const text = `prometheus.remote_write "w" {
      endpoint {
        url = "http://x/api/v1/write"
        write_relabel_config { ${drop} }
        write_relabel_config { target_label = "b" }
      }
    }`
    expect(await lintText(text)).toEqual([
      '1:1 unused-component: nothing is sent to prometheus.remote_write.w.receiver',
      '4:32 regex-matches-everything: without a regex action "drop" drops everything',
      '5:9 unreachable-rule: nothing reaches this rule: the one before drops everything',
    ])
  })
})

describe('patterns that are looked for', () => {
  const stage = (text: string) => `loki.process "p" {\nforward_to = []\n${text}\n}`

  it.each<[code: string, what: string, text: string, findings: number]>([
    ['regex-half-anchored', 'the start', 'stage.drop { expression = "^a|b" }', 1],
    ['regex-half-anchored', 'the end', 'stage.multiline { firstline = "a|b$" }', 1],
    ['regex-half-anchored', 'both of all', 'stage.drop { expression = "^a$|^b$" }', 0],
    ['regex-half-anchored', 'an escaped end', 'stage.drop { expression = "a|b\\\\$" }', 0],
    ['regex-half-anchored', 'a bar in a class', 'stage.drop { expression = "^[a|b]" }', 0],
    ['regex-half-anchored', 'a bar in brackets', 'stage.drop { expression = "^(a|b)" }', 0],
    [
      'regex-half-anchored',
      'in stage.match',
      'stage.match {\nselector = "{a=\\"b\\"}"\nstage.drop { expression = "^a|b" }\n}',
      1,
    ],
    ['regex-matches-everything', 'stage.drop', 'stage.drop { expression = ".*" }', 1],
    ['regex-matches-everything', 'what may be empty', 'stage.drop { expression = "a?" }', 1],
    ['regex-matches-everything', 'what captures', 'stage.regex { expression = "(?P<all>.*)" }', 0],
    ['regex-matches-nothing', 'an anchor too late', 'stage.regex { expression = "a^(?P<x>b)" }', 1],
  ])('%s: %s', async (code, _, text, findings) => {
    expect(await lintText(stage(text), code)).toHaveLength(findings)
  })

  it('wants exclusions of names to be anchored', async () => {
    const text = `prometheus.exporter.unix "u" {
      diskstats { device_exclude = "loop" }
      netdev { device_include = "eth" }
    }`
    expect(await lintText(text, 'regex-unanchored')).toHaveLength(1)
  })
})
