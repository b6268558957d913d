// otelcol.auth.oauth2: logs in with tokens fetched from an OAuth 2.0 server.

import { authHandler } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { any, secret, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { tlsClient } from '../../common/otelcol/tls.ts'

const componentArguments = schema({
  client_id: optional(string, '', 'Client ID at the token server.'),
  client_id_file: optional(string, '', 'File with the client ID; it wins over client_id.'),
  client_secret: optional(secret, undefined, 'Client secret of the client_credentials grant.'),
  client_secret_file: optional(
    string,
    '',
    'File with the client secret; it wins over client_secret.',
  ),
  client_certificate_key_id: optional(
    string,
    '',
    'ID of the key that signs the assertion of the JWT grant.',
  ),
  client_certificate_key: optional(
    secret,
    undefined,
    'Key that signs the assertion of the JWT grant, as PEM text.',
  ),
  client_certificate_key_file: optional(
    string,
    '',
    'File with that key; it wins over client_certificate_key.',
  ),
  grant_type: optional(
    string,
    'client_credentials',
    'Either client_credentials, or urn:ietf:params:oauth:grant-type:jwt-bearer for JWT.',
  ),
  signature_algorithm: optional(
    string,
    '',
    'How the assertion is signed: RS256, RS384 or RS512; RS256 if empty.',
  ),
  iss: optional(string, '', 'Issuer of the assertion; the client ID if empty.'),
  audience: optional(string, '', 'Audience of the assertion; token_url if empty.'),
  claims: optional(map(any), {}, 'Further claims of the assertion.'),
  token_url: required(string, 'Where tokens are fetched.'),
  endpoint_params: optional(map(list(string)), {}, 'Further parameters of the token request.'),
  scopes: optional(list(string), [], 'Scopes to ask for.'),
  tls: defaultedBlock(tlsClient, 'TLS settings of the token requests.'),
  timeout: optional(duration, '0s', 'How long a token request may take; 0s has no limit.'),
  expiry_buffer: optional(duration, '5m0s', 'How long before it expires a token is replaced.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
})

export const declaration = declare({
  name: 'otelcol.auth.oauth2',
  stability: 'generally-available',
  summary: 'Logs in with tokens fetched from an OAuth 2.0 server.',
  accepts: [],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: componentArguments,
  exports: { handler: exported(authHandler, 'What other components take as their auth.') },
  metrics: {},
})
