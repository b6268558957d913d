import { describe, expect, it } from 'vitest'
import { LabelSet, sortedLabels } from '../../src/model/label_set.ts'

describe('label set', () => {
  it('is sorted, without empty values, and answers by name', () => {
    const set = LabelSet.from({ job: 'a', __name__: 'up', empty: '' })
    expect(set.flat).toEqual(['__name__', 'up', 'job', 'a'])
    expect([set.get('job'), set.get('empty'), set.size]).toEqual(['a', '', 2])
    expect([...set]).toEqual([
      ['__name__', 'up'],
      ['job', 'a'],
    ])
  })

  it('knows a name that occurs twice', () => {
    expect(LabelSet.of(['b', '1', 'a', '1', 'b', '2']).duplicateName()).toBe('b')
    expect(LabelSet.of(['b', '1', 'a', '1']).duplicateName()).toBeUndefined()
  })

  it('sorts many labels as it sorts few', () => {
    const flat = Array.from({ length: 200 }, (_, i) => [
      `n${(i * 37) % 200}`,
      i === 7 ? '' : 'v',
    ]).flat()
    const sorted = sortedLabels(flat).filter((_, i) => i % 2 === 0)
    expect(sorted).toEqual([...sorted].sort())
    expect(sorted).toHaveLength(199)
  })
})
