import { describe, expect, it } from 'vitest'
import { declaration } from '../../../src/components/config/http.ts'
import { decodeText } from '../../support/decode_text.ts'

function decode(...lines: string[]) {
  return decodeText(declaration.arguments, `tls {\n${lines.join('\n')}\n}`)
}

const cert = 'cert_file = "c"'
const key = 'key_file = "k"'
const clientCa = 'client_ca_file = "a"'

/** Texts of a running Alloy 1.18 where it reports the same. */
const refused: [string[], string][] = [
  [[], 'must specify either cert_pem or cert_file'],
  [[cert], 'must specify either key_pem or key_file'],
  [[cert, 'cert_pem = "c"', key], 'cannot specify both cert_pem and cert_file'],
  [[cert, 'key_pem = "k"', key], 'cannot specify both key_pem and key_file'],
  [
    [cert, key, clientCa, 'client_ca_pem = "a"'],
    'cannot specify both client_ca_pem and client_ca_file',
  ],
  [
    [cert, key, clientCa],
    'cannot specify client_ca_pem or client_ca_file when client_auth_type is NoClientCert',
  ],
  [[cert, key, 'client_auth_type = "nope"'], '"nope" unknown client auth type "nope"'],
  [[cert, key, 'cipher_suites = ["nope"]'], '"nope" unknown cipher "nope"'],
  [[cert, key, 'curve_preferences = ["nope"]'], '"nope" unknown curve "nope"'],
  [[cert, key, 'min_version = "TLS9"'], '"TLS9" unknown TLS version "TLS9"'],
  [['windows_certificate_filter {\nserver { }\n}'], 'missing required block "client"'],
]

describe('the tls block', () => {
  it.each(refused)('with %j is refused', (lines, message) => {
    expect(() => decode(...lines)).toThrow(message)
  })

  it('keeps its key secret', () => {
    const { tls } = decode(cert, 'key_pem = "-----BEGIN PRIVATE KEY-----"')
    expect(JSON.stringify(tls)).not.toContain('PRIVATE')
    expect(tls?.key_pem?.reveal()).toBe('-----BEGIN PRIVATE KEY-----')
  })

  it('takes authorities of client certificates with every other client_auth_type', () => {
    const wanted = 'client_auth_type = "VerifyClientCertIfGiven"'
    expect(decode(cert, key, clientCa, wanted).tls?.client_auth_type).toBe(
      'VerifyClientCertIfGiven',
    )
  })
})
