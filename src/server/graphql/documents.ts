// Queries, parsed and checked once each.

import { type DocumentNode, GraphQLError, parse, validate } from 'graphql'
import { schema } from './schema.ts'

/** The oldest is forgotten beyond this. */
const countMax = 100

/**
 * The introspection of usual clients takes about 300. Its depth has a bound in the library, and
 * nothing else can be nested.
 */
const tokensMax = 2000

export type Document =
  | { readonly kind: 'valid'; readonly document: DocumentNode }
  | {
      readonly kind: 'refused'
      readonly code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED'
      readonly errors: readonly GraphQLError[]
    }

export class Documents {
  readonly #valid = new Map<string, DocumentNode>()

  of(text: string): Document {
    const known = this.#valid.get(text)
    if (known !== undefined) {
      this.#valid.delete(text)
      this.#remember(text, known)
      return { kind: 'valid', document: known }
    }
    const made = readDocument(text)
    if (made.kind === 'valid') this.#remember(text, made.document)
    return made
  }

  #remember(text: string, document: DocumentNode): void {
    this.#valid.set(text, document)
    for (const oldest of this.#valid.keys()) {
      if (this.#valid.size <= countMax) break
      this.#valid.delete(oldest)
    }
  }
}

function readDocument(text: string): Document {
  let document: DocumentNode
  try {
    document = parse(text, { maxTokens: tokensMax })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return { kind: 'refused', code: 'GRAPHQL_PARSE_FAILED', errors: [error] }
  }
  const code = 'GRAPHQL_VALIDATION_FAILED'
  const errors = validate(schema, document)
  if (errors.length > 0) return { kind: 'refused', code, errors }
  return { kind: 'valid', document }
}
