import { expect, test } from 'vitest'
import { declaration } from '../../../../src/components/otelcol/exporter/file.ts'
import { complaints } from '../../../support/config_block.ts'

const schema = declaration.arguments

test.each<[string, string, string[]]>([
  ['defaults', 'path = "x"', []],
  ['a path', 'path = ""', ['path must be non-empty']],
  [
    'compressed files cannot be continued',
    'path = "x"\nappend = true\ncompression = "zstd"',
    ['append and compression enabled at the same time is not supported'],
  ],
  ['formats', 'path = "x"\nformat = "yaml"', ['format type is not supported']],
  ['compressions', 'path = "x"\ncompression = "gzip"', ['compression is not supported']],
  ['one place for the value', 'path = "/a/*/b"\ngroup_by { enabled = true }', []],
  [
    'two places for the value',
    'path = "/a/*/*"\ngroup_by { enabled = true }',
    ['path must contain exactly one * when group_by is enabled'],
  ],
  [
    'a path of values',
    'path = "*/a"\ngroup_by { enabled = true }',
    ['path must not start with * when group_by is enabled'],
  ],
  [
    'no attribute',
    'path = "/a/*"\ngroup_by {\nenabled = true\nresource_attribute = ""\n}',
    ['resource_attribute must not be empty when group_by is enabled'],
  ],
  ['grouping that is off', 'path = "x"\ngroup_by { }', []],
])('%s', (_, body, problems) => {
  expect(complaints(schema, body)).toEqual(problems)
})
