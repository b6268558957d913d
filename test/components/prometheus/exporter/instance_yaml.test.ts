import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { yamlOf } from '../../../../src/components/prometheus/exporter/instance_yaml.ts'

/** Elements of a list, as yaml.v2 2.4.0 and yaml.v3 3.0.1 write them. */
const answers: readonly [text: string, version2: string, version3?: string][] = JSON.parse(
  readFileSync(new URL('testdata/yaml.json', import.meta.url), 'utf8'),
)

describe('yamlOf', () => {
  it.each(answers)('writes %j as %s', (text, version2, version3 = version2) => {
    expect(yamlOf([['k', [text]]], 2)).toBe(`k:\n- ${version2}\n`)
    expect(yamlOf([['k', [text]]], 3)).toBe(`k:\n    - ${version3}\n`)
  })

  it('writes mappings', () => {
    const settings = [
      ['a', 'x'],
      ['b', ''],
      ['c', true],
      ['d', []],
      ['e', ['v', 'w']],
      ['f', 'p\nq'],
    ] as const
    const common = 'a: x\nb: ""\nc: true\nd: []\ne:\n'
    expect(yamlOf(settings, 2)).toBe(`${common}- v\n- w\nf: |-\n  p\n  q\n`)
    expect(yamlOf(settings, 3)).toBe(`${common}    - v\n    - w\nf: |-\n    p\n    q\n`)
  })

  it('writes bytes that are no text in base64', () => {
    expect(yamlOf([['k', '\udcff']], 2)).toBe('k: !!binary /w==\n')
  })
})
