// What a component's configuration says about the HTTP requests that it makes. The shared blocks in
// src/components/common/http_client.ts decode to this shape.

import type { Secret } from '../eval/secret.ts'

/** Empty strings and `undefined` both mean "not set". */
export interface HttpClientSettings extends ProxySettings {
  readonly basic_auth?: BasicAuthSettings | undefined
  readonly authorization?: AuthorizationSettings | undefined
  readonly oauth2?: OAuth2Settings | undefined
  readonly bearer_token?: Secret | undefined
  readonly bearer_token_file?: string | undefined
  readonly tls_config?: TlsSettings | undefined
  readonly follow_redirects?: boolean | undefined
  readonly enable_http2?: boolean | undefined
  readonly http_headers?: SecretLists | undefined
}

export type SecretLists = ReadonlyMap<string, readonly Secret[]>

export interface ProxySettings {
  readonly proxy_url?: URL | string | undefined
  readonly no_proxy?: string | undefined
  readonly proxy_from_environment?: boolean | undefined
  readonly proxy_connect_header?: SecretLists | undefined
}

export interface BasicAuthSettings {
  readonly username?: string | undefined
  readonly password?: Secret | undefined
  readonly password_file?: string | undefined
}

export interface AuthorizationSettings {
  /** `Bearer` where empty. */
  readonly type?: string | undefined
  readonly credentials?: Secret | undefined
  readonly credentials_file?: string | undefined
}

export interface OAuth2Settings extends ProxySettings {
  readonly client_id?: string | undefined
  readonly client_secret?: Secret | undefined
  readonly client_secret_file?: string | undefined
  readonly scopes?: readonly string[] | undefined
  readonly token_url?: string | undefined
  readonly endpoint_params?: ReadonlyMap<string, string> | undefined
  readonly tls_config?: TlsSettings | undefined
}

export interface TlsSettings {
  readonly ca_pem?: string | undefined
  readonly ca_file?: string | undefined
  readonly cert_pem?: string | undefined
  readonly cert_file?: string | undefined
  readonly key_pem?: Secret | undefined
  readonly key_file?: string | undefined
  readonly server_name?: string | undefined
  readonly insecure_skip_verify?: boolean | undefined
  /** `TLS10`, `TLS11`, `TLS12` or `TLS13`. */
  readonly min_version?: string | undefined
}
