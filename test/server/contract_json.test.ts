import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { serve } from '../support/http_server.ts'
import { startProgram } from '../support/running_program.ts'

interface RecordedAnswer {
  readonly status: number
  readonly body: string
}

const testdata = new URL('testdata/contract/', import.meta.url)
const experimental = { features: { stability: 'experimental', community: false } } as const

/** What a running Alloy 1.18 answered with this configuration. */
function recorded(name: string): [string, RecordedAnswer][] {
  const file = new URL(`../client/fixtures/${name}.json`, import.meta.url)
  const { answers }: { answers: Record<string, RecordedAnswer> } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return Object.entries(answers).filter(([path]) => path.startsWith('/api/v0/web/'))
}

/** Fields that tell times and hosts, and lists without an order in Alloy. */
function normalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalized)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, inner]): [string, unknown] => {
    if (name === 'updatedTime') return [name, typeof inner]
    // Every component shows what flows through it here.
    if (name === 'liveDebuggingEnabled') return [name, typeof inner]
    // Where others change what it refers to, it is evaluated again at some time.
    if (name === 'message' && inner === 'component evaluated') return [name, 'started component']
    const isUnordered = /^(referencesTo|referencedBy|createdModuleIDs)$/.test(name)
    return [name, isUnordered ? [...(inner as string[])].sort() : normalized(inner)]
  })
  const object = Object.fromEntries(fields)
  if (/^last_scrape/.test(String(object.name))) return { ...object, value: 'time' }
  if (/^X-A\w+-Id$/.test(String(object.key))) return { ...object, value: 'uid' }
  return object
}

/** Lists of components have no order in Alloy. Keys keep theirs. */
function comparable(body: string): string[] {
  const parsed: unknown = JSON.parse(body)
  const list = Array.isArray(parsed) ? parsed : [parsed]
  return list.map((each) => JSON.stringify(normalized(each))).sort()
}

/** The configuration that was recorded, with targets that live for this test. */
async function start(name: string) {
  const { port } = await serve((request, response) => {
    if (request.method === 'POST') response.writeHead(204)
    else response.write('up_to_date 1\n')
    response.end()
  })
  const here = `127.0.0.1:${port}`
  const lib = new URL('lib.alloy', testdata)
  const local = (text: string) => text.replace(/127\.0\.0\.1:19\d\d\d/g, here)
  const config = readFileSync(new URL(`${name}.alloy`, testdata), 'utf8')
  const text = config.replace('CONTENT_OF_LIB', readFileSync(lib, 'utf8'))
  const { url } = await startProgram(local(text), experimental)
  const ask = async (path: string) => {
    const response = await fetch(url + path)
    return { status: response.status, body: await response.text() }
  }
  const known = (body: string) => {
    const peer = `"addr":"${new URL(url).host}"`
    return local(body)
      .replaceAll('demo-host', hostname())
      .replace(/"addr":"[^"]*"/, peer)
      .replace(walBlock, '')
      .replaceAll('capsule(\\"prometheus.Interceptor\\")', 'INNER')
  }
  return { ask, known }
}

/** A module's receiver shows as what it is, not as `capsule("prometheus.Interceptor")`. */
const inner = /"value":"[^"]*\/prometheus\.remote_write\.\w+\.receiver"/g

/** There is no log on disk yet. */
const walBlock = /,\{"name":"wal","type":"block","body":\[[^\]]*\]\}/

describe('the web API answers as recorded, keys in the same order', () => {
  const names = process.platform === 'linux' ? ['modules', 'metrics'] : ['modules']
  it.each(names)('%s', { timeout: 30_000 }, async (name) => {
    const { ask, known } = await start(name)
    for (const [path, { status, body }] of recorded(name)) {
      const wanted = known(body)
      const isHandedOn = wanted.includes('INNER')
      const own = (text: string) => (isHandedOn ? text.replace(inner, '"value":"INNER"') : text)
      if (status !== 200) {
        expect([path, await ask(path)]).toEqual([path, { status, body }])
        continue
      }
      await expect
        .poll(async () => [path, ...comparable(own((await ask(path)).body))], { timeout: 10_000 })
        .toEqual([path, ...comparable(wanted)])
    }
  })
})

describe('exports', () => {
  /** From a recorded table of all components. */
  const table: [string, string, string][] = [
    ['local.file.f', 'content', '"x"'],
    ['prometheus.echo.e', 'receiver', 'capsule("storage.Appendable")'],
    ['prometheus.relabel.r', 'receiver', 'prometheus.relabel.r.receiver'],
    ['prometheus.relabel.r', 'rules', 'capsule("relabel.Rules")'],
    ['prometheus.remote_write.w', 'receiver', 'prometheus.remote_write.w.receiver'],
  ]
  it('show as in Alloy', async () => {
    const file = new URL('testdata/contract/x.txt', import.meta.url).pathname
    const { url } = await startProgram(
      `
      local.file "f" { filename = ${JSON.stringify(file)} }
      prometheus.echo "e" { }
      prometheus.relabel "r" { forward_to = [] }
      prometheus.remote_write "w" { }
      `,
      experimental,
    )
    for (const [id, name, value] of table) {
      const response = await fetch(`${url}/api/v0/web/components/${id}`)
      const { exports } = (await response.json()) as { exports: unknown[] }
      const wanted = { name, type: 'attr', value: { type: 'capsule', value } }
      expect(exports).toContainEqual(wanted)
    }
  })
})
