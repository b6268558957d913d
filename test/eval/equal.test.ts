import { describe, expect, it } from 'vitest'
import { valuesEqual } from '../../src/eval/equal.ts'
import { Capsule } from '../../src/eval/value.ts'

class Receiver {
  readonly id = 'r'
}

const receiver = new Receiver()
const target = (job: string) => new Map([['job', job]])
const rules = (regex: string) => [{ regex, source_labels: ['a'] }]

const capsules: readonly [what: string, a: Capsule, b: Capsule, expected: boolean][] = [
  ['the same target', new Capsule('T', target('x')), new Capsule('T', target('x')), true],
  ['another target', new Capsule('T', target('x')), new Capsule('T', target('y')), false],
  ['another type', new Capsule('T', target('x')), new Capsule('U', target('x')), false],
  ['the same rules', new Capsule('T', rules('x')), new Capsule('T', rules('x')), true],
  ['another rule', new Capsule('T', rules('x')), new Capsule('T', rules('y')), false],
  ['fewer rules', new Capsule('T', rules('x')), new Capsule('T', []), false],
  ['a list and an object', new Capsule('T', []), new Capsule('T', {}), false],
  ['nothing', new Capsule('T', undefined), new Capsule('T', undefined), true],
  ['the same receiver', new Capsule('T', receiver), new Capsule('T', receiver), true],
  ['another receiver', new Capsule('T', receiver), new Capsule('T', new Receiver()), false],
]

describe('valuesEqual', () => {
  it.each(capsules)('compares capsules: %s', (_, a, b, expected) => {
    expect(valuesEqual(a, b)).toBe(expected)
  })
})
