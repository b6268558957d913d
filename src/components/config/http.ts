// http: who may use the HTTP server of this process, and TLS for it.

import { list } from '../../schema/composites.ts'
import { declareBlock } from '../../schema/declaration.ts'
import { bool, secret, string } from '../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../schema/schema.ts'
import { duration, oneOf, patternProblem } from '../../schema/texts.ts'

const basic = schema({
  username: required(string, 'User name to ask for.'),
  password: required(secret, 'Password to ask for.'),
})

const filter = schema({
  paths: optional(list(string), [], 'Beginnings of paths.'),
  authenticate_matching_paths: optional(
    bool,
    true,
    'Whether these paths need a login, or all others.',
  ),
})

const auth = schema({
  basic: block(basic, 'Asks for a user name and password.'),
  filter: defaultedBlock(filter, 'Which paths need a login.', {
    absent: { authenticate_matching_paths: false },
  }),
})

const clientAuth = oneOf(
  [
    'NoClientCert',
    'RequestClientCert',
    'RequireAnyClientCert',
    'VerifyClientCertIfGiven',
    'RequireAndVerifyClientCert',
  ],
  {
    otherwise: (written) => `unknown client auth type "${written}"`,
    zero: { shown: 'NoClientCert', means: 'NoClientCert' },
  },
)

const cipher = oneOf(
  [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
    'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  ],
  { otherwise: (written) => `unknown cipher "${written}"` },
)

const curve = oneOf(['CurveP256', 'CurveP384', 'CurveP521', 'X25519'], {
  otherwise: (written) => `unknown curve "${written}"`,
})

const version = oneOf(['', 'TLS10', 'TLS11', 'TLS12', 'TLS13'], {
  otherwise: (written) => `unknown TLS version "${written}"`,
})

const windowsServer = schema({
  store: optional(string, '', 'Certificate store of the system.'),
  system_store: optional(string, '', 'Part of the store.'),
  issuer_common_names: optional(list(string), [], 'Common names of issuers to accept.'),
  template_id: optional(string, '', 'Template of the certificate.'),
  refresh_interval: optional(duration, '5m', 'Time from one look at the store to the next.'),
})

const windowsClient = schema({
  issuer_common_names: optional(list(string), [], 'Common names of issuers to accept.'),
  subject_regex: optional(string, '', 'RE2 expression for the common name of the subject.'),
  template_id: optional(string, '', 'Template of the certificate.'),
})

const windowsFilter = schema({
  server: requiredBlock(windowsServer, 'Picks the certificate of the server.'),
  client: requiredBlock(windowsClient, 'Picks the certificates of clients.'),
})

const tls = schema(
  {
    cert_pem: optional(string, '', 'Certificate of the server, as PEM text.'),
    cert_file: optional(string, '', 'File with the certificate of the server.'),
    key_pem: optional(secret, undefined, 'Private key of the server, as PEM text.'),
    key_file: optional(string, '', 'File with the private key of the server.'),
    client_ca_pem: optional(string, '', 'Authorities of client certificates, as PEM text.'),
    client_ca_file: optional(string, '', 'File with the authorities of client certificates.'),
    client_auth_type: optional(clientAuth, 'NoClientCert', 'Whether clients need a certificate.'),
    cipher_suites: optional(
      list(cipher),
      [],
      'Cipher suites to offer; empty: those of the system.',
    ),
    curve_preferences: optional(list(curve), [], 'Curves to offer; empty: those of the system.'),
    min_version: optional(version, '', 'Oldest version of TLS to speak.'),
    max_version: optional(version, '', 'Newest version of TLS to speak.'),
    windows_certificate_filter: block(windowsFilter, 'Takes certificates from the Windows store.', {
      unavailable: true,
    }),
  },
  {
    check: (args, fail) => {
      const problem = tlsProblem(args)
      if (problem !== undefined) fail(problem)
    },
  },
)

function tlsProblem(
  args: {
    readonly [K in
      | 'cert_pem'
      | 'cert_file'
      | 'key_file'
      | 'client_ca_pem'
      | 'client_ca_file'
      | 'client_auth_type']: string
  } & {
    readonly key_pem: object | undefined
    readonly windows_certificate_filter: ArgumentsOf<typeof windowsFilter> | undefined
  },
): string | undefined {
  const { cert_pem, cert_file, key_pem, key_file, client_ca_pem, client_ca_file } = args
  const windows = args.windows_certificate_filter
  if (windows !== undefined) {
    const texts = [cert_pem, cert_file, key_file, client_ca_pem, client_ca_file]
    if (key_pem !== undefined || texts.some((text) => text !== '')) {
      return 'cannot specify any key, certificate or CA when using windows certificate filter'
    }
    const problem = patternProblem(windows.client.subject_regex)
    const what = 'error compiling subject common name regular expression'
    return problem === undefined ? undefined : `${what}: ${problem}`
  }
  if (client_ca_pem !== '' && client_ca_file !== '') {
    return 'cannot specify both client_ca_pem and client_ca_file'
  }
  if (args.client_auth_type === 'NoClientCert' && client_ca_pem + client_ca_file !== '') {
    return 'cannot specify client_ca_pem or client_ca_file when client_auth_type is NoClientCert'
  }
  if (cert_pem !== '' && cert_file !== '') return 'cannot specify both cert_pem and cert_file'
  if (cert_pem === '' && cert_file === '') return 'must specify either cert_pem or cert_file'
  if (key_pem !== undefined && key_file !== '') return 'cannot specify both key_pem and key_file'
  if (key_pem === undefined && key_file === '') return 'must specify either key_pem or key_file'
  return undefined
}

export const declaration = declareBlock({
  name: 'http',
  stability: 'generally-available',
  summary: 'Who may use the HTTP server of this process, and TLS for it.',
  label: 'none',
  where: 'root',
  service: true,
  arguments: schema({
    auth: block(auth, 'Asks for a login.'),
    tls: block(tls, 'Serves over TLS.'),
  }),
})
