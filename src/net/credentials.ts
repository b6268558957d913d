// Who we say we are: the headers that log a request in.

import type { FileCache } from './file_cache.ts'
import type { HttpClientSettings } from './http_settings.ts'

/** The `Authorization` header of the settings; `undefined` without one. */
export async function authorizationOf(
  settings: HttpClientSettings,
  files: FileCache,
): Promise<string | undefined> {
  const { basic_auth, authorization, bearer_token, bearer_token_file } = settings
  if (basic_auth !== undefined) {
    const { username = '', password, password_file } = basic_auth
    const secret = password_file ? await trimmed(password_file, files) : password?.reveal()
    return basicAuthorization(username, secret ?? '')
  }
  if (authorization !== undefined) {
    const { type, credentials, credentials_file } = authorization
    const secret = credentials_file ? await trimmed(credentials_file, files) : credentials?.reveal()
    return `${type || 'Bearer'} ${secret ?? ''}`
  }
  if (bearer_token_file) return `Bearer ${await trimmed(bearer_token_file, files)}`
  if (bearer_token?.reveal()) return `Bearer ${bearer_token.reveal()}`
  return undefined
}

export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** The login that a URL carries, in the same form; `undefined` where it carries none. */
export function authorizationOfUrl(url: URL): string | undefined {
  if (url.username === '' && url.password === '') return undefined
  return basicAuthorization(decodeURIComponent(url.username), decodeURIComponent(url.password))
}

async function trimmed(path: string, files: FileCache): Promise<string> {
  return (await files.read(path)).text.trim()
}
