import { describe, expect, it } from 'vitest'
import type { DebugStatement } from '../../../src/engine/debug_info.ts'
import { type GraphQlOptions, graphql } from '../../../src/server/graphql/graphql.ts'
import { QueryScope } from '../../../src/server/graphql/schema.ts'
import { askRoute } from '../../support/ask_route.ts'
import { componentView, engineView } from '../../support/engine_view.ts'

const attribute = (name: string, value: string | number): readonly DebugStatement[] => {
  return [{ kind: 'attribute', name, value }]
}

const health = (message: string, updatedMs: number) => () => {
  return { state: 'healthy', message, updatedMs } as const
}

const recordedMs = Date.parse('2026-11-24T03:46:43.005Z')

const engine = engineView([
  componentView('outer.three', {
    health: health('started custom component', recordedMs),
    arguments: () => attribute('url', 'http://127.0.0.1:19001/api/v1/write'),
    createdModuleIds: ['outer.three'],
  }),
  componentView('text.adder.two', {
    health: health('started custom component', recordedMs),
    exports: () => attribute('sum', 42),
  }),
  componentView('prometheus.scrape.top', {
    health: health('started component', recordedMs),
    debugInfo: () => attribute('health', 'up'),
  }),
  componentView('nested.n', { moduleId: 'outer.three' }),
])

const route = (options: Partial<GraphQlOptions> = {}) => {
  return graphql({ engine, version: 'v1.18.0', hasPlayground: true, ...options })
}

async function post(query: string, changes: Record<string, unknown> = {}) {
  return postBody(JSON.stringify({ query, ...changes }))
}

async function postBody(text: string, type = 'application/json') {
  const body = Buffer.from(text)
  const answer = await askRoute(route(), 'POST /graphql', {
    headers: { 'content-type': type },
    body,
  })
  return answer!
}

// Recorded from Alloy 1.18, times cut to ms.
const recorded: readonly [query: string, status: number, body: string][] = [
  [
    '{ components { id name health { message lastUpdated } } }',
    200,
    '{"data":{"components":[{"id":"outer.three","name":"outer","health":{"message":"started custom component","lastUpdated":"2026-11-24T03:46:43.005Z"}},{"id":"text.adder.two","name":"text.adder","health":{"message":"started custom component","lastUpdated":"2026-11-24T03:46:43.005Z"}},{"id":"prometheus.scrape.top","name":"prometheus.scrape","health":{"message":"started component","lastUpdated":"2026-11-24T03:46:43.005Z"}}]}}',
  ],
  [
    'query { component(id: "nope") { id } }',
    200,
    '{"errors":[{"message":"component not found","path":["component"],"locations":[{"line":1,"column":9}]}],"data":{"component":null}}',
  ],
  [
    '{ alloy { branch buildDate buildUser isReady revision version } }',
    200,
    '{"data":{"alloy":{"branch":"","buildDate":"","buildUser":"","isReady":true,"revision":"","version":"v1.18.0"}}}',
  ],
  [
    '{ bad }',
    422,
    '{"errors":[{"message":"Cannot query field \\"bad\\" on type \\"Query\\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}],"data":null}',
  ],
  [
    '{ a { ',
    422,
    '{"errors":[{"message":"Expected Name, found \\u003cEOF\\u003e","locations":[{"line":1,"column":7}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}],"data":null}',
  ],
  [
    '{ components { id arguments exports debugInfo } }',
    200,
    '{"data":{"components":[{"id":"outer.three","arguments":"[{\\"name\\":\\"url\\",\\"type\\":\\"attr\\",\\"value\\":{\\"type\\":\\"string\\",\\"value\\":\\"http://127.0.0.1:19001/api/v1/write\\"}}]","exports":null,"debugInfo":null},{"id":"text.adder.two","arguments":"[]","exports":"[{\\"name\\":\\"sum\\",\\"type\\":\\"attr\\",\\"value\\":{\\"type\\":\\"number\\",\\"value\\":42}}]","debugInfo":null},{"id":"prometheus.scrape.top","arguments":"[]","exports":null,"debugInfo":"[{\\"name\\":\\"health\\",\\"type\\":\\"attr\\",\\"value\\":{\\"type\\":\\"string\\",\\"value\\":\\"up\\"}}]"}]}}',
  ],
]

describe('POST /graphql', () => {
  it.each(recorded)('%s', async (query, status, body) => {
    const answer = await post(query)
    expect([answer.status, answer.text]).toEqual([status, body])
    expect(answer.headers).toEqual({ 'content-type': 'application/json' })
  })

  it('takes variables, and the name of the operation that is meant', async () => {
    const query = 'query A($id: ID!) { component(id: $id) { id } } query B { alloy { version } }'
    const variables = { id: 'outer.three/nested.n' }
    expect((await post(query, { operationName: 'A', variables })).text).toBe(
      '{"data":{"component":{"id":"outer.three/nested.n"}}}',
    )
    expect((await post(query, { operationName: 'B' })).text).toContain('v1.18.0')
    expect((await post(query, { operationName: 'C' })).status).toBe(422)
    expect((await post(query)).status).toBe(422)
    expect((await post(query, { operationName: 'A', variables: {} })).status).toBe(422)
  })

  it('refuses what is no query in JSON', async () => {
    const notDecoded =
      '{"errors":[{"message":"json request body could not be decoded"}],"data":null}'
    for (const body of ['', '{', '[]', '{"query":1}', '{"query":"{a}","variables":[]}']) {
      const answer = await postBody(body)
      expect([body, answer.status, answer.text]).toEqual([body, 400, notDecoded])
    }
    expect((await postBody('{ alloy { version } }', 'text/plain')).status).toBe(400)
    expect((await post(' '.repeat(70_000))).status).toBe(413)
  })

  it('refuses queries that are long or deep', async () => {
    const long = await post(`{ ${'components { id } '.repeat(600)} }`)
    expect(long.status).toBe(422)
    expect(long.text).toContain('tokens')
    const inner = 'fields { type { '.repeat(15)
    const deep = await post(`{ __schema { queryType { ${inner} name ${'} } '.repeat(15)} } } }`)
    expect([deep.status, deep.text]).toEqual([422, expect.stringContaining('depth exceeded')])
  })
})

describe('other methods', () => {
  it.each<[string, number, object, string]>([
    [
      'GET /graphql',
      422,
      { 'content-type': 'application/json' },
      '{"errors":[{"message":"no operation provided","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}],"data":null}',
    ],
    [
      'GET /graphql?query=%7B%20alloy%20%7B%20version%20%7D%20%7D',
      200,
      { 'content-type': 'application/json' },
      '{"data":{"alloy":{"version":"v1.18.0"}}}',
    ],
    [
      'GET /graphql?query=query(%24i%3AID!)%7Bcomponent(id%3A%24i)%7Bid%7D%7D&variables=%7B%22i%22%3A%22outer.three%22%7D',
      200,
      { 'content-type': 'application/json' },
      '{"data":{"component":{"id":"outer.three"}}}',
    ],
    [
      'GET /graphql?query=x&variables=%5B%5D',
      400,
      { 'content-type': 'application/json' },
      '{"errors":[{"message":"variables could not be decoded"}],"data":null}',
    ],
    [
      'PUT /graphql',
      400,
      { 'content-type': 'text/plain; charset=utf-8' },
      '{"errors":[{"message":"transport not supported"}],"data":null}',
    ],
    ['OPTIONS /graphql', 200, { allow: 'OPTIONS, GET, POST' }, ''],
    ['HEAD /graphql', 405, {}, ''],
  ])('%s', async (request, status, headers, text) => {
    const answer = await askRoute(route(), request)
    expect(answer).toMatchObject({ status, text })
    expect(answer!.headers).toEqual(headers)
  })
})

it('the schema is that of upstream', async () => {
  const type = '{ kind name ofType { kind name ofType { kind name ofType { kind name } } } }'
  const { text } = await post(`{ __schema { types { name kind fields { name type ${type} } } } }`)
  const { types } = JSON.parse(text).data.__schema as {
    types: { name: string; kind: string; fields: { name: string; type: TypeRef }[] | null }[]
  }
  const own = types.filter(({ name }) => !name.startsWith('__'))
  const described = own.map(({ fields, kind, name }) => {
    const shown = (fields ?? []).map((field) => `${field.name}: ${printed(field.type)}`)
    return `${kind} ${name} { ${shown.join(' ')} }`
  })
  expect(described.sort()).toEqual([
    'OBJECT Alloy { branch: String! buildDate: String! buildUser: String! isReady: Boolean! revision: String! version: String! }',
    'OBJECT Component { health: Health! id: ID! name: String! arguments: String! exports: String debugInfo: String }',
    'OBJECT Health { message: String! lastUpdated: Time! }',
    'OBJECT Query { alloy: Alloy! components: [Component!]! component: Component }',
    'SCALAR Boolean {  }',
    'SCALAR Float {  }',
    'SCALAR ID {  }',
    'SCALAR Int {  }',
    'SCALAR String {  }',
    'SCALAR Time {  }',
  ])
})

interface TypeRef {
  readonly kind: string
  readonly name: string | null
  readonly ofType?: TypeRef
}

function printed({ kind, name, ofType }: TypeRef): string {
  if (kind === 'NON_NULL') return `${printed(ofType!)}!`
  return kind === 'LIST' ? `[${printed(ofType!)}]` : (name ?? '')
}

describe('a query', { timeout: 20_000 }, () => {
  it('ends when its time is over', async () => {
    const scope = new QueryScope(engine, 'v1', 0)
    await expect(scope.turn()).rejects.toThrow('context deadline exceeded')
  })

  it('does not hold the event loop, however much is shown', async () => {
    const body: readonly DebugStatement[] = Array.from({ length: 2000 }, (_, i) => {
      return { kind: 'attribute', name: `a${i}`, value: 'x'.repeat(100) }
    })
    const many = Array.from({ length: 50 }, (_, i) => {
      return componentView(`a.b${i}`, { arguments: () => body })
    })
    const asked = route({ engine: engineView(many) })
    const query = 'GET /graphql?query=%7Bcomponents%7Barguments%7D%7D'
    await askRoute(asked, query)
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const answer = await askRoute(asked, query)
    clearInterval(timer)
    expect(answer!.body.length).toBeGreaterThan(10e6)
    expect(turns).toBeGreaterThan(20)
  })
})

describe('the playground', () => {
  it('is a page that loads nothing from elsewhere', async () => {
    const answer = await askRoute(route(), 'GET /graphql/playground')
    expect(answer!.headers['content-type']).toBe('text/html; charset=UTF-8')
    expect(answer!.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer!.text).not.toMatch(/https?:|src=|<link/)
  })

  it('is not there without its flag, nor anything else below other paths', async () => {
    const without = route({ hasPlayground: false })
    expect(await askRoute(without, 'GET /graphql/playground')).toBeUndefined()
    expect(await askRoute(route(), 'GET /graphql/x')).toBeUndefined()
    expect(await askRoute(route(), 'GET /graphql', { prefix: '/alloy/' })).toBeUndefined()
    const below = await askRoute(route(), 'GET /alloy/graphql', { prefix: '/alloy/' })
    expect(below!.status).toBe(422)
  })
})
