import { describe, expect, it } from 'vitest'
import { yamlMappingProblem } from '../../../src/components/common/yaml_text.ts'
import { OptionalSecret } from '../../../src/eval/secret.ts'

const good = ['', 'null', 'modules: {}', '# nothing\n---\na: 1\n']

const bad: readonly [string, string][] = [
  ['x', 'line 1: cannot unmarshal !!str `x` into config.plain'],
  ['# first\n\na long scalar', 'line 3: cannot unmarshal !!str `a long ...` into config.plain'],
  ['12', 'line 1: cannot unmarshal !!int `12` into config.plain'],
  ['1.5', 'line 1: cannot unmarshal !!float `1.5` into config.plain'],
  ['true', 'line 1: cannot unmarshal !!bool `true` into config.plain'],
  ['- a', 'line 1: cannot unmarshal !!seq into config.plain'],
]

describe('yamlMappingProblem', () => {
  it.each(good)('takes %j', (text) => {
    expect(yamlMappingProblem(new OptionalSecret(text, false), 'config.plain')).toBeUndefined()
  })

  it.each(bad)('refuses %j: %s', (text, problem) => {
    expect(yamlMappingProblem(new OptionalSecret(text, false), 'config.plain')).toBe(
      `yaml: unmarshal errors:\n  ${problem}`,
    )
  })

  it('tells what is no YAML', () => {
    const problem = yamlMappingProblem(new OptionalSecret('a: [', false), 'config.plain')
    expect(problem).toMatch(/^yaml: /)
  })

  it('shows nothing of a secret', () => {
    for (const text of ['p4ss', 'p4ss: [', 'p4ss: 1\np4ss: 2']) {
      const problem = yamlMappingProblem(new OptionalSecret(text, true), 'config.plain')
      expect(problem).toMatch(/^yaml: /)
      expect(problem).not.toContain('p4ss')
    }
  })
})
