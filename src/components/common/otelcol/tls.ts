// TLS settings of OpenTelemetry clients and servers.
// Source of the behaviour: alloy/internal/component/otelcol/config_tls.go.

import { list } from '../../../schema/composites.ts'
import { bool, secret, string } from '../../../schema/scalars.ts'
import { block, optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const tpm = schema({
  enabled: optional(bool, false, 'Whether the private key is held by a trusted platform module.'),
  path: optional(string, '', 'Device or socket of the module, such as /dev/tpmrm0.'),
  owner_auth: optional(string, '', 'Password of the owner of the module.'),
  auth: optional(string, '', 'Password of the key.'),
})

/** What both sides have. Pairs that exclude each other are refused where they are used. */
const tlsFields = {
  ca_pem: optional(string, '', 'Certificates of the authorities to trust, as PEM text.'),
  ca_file: optional(string, '', 'File with the certificates of the authorities to trust.'),
  cert_pem: optional(string, '', 'Certificate to show to the other side, as PEM text.'),
  cert_file: optional(string, '', 'File with the certificate to show to the other side.'),
  key_pem: optional(secret, undefined, 'Private key of the certificate, as PEM text.'),
  key_file: optional(string, '', 'File with the private key of the certificate.'),
  min_version: optional(string, '', 'Oldest version of TLS to speak, such as 1.3; 1.2 if empty.'),
  max_version: optional(string, '', 'Newest version of TLS to speak; 1.3 if empty.'),
  reload_interval: optional(
    duration,
    '0s',
    'How often the files are read again; 0s reads them once.',
  ),
  cipher_suites: optional(
    list(string),
    [],
    'Cipher suites to offer up to TLS 1.2; a choice of safe ones if empty.',
  ),
  include_insecure_cipher_suites: optional(
    bool,
    false,
    'Whether cipher_suites may name suites that are known to be weak.',
  ),
  include_system_ca_certs_pool: optional(
    bool,
    false,
    'Whether the authorities that the system trusts are trusted too.',
  ),
  curve_preferences: optional(
    list(string),
    [],
    'Curves for the exchange of keys, best first; the usual ones if empty.',
  ),
  tpm: block(tpm, 'Takes the private key from a trusted platform module.'),
}

export const tlsClient = schema({
  ...tlsFields,
  insecure: optional(bool, false, 'Whether to speak without TLS.'),
  insecure_skip_verify: optional(bool, false, 'Whether any certificate of a server is accepted.'),
  server_name: optional(string, '', 'Name to expect in the certificate of the server.'),
})

export const tlsServer = schema({
  ...tlsFields,
  client_ca_file: optional(
    string,
    '',
    'File with the authorities of clients, who must then show a certificate.',
  ),
})
