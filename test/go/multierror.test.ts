import { expect, it } from 'vitest'
import { multiErrorText } from '../../src/go/multierror.ts'

it.each([
  ['one', ['a'], '1 error occurred:\n\t* a\n\n'],
  ['several', ['a', 'b c'], '2 errors occurred:\n\t* a\n\t* b c\n\n'],
])('lists %s', (_, problems, text) => {
  expect(multiErrorText(problems)).toBe(text)
})
