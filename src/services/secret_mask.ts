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

  /** Remembers every secret in decoded arguments or exports, at any depth. */
  remember(value: unknown): void {
    this.#walk(value, 0)
  }

  /** `text` with `(secret)` in place of what is known; bound to use as a function. */
  readonly apply = (text: string): string => {
    let masked = text
    for (const secret of this.#known) {
      if (masked.includes(secret)) masked = masked.replaceAll(secret, '(secret)')
    }
    return masked
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

  #add(secret: string): void {
    for (const form of [secret, secret.trim(), encodeURIComponent(secret.toWellFormed())]) {
      if (form.length < lengthMin || this.#known.has(form)) continue
      this.#known.add(form)
    }
    for (const oldest of this.#known) {
      if (this.#known.size <= countMax) break
      this.#known.delete(oldest)
    }
  }
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
