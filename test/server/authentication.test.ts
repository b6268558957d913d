import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { declaration } from '../../src/components/config/http.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { HttpServer } from '../../src/server/server.ts'
import { decodeText } from '../support/decode_text.ts'
import { componentView, engineView } from '../support/engine_view.ts'

const basic = `basic {
  username = "u"
  password = "p"
}`

const matching = `filter {
  paths                       = ["/metrics", "/api"]
  authenticate_matching_paths = true
}`

const others = `filter {
  paths                       = ["/metrics", "/-/ready"]
  authenticate_matching_paths = false
}`

const configurations: Readonly<Record<string, string>> = {
  none: '',
  basic_no_filter: `auth {\n${basic}\n}`,
  basic_empty_filter: `auth {\n${basic}\nfilter { }\n}`,
  filter_matching: `auth {\n${basic}\n${matching}\n}`,
  filter_not_matching: `auth {\n${basic}\n${others}\n}`,
  filter_without_basic: `auth {\n${matching}\n}`,
}

/** What a running Alloy 1.18 answered, by configuration. */
function recorded(): Map<string, { request: string; status: number }[]> {
  const file = new URL('testdata/contract/auth.tsv', import.meta.url)
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const table = new Map<string, { request: string; status: number }[]>()
  for (const line of lines) {
    const [name = '', request = '', status] = line.split('\t')
    const rows = table.get(name) ?? []
    table.set(name, [...rows, { request, status: Number(status) }])
  }
  return table
}

it.each([...recorded()])('%s lets in whom Alloy lets in', async (name, rows) => {
  const server = new HttpServer({
    listenAddr: '127.0.0.1:0',
    memoryAddr: 'alloy.internal:12345',
    uiPathPrefix: '/',
    logger: silentLogger,
  })
  const address = await server.listen()
  onTestFinished(() => server.close())
  await server.configure(decodeText(declaration.arguments, configurations[name] ?? 'unknown'))
  const page = async () => ({ status: 200, headers: {}, body: Buffer.from('a 1') })
  server.open(engineView([componentView('prometheus.exporter.self.s', { http: page })]))
  const answers = rows.map(async ({ request }) => {
    const [, method = '', path, headers] = /^(\S+) (\S+) ?(.*)$/.exec(request) ?? []
    const init = { method, headers: JSON.parse(headers || '{}') }
    const response = await fetch(`http://${address}${path}`, init)
    const isRefused = response.status === 401
    const question = isRefused ? 'Basic realm="Restricted"' : null
    expect(response.headers.get('www-authenticate')).toBe(question)
    expect((await response.text()) === '').toBe(isRefused)
    return { request, status: response.status }
  })
  expect(await Promise.all(answers)).toEqual(rows)
})
