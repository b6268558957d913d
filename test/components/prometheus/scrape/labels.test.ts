import { describe, expect, it } from 'vitest'
import {
  type LabelRules,
  seriesLabels,
} from '../../../../src/components/prometheus/scrape/labels.ts'

const rules: LabelRules = {
  honorLabels: false,
  legacyNames: true,
  labelLimit: 0,
  nameLengthLimit: 0,
  valueLengthLimit: 0,
}

function labels(flat: readonly string[]): Record<string, string> {
  return Object.fromEntries(flat.flatMap((name, i) => (i % 2 ? [] : [[name, flat[i + 1] ?? '']])))
}

const name = ['__name__', 'm']

describe('labels of a series', () => {
  it.each<[what: string, exposed: string[], target: string[], merged: Record<string, string>]>([
    ['the target adds its labels', ['a', '1'], ['job', 'j'], { a: '1', job: 'j' }],
    ['clashing labels are renamed', ['job', 'x'], ['job', 'j'], { job: 'j', exported_job: 'x' }],
    [
      'again while the name is taken',
      ['job', 'x', 'exported_job', 'y'],
      ['job', 'j'],
      { job: 'j', exported_job: 'y', exported_exported_job: 'x' },
    ],
    [
      'the shorter name is renamed first',
      ['exported_job', 'y', 'job', 'x'],
      ['job', 'j', 'exported_job', 'k'],
      {
        job: 'j',
        exported_job: 'k',
        exported_exported_job: 'x',
        exported_exported_exported_job: 'y',
      },
    ],
    ['an empty clashing label vanishes', ['job', ''], ['job', 'j'], { job: 'j' }],
    ['empty labels vanish', ['a', ''], ['job', 'j'], { job: 'j' }],
  ])('%s', (_, exposed, target, merged) => {
    const result = labels(seriesLabels([...name, ...exposed], target, rules))
    expect(result).toEqual({ __name__: 'm', ...merged })
  })

  it('honours exposed labels, empty ones too', () => {
    const honoring = { ...rules, honorLabels: true }
    const merged = seriesLabels(
      [...name, 'job', 'x', 'zone', ''],
      ['job', 'j', 'zone', 'z', 'a', 'b'],
      honoring,
    )
    expect(labels(merged)).toEqual({ __name__: 'm', job: 'x', a: 'b' })
  })

  it.each<[what: string, exposed: string[], changes: Partial<LabelRules>, message: string]>([
    ['without a name', ['a', '1'], {}, 'missing metric name (__name__ label)'],
    [
      'with a name twice',
      [...name, 'a', '1', 'a', '2'],
      {},
      'label name "a" is not unique: invalid sample',
    ],
    [
      'with a new name',
      ['__name__', 'a.b'],
      {},
      'invalid metric name or label names: {__name__="a.b", job="j"}',
    ],
    [
      'with too many labels',
      [...name, 'a', '1'],
      { labelLimit: 2 },
      'label_limit exceeded (metric: m, number of labels: 3, limit: 2)',
    ],
    [
      'with a long name, in bytes',
      [...name, 'äääää', '1'],
      { legacyNames: false, nameLengthLimit: 8 },
      'label_name_length_limit exceeded (metric: m, label name: äääää, length: 10, limit: 8)',
    ],
    [
      'with a long value',
      [...name, 'a', 'abcdef'],
      { valueLengthLimit: 5 },
      'label_value_length_limit exceeded (metric: m, label name: a, value: "abcdef", length: 6, limit: 5)',
    ],
  ])('refuses a series %s', (_, exposed, changes, message) => {
    expect(() => seriesLabels(exposed, ['job', 'j'], { ...rules, ...changes })).toThrow(message)
  })
})
