import { expect, test } from 'vitest'
import { declaration } from '../../../../src/components/otelcol/storage/file.ts'
import { complaints } from '../../../support/config_block.ts'

const octal = 'directory_permissions value must be a valid octal representation'

test.each<[string, string[]]>([
  ['', []],
  ['directory_permissions = "777"', []],
  ['directory_permissions = "0o750"', [octal]],
  ['directory_permissions = "789"', [octal]],
  [
    'directory_permissions = "1777"',
    ['directory_permissions contain invalid bits for file access'],
  ],
  ['create_directory = false\ndirectory_permissions = "x"', []],
  [
    'compaction {\non_rebound = true\ncheck_interval = "0s"\n}',
    ['compaction check interval must be positive when rebound compaction is set'],
  ],
])('%j', (body, problems) => {
  expect(complaints(declaration.arguments, body)).toEqual(problems)
})
