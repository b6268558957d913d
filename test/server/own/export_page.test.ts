import { describe, expect, it } from 'vitest'
import type { ExportPage } from '../../../src/client/api.ts'
import { Secret } from '../../../src/eval/secret.ts'
import { Struct, type Value } from '../../../src/eval/value.ts'
import { target } from '../../../src/model/targets.ts'
import { askOwn } from '../../support/ask_own.ts'
import { componentView, engineView } from '../../support/engine_view.ts'

const targetOf = (labels: Record<string, string>) => target.encode(new Map(Object.entries(labels)))

const values: Record<string, Value> = {
  targets: [
    targetOf({ __address__: 'a:1', zone: 'eu' }),
    targetOf({ __address__: 'b:1', token: 'hunter2-hunter2' }),
    targetOf({ __address__: 'c:1', url: 'http://me:pw@c/' }),
  ],
  values: new Struct([
    ['z', new Struct([['deep', ['x', true, 4711n, null]]])],
    ['secret', new Secret('hunter3')],
  ]),
  content: 'text',
}

const engine = engineView([
  componentView('discovery.file.a', {
    moduleId: 'mod.m',
    exports: () =>
      Object.entries(values).map(([name, value]) => ({ kind: 'attribute', name, value })),
  }),
  componentView('prometheus.scrape.a'),
])

async function page(query: string): Promise<ExportPage> {
  const answer = await askOwn(engine, `components/mod.m/discovery.file.a/exports?${query}`)
  expect(answer?.status).toBe(200)
  return answer?.body as ExportPage
}

const labels = (...pairs: [string, string][]) => ({
  type: 'object',
  value: pairs.map(([key, value]) => ({ key, value: { type: 'string', value } })),
})
const a = labels(['__address__', 'a:1'], ['zone', 'eu'])
const b = labels(['__address__', 'b:1'], ['token', '(secret)'])
const c = labels(['__address__', 'c:1'], ['url', 'http://c/'])

describe('exports of a component', () => {
  it.each<[what: string, query: string, total: number, items: unknown[]]>([
    ['elements of a list', 'path=targets', 3, [a, b, c]],
    ['a part of them', 'path=targets&offset=1&limit=1', 3, [b]],
    ['those with a text', 'path=targets&q=EU', 1, [a]],
    ['those with a key', 'path=targets&q=zon', 1, [a]],
    ['a secret is not found', 'path=targets&q=hunter2', 0, []],
    ['nor a login', 'path=targets&q=me:pw', 0, []],
    ['nor what is opaque', 'path=values&q=hunter3', 0, []],
    [
      'entries of an object',
      'path=values&offset=1',
      2,
      [{ key: 'secret', value: { type: 'capsule', value: '(secret)' } }],
    ],
    [
      'what is below a key',
      'path=values.z.deep',
      4,
      [
        { type: 'string', value: 'x' },
        { type: 'bool', value: true },
        { type: 'number', value: 4711 },
        { type: 'null', value: null },
      ],
    ],
    ['numbers by their text', 'path=values.z.deep&q=471', 1, [{ type: 'number', value: 4711 }]],
    ['what is at any depth', 'path=values&q=TRUE&limit=0', 1, []],
    ['a value of its own', 'path=content', 1, [{ type: 'string', value: 'text' }]],
  ])('%s', async (_, query, total, items) => {
    expect(await page(query)).toEqual({ total, items })
  })

  it.each<[target: string, status: number, error: string]>([
    [
      'mod.m/discovery.file.b/exports?path=targets',
      404,
      'there is no component "mod.m/discovery.file.b"',
    ],
    [
      'mod.m/discovery.file.a/exports',
      400,
      'parameter "path" must begin with an export: one of targets, values, content',
    ],
    [
      'prometheus.scrape.a/exports?path=x',
      400,
      'parameter "path" must begin with an export: it exports nothing',
    ],
    ['mod.m/discovery.file.a/exports?path=values.q', 400, 'there is no "q" at "values.q"'],
    ['mod.m/discovery.file.a/exports?path=content.q', 400, 'there is no "q" at "content.q"'],
    [
      'mod.m/discovery.file.a/exports?page=1',
      400,
      'unknown parameter "page" (allowed: path, q, limit, offset)',
    ],
  ])('refuse %s', async (asked, status, error) => {
    expect(await askOwn(engine, `components/${asked}`)).toMatchObject({ status, body: { error } })
  })
})
