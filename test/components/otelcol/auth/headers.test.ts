import { expect, test } from 'vitest'
import { declaration } from '../../../../src/components/otelcol/auth/headers.ts'
import { bodyText } from '../../../../src/schema/encode.ts'
import { complaints, decoding } from '../../../support/config_block.ts'

const schema = declaration.arguments
const none = 'either value, from_context or from_attribute must be provided'

test.each<[string, string, string[]]>([
  ['a value', 'value = "x"', []],
  ['no value', '', [none]],
  ['no value is needed to delete', 'action = "DELETE"', []],
  ['two values', 'value = "x"\nfrom_context = "y"', [`${none}, but not several`]],
  ['no action', 'value = "x"\naction = null', ['action is set to an invalid value of ""']],
  ['another action', 'value = "x"\naction = "set"', ['"set" unknown action set']],
])('%s', (_, body, problems) => {
  expect(complaints(schema, `header {\nkey = "k"\n${body}\n}`)).toEqual(problems)
})

test('the usual action is not shown', () => {
  const { body } = decoding(schema, 'header {\nkey = "k"\nvalue = "v"\naction = "upsert"\n}')
  expect(bodyText(body)).toBe('header {\n\tkey   = "k"\n\tvalue = "v"\n}')
})
