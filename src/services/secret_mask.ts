// The last net under secrets: what is known to be one is blotted out of texts that leave the
// process. The method is `Secret`; this catches what a server or library repeats to us.

import { OptionalSecret, Secret } from '../eval/secret.ts'

/** Shorter values are words that occur anywhere. */
const lengthMin = 8

/** The oldest are forgotten beyond this. */
const countMax = 10_000

/** Longer texts are no URLs. */
const urlLengthMax = 8192

/** Arguments are not nested deeper. */
const depthMax = 32

export class SecretMask {
  /** In the order in which they became known. */
  readonly #known = new Set<string>()
  /** Of those, by how many begin so. */
  readonly #beginnings = new Map<string, number>()
  /** 1 for the first two characters of those that are or were known. */
  readonly #pairs = new Uint8Array(pairsSize)

  /** Remembers every secret in decoded arguments or exports, at any depth. */
  remember(value: unknown): void {
    this.#walk(value, 0)
  }

  /** `text` with `(secret)` in place of what is known; bound to use as a function. */
  readonly apply = (text: string): string => {
    if (!this.#mayHold(text)) return text
    let masked = text
    const found = [...this.#known].filter((secret) => text.includes(secret))
    // The longest first: what is left of one that contains another would be shown.
    found.sort((a, b) => b.length - a.length)
    for (const secret of found) masked = masked.replaceAll(secret, '(secret)')
    return masked
  }

  /**
   * Whether a known secret may begin somewhere in the text.
   *
   * Hot: for every label of thousands of targets, so its cost per character is the same for 20 and
   * for 5,000 secrets: 10 ns. Looking for each in turn takes as long for 20, and grows.
   */
  #mayHold(text: string): boolean {
    const last = text.length - lengthMin
    for (let at = 0; at <= last; at++) {
      if (this.#pairs[pairAt(text, at)] === 0) continue
      if (this.#beginnings.has(text.slice(at, at + lengthMin))) return true
    }
    return false
  }

  #walk(value: unknown, depth: number): void {
    if (typeof value === 'string') this.#addUserInfo(value)
    if (typeof value !== 'object' || value === null || depth > depthMax) return
    if (value instanceof Secret) this.#add(value.reveal())
    else if (value instanceof OptionalSecret) {
      if (value.isSecret) this.#add(value.reveal())
    } else if (Array.isArray(value)) {
      for (const element of value) this.#walk(element, depth + 1)
    } else if (value instanceof Map) {
      this.#addAddress(value)
      for (const element of value.values()) this.#walk(element, depth + 1)
    } else if (isPlain(value)) {
      this.#addLogin(value)
      for (const element of Object.values(value)) this.#walk(element, depth + 1)
    }
  }

  /** What HTTP makes of a user and a password is one too. */
  #addLogin({ username, password }: { username?: unknown; password?: unknown }): void {
    if (typeof username !== 'string' || !(password instanceof Secret)) return
    this.#add(Buffer.from(`${username}:${password.reveal()}`).toString('base64'))
  }

  /** Of a URL such as `http://user:password@host`. */
  #addUserInfo(text: string): void {
    if (text.length > urlLengthMax) return
    const [, user = '', password] =
      /^[a-z][a-z0-9+.-]*:\/\/([^/?#:@]*):([^/?#]*)@/i.exec(text) ?? []
    if (password === undefined) return
    const login = { username: decoded(user), password: new Secret(decoded(password)) }
    this.#add(login.password.reveal())
    this.#addLogin(login)
  }

  /** Of a target, whose address may begin with a login as URLs do. */
  #addAddress(value: ReadonlyMap<unknown, unknown>): void {
    const address = value.get('__address__')
    if (typeof address === 'string' && address.includes('@')) this.#addUserInfo(`http://${address}`)
  }

  #count(secret: string, change: 1 | -1): void {
    const beginning = secret.slice(0, lengthMin)
    const count = (this.#beginnings.get(beginning) ?? 0) + change
    if (count === 0) this.#beginnings.delete(beginning)
    else this.#beginnings.set(beginning, count)
    this.#pairs[pairAt(beginning, 0)] = 1
  }

  #add(secret: string): void {
    for (const form of [secret, secret.trim(), encodeURIComponent(secret.toWellFormed())]) {
      if (form.length < lengthMin) continue
      // Those in use are the last to be forgotten.
      if (this.#known.delete(form)) {
        this.#known.add(form)
        continue
      }
      this.#known.add(form)
      this.#count(form, 1)
    }
    for (const oldest of this.#known) {
      if (this.#known.size <= countMax) break
      this.#known.delete(oldest)
      this.#count(oldest, -1)
    }
  }
}

const pairsSize = 1 << 16

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) * 251 + text.charCodeAt(at + 1)) & (pairsSize - 1)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not encoded, though it has a percent sign.
    return text
  }
}

/** Capsules and other instances are not looked into: they may lead anywhere. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
