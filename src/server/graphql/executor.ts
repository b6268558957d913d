// Runs GraphQL queries. Loaded with the first one: the library is not needed before.

import { execute, type GraphQLError, Kind, type OperationDefinitionNode } from 'graphql'
import type { EngineView } from '../engine_view.ts'
import { Documents } from './documents.ts'
import { QueryScope, schema } from './schema.ts'

/** Of each field of the query. */
const timeoutMs = 10_000

export interface GraphQlQuery {
  readonly query: string
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
}

export interface GraphQlResult {
  /** False where the query was not run at all. */
  readonly ran: boolean
  readonly errors: readonly GraphQlProblem[]
  readonly data: unknown
}

/** Keys in upstream's order. */
export interface GraphQlProblem {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
  readonly extensions?: { readonly code: string }
}

export class GraphQlExecutor {
  readonly #engine: EngineView
  readonly #version: string
  readonly #documents = new Documents()

  /** @param version with the `v`. */
  constructor(engine: EngineView, version: string) {
    this.#engine = engine
    this.#version = version
  }

  async run({ operationName, query, variables }: GraphQlQuery): Promise<GraphQlResult> {
    if (query.trim() === '') return refused([{ message: 'no operation provided' }])
    const read = this.#documents.of(query)
    if (read.kind === 'refused') return refused(read.errors.map(problemOf), read.code)
    const { document } = read
    const operations = document.definitions.filter((each): each is OperationDefinitionNode => {
      return each.kind === Kind.OPERATION_DEFINITION
    })
    const named = operations.find(({ name }) => name?.value === operationName)
    if (operationName === undefined ? operations.length !== 1 : named === undefined) {
      return refused([{ message: `operation ${operationName ?? ''} not found` }])
    }
    const contextValue = new QueryScope(this.#engine, this.#version, timeoutMs)
    const { data, errors = [] } = await execute({
      schema,
      document,
      contextValue,
      ...(operationName !== undefined && { operationName }),
      ...(variables !== undefined && { variableValues: variables }),
    })
    // Without data it did not begin: what is wrong are the variables.
    if (data === undefined) return refused(errors.map(problemOf))
    return { ran: true, errors: errors.map(problemOf), data }
  }
}

function refused(
  problems: readonly GraphQlProblem[],
  code = 'GRAPHQL_VALIDATION_FAILED',
): GraphQlResult {
  const errors = problems.map((problem) => ({ ...problem, extensions: { code } }))
  return { ran: false, errors, data: null }
}

function problemOf({ locations, message, path }: GraphQLError): GraphQlProblem {
  return {
    // Upstream's parser says the same without the words around it.
    message: message.replace(/^Syntax Error: (.*?)\.?$/s, '$1'),
    ...(path !== undefined && { path }),
    ...(locations !== undefined && {
      locations: locations.map(({ column, line }) => ({ line, column })),
    }),
  }
}
