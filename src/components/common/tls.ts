// TLS settings of clients.
// Source of the behaviour: alloy/internal/component/common/config/types.go.

import { bool, secret, string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'
import { oneOf } from '../../schema/texts.ts'

const tlsVersion = oneOf(['', 'TLS10', 'TLS11', 'TLS12', 'TLS13'], {
  otherwise: (written) => `unknown TLS version: ${written}`,
})

export const tlsConfig = schema(
  {
    ca_pem: optional(string, '', 'Certificates of the authorities to trust, as PEM text.'),
    ca_file: optional(string, '', 'File with the certificates of the authorities to trust.'),
    cert_pem: optional(string, '', 'Certificate of this client, as PEM text.'),
    cert_file: optional(string, '', 'File with the certificate of this client.'),
    key_pem: optional(secret, undefined, 'Private key of this client, as PEM text.'),
    key_file: optional(string, '', 'File with the private key of this client.'),
    server_name: optional(string, '', 'Name to expect in the certificate of the server.'),
    insecure_skip_verify: optional(bool, false, 'Whether any certificate of a server is accepted.'),
    min_version: optional(tlsVersion, '', 'Oldest version of TLS to speak; TLS12 where empty.'),
  },
  {
    check: ({ ca_pem, ca_file, cert_pem, cert_file, key_pem, key_file }, fail) => {
      if (ca_pem !== '' && ca_file !== '') {
        return fail('at most one of ca_pem and ca_file must be configured', 'ca_file')
      }
      if (cert_pem !== '' && cert_file !== '') {
        return fail('at most one of cert_pem and cert_file must be configured', 'cert_file')
      }
      if (key_pem !== undefined && key_file !== '') {
        return fail('at most one of key_pem and key_file must be configured', 'key_file')
      }
      const hasCertificate = cert_pem !== '' || cert_file !== ''
      const hasKey = key_pem !== undefined || key_file !== ''
      if (hasCertificate && !hasKey) {
        fail(
          'exactly one of key_pem or key_file must be configured when a client ' +
            'certificate is configured',
        )
      } else if (hasKey && !hasCertificate) {
        fail(
          'exactly one of cert_pem or cert_file must be configured when a client key is configured',
        )
      }
    },
  },
)
