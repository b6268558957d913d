import { readFileSync } from 'node:fs'
import http from 'node:http'
import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startProgram } from '../support/running_program.ts'

/** What was recorded ran this, in another order. */
const config = `
prometheus.exporter.self "s" { }
prometheus.scrape "s" {
  targets    = prometheus.exporter.self.s.targets
  forward_to = [prometheus.echo.e.receiver]
}
prometheus.echo "e" { }
`

const uiDir = fileURLToPath(new URL('testdata/contract/ui', import.meta.url))

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Recorded extends Answer {
  readonly request: string
  /** `exact`, the beginning, or not looked at; the page of the UI for `ui`. */
  readonly compared: 'exact' | 'beginning' | 'not' | 'ui'
}

/** The answers of a running Alloy 1.18; the headers that tell something. */
function recorded(prefix: string): Recorded[] {
  const file = new URL(`testdata/contract/routes-${prefix}-prefix.tsv`, import.meta.url)
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const [request = '', status, headers = '', body = ''] = line.split('\t')
    const pairs = headers.split(' | ').filter(Boolean)
    return {
      request,
      status: Number(status),
      headers: Object.fromEntries(pairs.map((header) => header.split(/: (.*)/s).slice(0, 2))),
      ...comparison(body),
    }
  })
}

function comparison(body: string): Pick<Recorded, 'body' | 'compared'> {
  if (body === '') return { body, compared: 'not' }
  if (body === 'UI') return { body: '', compared: 'ui' }
  const [, begins, text = '""'] = /^(starts )?(.*)$/.exec(body) ?? []
  return { body: JSON.parse(text), compared: begins ? 'beginning' : 'exact' }
}

const json = { 'content-type': 'application/json; charset=utf-8' }
const unknown = { status: 404, headers: json, body: '{"error":"not found"}' }
const wrongMethod = { status: 405, headers: {}, body: '' }

type Differences = readonly (readonly [RegExp, Partial<Answer>])[]

/** Rows of docs/differences.md, by request: what has a page of the UI there, */
const noPages: Differences = [
  [/ \/-\/(reload|support)$/, wrongMethod],
  [/^GET (\/alloy)?\/api(\/|$)/, unknown],
]

/** and the rest. */
const differences: Differences = [
  [/protobuf/, { headers: { 'content-type': 'text/plain; version=0.0.4' } }],
  [/^GET \/debug\/pprof\/symbol$/, { body: 'num_symbols: 0\n' }],
]

function expected({ request, status, headers, body, compared }: Recorded): Recorded {
  const rows = compared === 'ui' ? noPages : differences
  const [, different] = rows.find(([pattern]) => pattern.test(request)) ?? []
  if (different !== undefined) {
    const isBodyKnown = different.body !== undefined
    const compare = isBodyKnown ? 'exact' : compared
    return { request, status, headers, body, compared: compare, ...different }
  }
  const isJson = status === 200 && /\/api\/v0\/web\//.test(request)
  return { request, status, headers: isJson ? { ...headers, ...json } : headers, body, compared }
}

function ask(url: string, { request }: Recorded): Promise<Answer> {
  const [, method, path, asked] = /^(\S+) (\S+) ?(.*)$/.exec(request) ?? []
  const headers: Record<string, string> = JSON.parse(asked || '{}')
  const { hostname: host, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const options = { host, port, method, path, headers, agent: false }
    const sent = http.request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        const shown = Object.entries(headers).map(([name, value]) => [name, String(value)])
        const body = Buffer.concat(chunks).toString()
        resolve({ status, headers: Object.fromEntries(shown), body })
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Nothing where the answer is as wanted. */
function problems(wanted: Recorded, answer: Answer): string[] {
  const { request } = wanted
  if (wanted.compared === 'ui') {
    const { status, headers, body } = answer
    const isPage = status === 200 && (body.includes('DUMMY INDEX') || request.startsWith('HEAD'))
    const isMoved = status === 301 && headers.location === './'
    return isPage || isMoved ? [] : [`${request}: ${status} ${body.slice(0, 80)}`]
  }
  const found: string[] = []
  if (answer.status !== wanted.status) found.push(`status ${answer.status}, not ${wanted.status}`)
  for (const [name, value] of Object.entries(wanted.headers)) {
    if (answer.headers[name]?.startsWith(value) === true) continue
    found.push(`${name} ${answer.headers[name]}, not ${value}`)
  }
  const same =
    wanted.compared === 'exact'
      ? answer.body === wanted.body
      : wanted.compared === 'not' || answer.body.startsWith(wanted.body)
  if (!same) found.push(`body ${JSON.stringify(answer.body.slice(0, 200))}, not ${wanted.body}`)
  return found.map((problem) => `${request}: ${problem}`)
}

describe('paths, methods, status and headers are those of Alloy', () => {
  it.each([
    ['root', '/'],
    ['alloy', '/alloy'],
    ['alloy', 'alloy'],
    ['alloy', '/alloy/'],
  ])(
    '%s recording, --server.http.ui-path-prefix=%s',
    { timeout: 30_000 },
    async (recording, uiPathPrefix) => {
      const { url } = await startProgram(config, { uiPathPrefix, uiDir })
      const self = `"name":${JSON.stringify(hostname())},"addr":"${new URL(url).host}"`
      const all: string[] = []
      for (const each of recorded(recording)) {
        const wanted = expected(each)
        const body = wanted.body.replace(/"name":"demo-host","addr":"[^"]*"/, self)
        all.push(...problems({ ...wanted, body }, await ask(url, each)))
      }
      expect(all).toEqual([])
    },
  )
})
