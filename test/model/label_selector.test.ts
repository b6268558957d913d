import { describe, expect, it } from 'vitest'
import { parseLabelSelector } from '../../src/model/label_selector.ts'
import { LabelSet } from '../../src/model/label_set.ts'

const up = LabelSet.from({ __name__: 'up', job: 'node', instance: '10.0.0.1:9100' })

describe('label selector', () => {
  const cases: [selector: string, matches: boolean][] = [
    ['{}', true],
    ['up', true],
    ['down', false],
    ['up{}', true],
    ['up{job="node"}', true],
    [' up { job = "node" , instance =~ `10[.].*` , } ', true],
    ['{job!="node"}', false],
    ['{instance!~"10"}', true],
    ['{instance=~"10"}', false],
    ["{job='node'}", true],
    ['{absent=""}', true],
    ['{__name__="up"}', true],
  ]
  it.each(cases)('%s: %j', (selector, matches) => {
    expect(parseLabelSelector(selector)(up)).toBe(matches)
  })

  it.each(['', '{bad', '{a}', '{a=b}', '{a="b"', '{a="b"}}', '1', '{a=~"("}', '{a="b" c="d"}'])(
    'refuses %j',
    (selector) => {
      expect(() => parseLabelSelector(selector)).toThrow(Error)
    },
  )
})
