// Who may ask: the auth block of the http block.
// Source of the behaviour: alloy/internal/service/http.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../eval/secret.ts'

export interface AuthSettings {
  readonly basic?: { readonly username: string; readonly password: Secret } | undefined
  /** Without the block everything is protected; with an empty one nothing is, as in upstream. */
  readonly filter?:
    | { readonly paths: readonly string[]; readonly authenticate_matching_paths: boolean }
    | undefined
}

/** Whether a request for `path` with this Authorization header is let in. */
export type Authenticator = (path: string, authorization: string | undefined) => boolean

export const everybody: Authenticator = () => true

export function authenticator(settings: AuthSettings | undefined): Authenticator {
  const basic = settings?.basic
  if (basic === undefined) return everybody
  const { paths = [], authenticate_matching_paths = false } = settings?.filter ?? {}
  const expected = digest(`${basic.username}:${basic.password.reveal()}`)
  return (path, authorization) => {
    const matches = paths.some((prefix) => path.startsWith(prefix))
    if (matches !== authenticate_matching_paths) return true
    const [, login = ''] = /^basic +(\S+)$/i.exec(authorization ?? '') ?? []
    // Digests are of equal length, so the time taken tells nothing.
    return timingSafeEqual(digest(Buffer.from(login, 'base64')), expected)
  }
}

/** Whether a login is asked for and yet everything is open, which is hardly ever meant. */
export function protectsNothing(settings: AuthSettings | undefined): boolean {
  const { basic, filter } = settings ?? {}
  if (basic === undefined || filter === undefined) return false
  return filter.authenticate_matching_paths && filter.paths.length === 0
}

function digest(text: string | Uint8Array): Uint8Array {
  return createHash('sha256').update(text).digest()
}
