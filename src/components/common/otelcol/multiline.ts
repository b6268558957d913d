// How the log receivers put lines together to records, and what they leave of the blanks around.

import { bool, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'

export const multilineFields = {
  line_start_pattern: optional(string, '', 'Regular expression that begins a record.'),
  line_end_pattern: optional(string, '', 'Regular expression that ends a record.'),
  omit_pattern: optional(bool, false, 'Whether records lack the text that the pattern matched.'),
}

export const multiline = schema(multilineFields, {
  check: ({ line_start_pattern, line_end_pattern }, fail) => {
    if (line_start_pattern === '' && line_end_pattern === '') {
      fail('either line_start_pattern or line_end_pattern must be set')
    } else if (line_start_pattern !== '' && line_end_pattern !== '') {
      const message = 'only one of line_start_pattern or line_end_pattern can be set'
      fail(message, 'line_end_pattern')
    }
  },
})

export const trimFields = {
  preserve_leading_whitespaces: optional(bool, false, 'Whether records keep blanks before them.'),
  preserve_trailing_whitespaces: optional(bool, false, 'Whether records keep blanks after them.'),
}
