// otelcol.auth.basic: logs in with user name and password, or asks for them as a server.

import { authHandler } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { secret, string } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, schema } from '../../../schema/schema.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const clientAuth = schema({
  username: optional(string, '', 'User name that clients send.'),
  username_file: optional(string, '', 'File with the user name; it wins over username.'),
  password: optional(secret, undefined, 'Password that clients send.'),
  password_file: optional(string, '', 'File with the password; it wins over password.'),
})

const htpasswd = schema({
  file: optional(string, '', 'File of users and hashed passwords, as htpasswd writes it.'),
  inline: optional(string, '', 'Lines as in file, which win over those of the file.'),
})

const componentArguments = schema(
  {
    username: optional(string, '', 'User name that clients send and servers expect.', {
      deprecated: 'Write client_auth and htpasswd instead.',
    }),
    password: optional(secret, undefined, 'Password that clients send and servers expect.', {
      deprecated: 'Write client_auth and htpasswd instead.',
    }),
    client_auth: block(clientAuth, 'What clients send.'),
    htpasswd: block(htpasswd, 'Whom servers let in.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: ({ username, password, client_auth, htpasswd }, fail) => {
      const hasPassword = password !== undefined
      if (username === '' && !hasPassword && client_auth === undefined && htpasswd === undefined) {
        return fail('no credential source provided')
      }
      if (username !== '' && !hasPassword) return fail('no password provided', 'username')
      if (username === '' && hasPassword) fail('no username provided', 'password')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.auth.basic',
  stability: 'generally-available',
  summary: 'Logs in with user name and password, or asks for them as a server.',
  accepts: [],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: componentArguments,
  exports: { handler: exported(authHandler, 'What other components take as their auth.') },
  metrics: {},
})
