// What a request needs of its URL, worked out once for all requests to it: Node's URL takes some
// 20 µs a time for the same.

import { withoutUserInfo } from '../engine/describe.ts'

export interface Address {
  readonly url: URL
  readonly origin: string
  /** With the query. */
  readonly path: string
  readonly host: string
  /** The whole of it without user info, for messages. */
  readonly shown: string
}

/** URLs that are remembered; beyond it all are forgotten and learned again. */
const sizeMax = 20_000

export class Addresses {
  readonly #known = new Map<string, Address>()

  /** Throws a TypeError where the text is no URL. */
  of(url: URL | string): Address {
    if (typeof url !== 'string') return addressOf(url)
    let address = this.#known.get(url)
    if (address === undefined) {
      address = addressOf(new URL(url))
      if (this.#known.size === sizeMax) this.#known.clear()
      this.#known.set(url, address)
    }
    return address
  }
}

function addressOf(url: URL): Address {
  return {
    url,
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    host: url.host,
    shown: withoutUserInfo(url.href),
  }
}
