// Sends a GraphQL query to a running instance and prints its answer.
// Source of the behaviour: recordings of Alloy 1.18.

import { describe } from '../engine/describe.ts'
import { bytesOf, textOf } from '../go/text.ts'
import type { HttpClient } from '../net/http_client.ts'
import { CommandLineError } from './failure.ts'
import { bodyOfOk } from './http_answer.ts'

const timeoutMs = 30_000
const bodySizeMax = 5 * 1024 * 1024

export interface GqlOptions {
  readonly endpoint: string
  readonly query: string
  readonly client: HttpClient
  stdout(text: string): void
}

/** Rejects with a CommandLineError where there is no answer, or one with errors, once printed. */
export async function gql({ client, endpoint, query, stdout }: GqlOptions): Promise<void> {
  const answer = await ask(client, endpoint, wholeQuery(query))
  stdout(`${printed(answer)}\n`)
  const { errors } = answer as { readonly errors?: unknown }
  if (Array.isArray(errors) && errors.length > 0) {
    throw new CommandLineError('GraphQL response contains errors')
  }
}

/** With `query { … }` around it, where only its fields are given. */
export function wholeQuery(query: string): string {
  const parameters = query.indexOf('(')
  const body = query.indexOf('{')
  if (parameters >= 0 && (body < 0 || parameters < body)) {
    throw new CommandLineError('format GraphQL query: query parameters are not supported')
  }
  return /^\s*(?:\{|query\b)/.test(query) ? query : `query { ${query} }`
}

async function ask(client: HttpClient, endpoint: string, query: string): Promise<object> {
  const headers = { 'content-type': 'application/json' }
  const body = bytesOf(JSON.stringify({ query }))
  const request = { method: 'POST', url: endpoint, headers, body, timeoutMs, bodySizeMax }
  try {
    return parsed(textOf(await bodyOfOk(client, request)))
  } catch (error) {
    const reason = `failed to execute request: ${describe(error)}`
    throw new CommandLineError(`execute GraphQL query: ${reason}`, { cause: error })
  }
}

/** A 200 proves nothing: below `/` unknown paths are answered with the page of the UI. */
function parsed(text: string): object {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    throw new Error('the answer is no JSON; is GraphQL enabled there?')
  }
  if (typeof answer === 'object' && answer !== null) return answer
  throw new Error('the answer is no JSON object')
}

/** Keys sorted and HTML escaped, as Go prints maps. */
function printed(value: unknown): string {
  return JSON.stringify(sorted(value), undefined, 2).replace(/[<>&\u2028\u2029]/g, (found) => {
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]))
}
