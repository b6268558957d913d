import { expect, test } from 'vitest'
import { declaration } from '../../../../src/components/otelcol/exporter/awss3.ts'
import { complaints } from '../../../support/config_block.ts'

test.each<[string, string, string[]]>([
  ['nothing more is needed', '', []],
  ['compressions', 'compression = "zstd"', []],
  ['words of all kinds', 'acl = "public-read"\nstorage_class = "GLACIER"\nretry_mode = "nop"', []],
  [
    'all problems at once',
    'region = ""\nstorage_class = "x"\nacl = "x"\ncompression = "lz4"\nretry_mode = "x"',
    [
      'region is required; invalid StorageClass; invalid ACL; unknown compression type; ' +
        "invalid retry mode, must be either 'standard', 'adaptive' or 'nop'",
    ],
  ],
])('%s', (_, uploader, problems) => {
  const body = `s3_uploader {\ns3_bucket = "b"\ns3_prefix = "p"\n${uploader}\n}`
  expect(complaints(declaration.arguments, body)).toEqual(problems)
})

test.each<[string, string, string[]]>([
  ['an endpoint stands for the bucket', 'endpoint = "http://s3.example"', []],
  ['without either', '', ['bucket or endpoint is required']],
])('%s', (_, uploader, problems) => {
  const body = `s3_uploader {\ns3_bucket = ""\ns3_prefix = "p"\n${uploader}\n}`
  expect(complaints(declaration.arguments, body)).toEqual(problems)
})

test('Sumo Logic takes no compressed files', () => {
  const uploader = 's3_uploader {\ns3_bucket = "b"\ns3_prefix = "p"\ncompression = "gzip"\n}'
  const body = `${uploader}\nmarshaler { type = "sumo_ic" }`
  expect(complaints(declaration.arguments, body)).toEqual([
    'marshaler does not support compression',
  ])
})
