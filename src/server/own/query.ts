// Parameters of a request, none of them ignored: what is unknown, repeated or out of range is
// refused, with what is allowed.

/** The request is at fault; answered with 400. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest'
}

export class Query {
  readonly #values: URLSearchParams

  /** `query` has its `?`, or is empty. Throws `BadRequest` unless all names are allowed. */
  constructor(query: string, allowed: readonly string[]) {
    this.#values = new URLSearchParams(query)
    for (const name of new Set(this.#values.keys())) {
      if (!allowed.includes(name)) {
        const known = allowed.length === 0 ? 'there are none' : `allowed: ${allowed.join(', ')}`
        throw new BadRequest(`unknown parameter ${JSON.stringify(name)} (${known})`)
      }
      if (this.#values.getAll(name).length > 1) {
        throw new BadRequest(`parameter ${JSON.stringify(name)} is given more than once`)
      }
    }
  }

  /** Empty where it is not given. */
  text(name: string): string {
    return this.#values.get(name) ?? ''
  }

  /** Throws `BadRequest` unless it is a whole number within the bounds. */
  integer(name: string, { min, max, otherwise }: IntegerBounds): number {
    const text = this.#values.get(name)
    if (text === null) return otherwise
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new BadRequest(`parameter ${JSON.stringify(name)} must be from ${min} to ${max}`)
    }
    return value
  }

  /** Undefined where it is not given. Throws `BadRequest` unless it is one of the values. */
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.#values.get(name)
    if (text === null) return undefined
    const value = values.find((each) => each === text)
    if (value === undefined) {
      throw new BadRequest(`parameter ${JSON.stringify(name)} must be one of ${values.join(', ')}`)
    }
    return value
  }
}

interface IntegerBounds {
  readonly min: number
  readonly max: number
  readonly otherwise: number
}

/** Which part of a list is wanted. */
export interface Page {
  readonly limit: number
  readonly offset: number
}

export const pageNames = ['limit', 'offset'] as const

/** The first hundred unless the request says otherwise, and a thousand at most. */
export function pageOf(query: Query): Page {
  return {
    limit: query.integer('limit', { min: 0, max: 1000, otherwise: 100 }),
    offset: query.integer('offset', { min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: 0 }),
  }
}
