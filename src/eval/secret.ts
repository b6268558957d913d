// Secrets: strings that stay out of logs, errors, the API and printed configuration.

const custom = Symbol.for('nodejs.util.inspect.custom')

export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The plain text. Call it where the bytes leave the process, and nowhere else. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '(secret)'
  }

  toJSON(): string {
    return '(secret)'
  }

  [custom](): string {
    return '(secret)'
  }
}

/** A string that is secret only where it came from one, such as a file's content. */
export class OptionalSecret {
  readonly isSecret: boolean
  readonly #text: string

  constructor(text: string, isSecret: boolean) {
    this.#text = text
    this.isSecret = isSecret
  }

  /** The plain text, secret or not. As with `Secret.reveal`. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return this.isSecret ? '(secret)' : this.#text
  }

  toJSON(): string {
    return this.toString()
  }

  [custom](): string {
    return this.toString()
  }
}
