// remote.s3: reads a text from S3 and exports it.

import { declare, exported } from '../../schema/declaration.ts'
import { bool, optionalSecret, secret, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const client = schema({
  key: optional(string, '', 'Access key id; empty: from the environment.'),
  secret: optional(secret, undefined, 'Secret key.'),
  endpoint: optional(string, '', 'Address of the server; empty: AWS.'),
  disable_ssl: optional(bool, false, 'Whether HTTP is used instead of HTTPS.'),
  use_path_style: optional(
    bool,
    false,
    'Whether the bucket stands in the path instead of the host.',
  ),
  region: optional(string, '', 'Region; empty: from the environment.'),
  signing_region: optional(string, '', 'Region to sign for, where it is another.'),
})

const componentArguments = schema(
  {
    path: required(string, 'Object to read, such as `s3://bucket/key`.'),
    poll_frequency: optional(duration, '10m0s', 'Time from one reading to the next.'),
    is_secret: optional(bool, false, 'Whether the text is a secret.'),
    client: defaultedBlock(client, 'How to reach the server.'),
  },
  {
    check: ({ poll_frequency }, fail) => {
      if (poll_frequency < 30_000) fail('poll_frequency must be greater than 30s', 'poll_frequency')
    },
  },
)

export const declaration = declare({
  name: 'remote.s3',
  stability: 'generally-available',
  summary: 'Reads a text from S3 and exports it.',
  accepts: [],
  emits: [],
  arguments: componentArguments,
  exports: { content: exported(optionalSecret, 'The text of the object.') },
  metrics: {},
})
