import { expect, test } from 'vitest'
import { retry } from '../../../../src/components/common/otelcol/retry.ts'
import { complaints } from '../../../support/config_block.ts'

test.each<[string, string[]]>([
  ['', []],
  ['multiplier = 1.01', []],
  ['multiplier = 1', ['multiplier must be greater than 1.0']],
  ['enabled = false\nmultiplier = 0.5', ['multiplier must be greater than 1.0']],
])('%s', (body, problems) => {
  expect(complaints(retry, body)).toEqual(problems)
})
