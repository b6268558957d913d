// HTTP client settings, shared by every component that makes requests.
// Source of the behaviour: alloy/internal/component/common/config/types.go.

import { Secret } from '../../eval/secret.ts'
import type { Value } from '../../eval/value.ts'
import { list, map } from '../../schema/composites.ts'
import { bool, secret, string } from '../../schema/scalars.ts'
import {
  type Amendments,
  type ArgumentsOf,
  block,
  defaultedBlock,
  optional,
  schema,
} from '../../schema/schema.ts'
import { url } from '../../schema/texts.ts'
import { urlString } from '../../schema/veiled.ts'
import { tlsConfig } from './tls.ts'

export const basicAuth = schema(
  {
    username: optional(string, '', 'User name of basic authentication.'),
    password: optional(secret, undefined, 'Password of basic authentication.'),
    password_file: optional(string, '', 'File that holds the password.'),
  },
  {
    check: ({ password, password_file }, fail) => {
      if (password === undefined || password_file === '') return
      fail('at most one of basic_auth password & password_file must be configured', 'password_file')
    },
  },
)

export const authorization = schema(
  {
    type: optional(string, '', 'Scheme of the Authorization header; Bearer where empty.'),
    credentials: optional(secret, undefined, 'What follows the scheme.'),
    credentials_file: optional(string, '', 'File that holds what follows the scheme.'),
  },
  {
    check: ({ type, credentials, credentials_file }, fail) => {
      if (credentials !== undefined && credentials_file !== '') {
        const message =
          'at most one of authorization credentials & credentials_file must be configured'
        return fail(message, 'credentials_file')
      }
      if (type.trim().toLowerCase() === 'basic') {
        fail(`authorization type cannot be set to "basic", use "basic_auth" instead`, 'type')
      }
    },
    amend: ({ type }) => ({ type: type.trim() === '' ? 'Bearer' : type.trim() }),
  },
)

const plainSecretLists = map(list(secret))

/** The original holds these with the other proxy settings and headers behind pointers. */
export const secretLists: typeof plainSecretLists = { ...plainSecretLists, equality: 'identity' }

/** What every client and the token requests of OAuth 2.0 share. */
export const proxyFields = {
  proxy_url: optional(url, '', 'Proxy to send requests through.'),
  no_proxy: optional(string, '', 'Hosts and networks, separated by commas, that need no proxy.'),
  proxy_from_environment: optional(bool, false, 'Whether HTTP_PROXY and its kin name the proxy.'),
  proxy_connect_header: optional(secretLists, {}, 'Headers to send to the proxy with CONNECT.'),
}

type ProxyFields = ArgumentsOf<ReturnType<typeof schema<typeof proxyFields>>>

/** What is wrong with the proxy settings. Blocks that spread the fields must ask. */
export function proxyProblem(proxy: ProxyFields): string | undefined {
  const { proxy_url, no_proxy, proxy_from_environment, proxy_connect_header } = proxy
  const hasHeaders = proxy_connect_header.size > 0
  if (hasHeaders && !proxy_from_environment && proxy_url === '') {
    return (
      'if proxy_connect_header is configured, proxy_url or ' +
      'proxy_from_environment must also be configured'
    )
  }
  if (proxy_from_environment && proxy_url !== '') {
    return 'if proxy_from_environment is configured, proxy_url must not be configured'
  }
  if (proxy_from_environment && no_proxy !== '') {
    return 'if proxy_from_environment is configured, no_proxy must not be configured'
  }
  if (proxy_url === '' && no_proxy !== '') {
    return 'if no_proxy is configured, proxy_url must also be configured'
  }
  return undefined
}

export const oauth2 = schema(
  {
    client_id: optional(string, '', 'Client ID of the client credentials grant.'),
    client_secret: optional(secret, undefined, 'Client secret of the grant.'),
    client_secret_file: optional(string, '', 'File that holds the client secret.'),
    scopes: optional(list(string), [], 'Scopes to ask for.'),
    token_url: optional(urlString, '', 'Where tokens are fetched.'),
    endpoint_params: optional(map(string), {}, 'Further parameters of the token request.'),
    ...proxyFields,
    tls_config: block(tlsConfig, 'TLS settings of the token requests.'),
  },
  {
    check: (oauth, fail) => {
      const { client_id, client_secret, client_secret_file, token_url } = oauth
      if (client_id === '') return fail('oauth2 client_id must be configured')
      if (client_secret === undefined && client_secret_file === '') {
        return fail('either oauth2 client_secret or client_secret_file must be configured')
      }
      if (client_secret !== undefined && client_secret_file !== '') {
        return fail('at most one of oauth2 client_secret & client_secret_file must be configured')
      }
      if (token_url === '') return fail('oauth2 token_url must be configured')
      const problem = proxyProblem(oauth)
      if (problem !== undefined) fail(problem)
    },
  },
)

export const httpClientFields = {
  basic_auth: block(basicAuth, 'User name and password for the endpoint.'),
  authorization: block(authorization, 'An Authorization header for the endpoint.'),
  oauth2: block(oauth2, 'Tokens by the client credentials grant of OAuth 2.0.'),
  bearer_token: optional(secret, undefined, 'Bearer token to send.'),
  bearer_token_file: optional(string, '', 'File that holds the bearer token.'),
  ...proxyFields,
  tls_config: defaultedBlock(tlsConfig, 'TLS settings for the endpoint.'),
  follow_redirects: optional(bool, true, 'Whether redirects of the server are followed.'),
  enable_http2: optional(bool, true, 'Whether HTTP/2 may be used.'),
  http_headers: optional(secretLists, {}, 'Headers to send with every request.'),
}

export type HttpClient = ArgumentsOf<ReturnType<typeof schema<typeof httpClientFields>>>

const reservedHeaders = new Set([
  'authorization',
  'host',
  'content-encoding',
  'content-length',
  'content-type',
  'user-agent',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'www-authenticate',
  'accept-encoding',
  'x-prometheus-remote-write-version',
  'x-prometheus-remote-read-version',
  'x-prometheus-scrape-timeout-seconds',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
])

/** What is wrong with the settings as a whole. Components that spread the fields must ask. */
export function httpClientProblem(client: HttpClient): string | undefined {
  const { basic_auth, authorization, oauth2, bearer_token, bearer_token_file } = client
  const ways = [basic_auth, authorization, oauth2, bearer_token, bearer_token_file || undefined]
  if (ways.filter((way) => way !== undefined).length > 1) return onlyOneWay
  const problem = proxyProblem(client)
  if (problem !== undefined) return problem
  for (const name of client.http_headers.keys()) {
    if (reservedHeaders.has(name.toLowerCase())) return `setting header "${name}" is not allowed`
  }
  return undefined
}

const onlyOneWay =
  'at most one of basic_auth, authorization, oauth2, bearer_token & ' +
  'bearer_token_file must be configured'

/** A bearer token is an Authorization header written shorter, and is shown as that. */
export function amendHttpClient(client: HttpClient): Amendments {
  const { bearer_token, bearer_token_file } = client
  if (bearer_token === undefined && bearer_token_file === '') return {}
  const credentials: Value = bearer_token ?? new Secret('')
  return {
    bearer_token: new Secret(''),
    bearer_token_file: '',
    authorization: { type: 'Bearer', credentials, credentials_file: bearer_token_file },
  }
}

/** For blocks that spread the fields and check nothing else. */
export const httpClientHooks = {
  check: (client: HttpClient, fail: (message: string) => void): void => {
    const problem = httpClientProblem(client)
    if (problem !== undefined) fail(problem)
  },
  amend: amendHttpClient,
}

/** The same settings as a block of their own. */
export const httpClient = schema(httpClientFields, httpClientHooks)
