import { describe, expect, it, onTestFinished } from 'vitest'
import { gql, wholeQuery } from '../../src/cli/gql.ts'
import { HttpClient } from '../../src/net/http_client.ts'
import { graphql } from '../../src/server/graphql/graphql.ts'
import { askRoute } from '../support/ask_route.ts'
import { componentView, engineView } from '../support/engine_view.ts'
import { serve } from '../support/http_server.ts'

const engine = engineView([componentView('m.x'), componentView('prometheus.exporter.self.s')])
const route = graphql({ engine, version: 'v1.18.0', hasPlayground: false })

/** The endpoint of a server, without GraphQL where `hasIt` is false. */
async function endpointOf(hasIt = true): Promise<string> {
  const { origin } = await serve(({ body, headers, method, url }, response) => {
    const type = String(headers['content-type'] ?? '')
    const asked = askRoute(route, `${method} ${url}`, {
      headers: { 'content-type': type },
      body: Buffer.from(body),
    })
    void asked.then((answer) => {
      const { status, text } =
        hasIt && answer ? answer : { status: 404, text: '404 page not found\n' }
      response.writeHead(status).end(text)
    })
  })
  return `${origin}/graphql`
}

async function run(query: string, endpoint: string) {
  const client = new HttpClient({}, { userAgent: 'test' })
  onTestFinished(() => client.close())
  let stdout = ''
  const print = (text: string) => {
    stdout += text
  }
  const options = { client, endpoint, query, stdout: print }
  const error: unknown = await gql(options).catch((reason: unknown) => reason)
  return { stdout, error: error instanceof Error ? error.message : undefined }
}

// Recorded from Alloy 1.18.
describe('gql', () => {
  it('prints the answer with sorted keys', async () => {
    const { error, stdout } = await run('alloy { version isReady }', await endpointOf())
    expect(error).toBeUndefined()
    expect(stdout).toBe(`{
  "data": {
    "alloy": {
      "isReady": true,
      "version": "v1.18.0"
    }
  }
}
`)
    expect(stdout.length).toBe(91)
  })

  it('prints an answer with errors, and fails', async () => {
    const query = 'query { component(id: "nope") { id } }'
    const { error, stdout } = await run(query, await endpointOf())
    expect(error).toBe('GraphQL response contains errors')
    expect(stdout).toBe(`{
  "data": {
    "component": null
  },
  "errors": [
    {
      "locations": [
        {
          "column": 9,
          "line": 1
        }
      ],
      "message": "component not found",
      "path": [
        "component"
      ]
    }
  ]
}
`)
    expect(stdout.length).toBe(250)
  })

  it('takes lists of fields', async () => {
    const { stdout } = await run('components { id name }', await endpointOf())
    expect(JSON.parse(stdout)).toEqual({
      data: {
        components: [
          { id: 'm.x', name: 'm' },
          { id: 'prometheus.exporter.self.s', name: 'prometheus.exporter.self' },
        ],
      },
    })
  })

  it.each<[query: string, error: string]>([
    ['component(id: "x") { id }', 'format GraphQL query: query parameters are not supported'],
    [
      '{ nope }',
      'execute GraphQL query: failed to execute request: 422 Unprocessable Entity: {"errors":[{"message":"Cannot query field \\"nope\\" on type \\"Query\\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}],"data":null}',
    ],
  ])('%s fails', async (query, error) => {
    expect(await run(query, await endpointOf())).toEqual({ stdout: '', error })
  })

  it('says what is wrong with the server', async () => {
    const fails = 'execute GraphQL query: failed to execute request: '
    const missing = await run('alloy { version }', await endpointOf(false))
    expect(missing.error).toBe(`${fails}404 Not Found: 404 page not found`)
    const refused = await run('alloy { version }', 'http://127.0.0.1:1/graphql')
    expect(refused.error).toBe(
      `${fails}Post "http://127.0.0.1:1/graphql": dial tcp 127.0.0.1:1: connect: connection refused`,
    )
    const page = await serve((_, response) => response.end('<html>'))
    const { error } = await run('alloy { version }', page.origin)
    expect(error).toBe(`${fails}the answer is no JSON; is GraphQL enabled there?`)
  })
})

it.each([
  ['alloy { version }', 'query { alloy { version } }'],
  ['{ alloy { version } }', '{ alloy { version } }'],
  [' query Q { alloy { version } }', ' query Q { alloy { version } }'],
  ['queryable { id }', 'query { queryable { id } }'],
  ['component', 'query { component }'],
])('%s is sent as %s', (query, whole) => {
  expect(wholeQuery(query)).toBe(whole)
})
