// Strings of the original that may hold credentials all the same: components get them as they are,
// the API shows them without.

import { Secret } from '../eval/secret.ts'
import type { ObjectValue, Value } from '../eval/value.ts'
import { parseUrl, redactUrl } from '../go/url.ts'
import { map } from './composites.ts'
import { isCredentialKey } from './credential_names.ts'
import { string } from './scalars.ts'
import type { StringMap, Type } from './type.ts'

/** A URL that is only looked at when it is used. Its password shows as `xxxxx`. */
export const urlString: Type<string, string> = {
  ...string,
  show: (normal) => withoutPassword(normal as string), // what string holds
}

/** A password or token, which shows as a secret. */
export const credential: Type<string, string> = {
  ...string,
  show: (normal) => (normal === '' ? normal : new Secret('')),
}

/** Headers by name. The values of `Authorization` and its like show as secrets. */
export const headers: Type<ReadonlyMap<string, string>, StringMap<string>> = {
  ...map(string),
  show: (normal) => {
    const shown = [...(normal as ObjectValue)].map(([name, value]): [string, Value] => {
      return [name, isCredentialKey(name) ? new Secret('') : value]
    })
    return new Map(shown)
  },
}

/** Headers to which a running program adds its own, as they are shown with those written. */
export const identifiedHeaders: typeof headers = {
  ...headers,
  show: (normal, installation) => {
    const shown = headers.show?.(normal) as ObjectValue // as above
    if (installation === undefined) return shown
    const { uid } = installation
    return new Map([...shown, ['X-Agent-Id', uid], ['X-Alloy-Id', uid]])
  },
}

function withoutPassword(written: string): string {
  try {
    const url = parseUrl(written)
    return url.user?.password === undefined ? written : redactUrl(url)
  } catch {
    // It is refused where it is used, but it may be a password that makes it invalid.
    return written.replace(/\/\/.*@/s, '//xxxxx@')
  }
}
