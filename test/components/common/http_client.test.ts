import { describe, expect, it, test } from 'vitest'
import { httpClient } from '../../../src/components/common/http_client.ts'
import { bodyText } from '../../../src/schema/encode.ts'
import { complaints, decoded, decoding } from '../../support/config_block.ts'

const oneWay =
  'at most one of basic_auth, authorization, oauth2, bearer_token & bearer_token_file must be configured'

test.each<[string, string, string[]]>([
  ['nothing is needed', '', []],
  ['one way to log in', 'basic_auth { }\nauthorization { credentials = "x" }', [oneWay]],
  ['a token is a way too', 'basic_auth { }\nbearer_token = "x"', [oneWay]],
  ['one token', 'bearer_token = "x"\nbearer_token_file = "x"', [oneWay]],
  [
    'no basic in authorization',
    'authorization { type = "Basic" }',
    ['authorization type cannot be set to "basic", use "basic_auth" instead'],
  ],
  [
    'one password',
    'basic_auth {\npassword = "x"\npassword_file = "y"\n}',
    ['at most one of basic_auth password & password_file must be configured'],
  ],
  ['OAuth needs a client', 'oauth2 { }', ['oauth2 client_id must be configured']],
  [
    'a key needs a certificate',
    'tls_config { key_file = "x" }',
    ['exactly one of cert_pem or cert_file must be configured when a client key is configured'],
  ],
  [
    'no_proxy needs a proxy',
    'no_proxy = "x"',
    ['if no_proxy is configured, proxy_url must also be configured'],
  ],
  [
    'the environment excludes a proxy',
    'proxy_from_environment = true\nproxy_url = "http://p"',
    ['if proxy_from_environment is configured, proxy_url must not be configured'],
  ],
  [
    'some headers are ours',
    'http_headers = { "User-Agent" = ["x"] }',
    ['setting header "User-Agent" is not allowed'],
  ],
  [
    'TLS versions are words',
    'tls_config { min_version = "TLS9" }',
    ['"TLS9" unknown TLS version: TLS9'],
  ],
])('%s', (_, body, expected) => {
  expect(complaints(httpClient, body)).toEqual(expected)
})

describe('a bearer token', () => {
  it('becomes an Authorization header, shown hidden', () => {
    const args = decoded(httpClient, 'bearer_token = "hidden"')
    expect(args.bearer_token).toBeUndefined()
    expect(args.authorization?.type).toBe('Bearer')
    expect(args.authorization?.credentials?.reveal()).toBe('hidden')
    expect(bodyText(decoding(httpClient, 'bearer_token = "hidden"').body)).toBe(
      'authorization {\n\ttype        = "Bearer"\n\tcredentials = (secret)\n}',
    )
  })
})
