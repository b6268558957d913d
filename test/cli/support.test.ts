import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { fetchSupportBundle, type SupportOptions } from '../../src/cli/support.ts'
import { HttpClient } from '../../src/net/http_client.ts'
import { type Answering, serve } from '../support/http_server.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alloyts-support-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const zip = 'PK and so on'

async function fetchFrom(answer: Answering, changes: Partial<SupportOptions> = {}) {
  const server = await serve(answer)
  const client = new HttpClient({}, { userAgent: 'test' })
  onTestFinished(() => client.close())
  let stdout = ''
  const out = join(folder, 'bundle.zip')
  const fetched = fetchSupportBundle({
    client,
    url: server.origin.replace('//', '//user:pass@'),
    durationSeconds: 7,
    include: '',
    exclude: '',
    out,
    stdout: (bytes) => {
      stdout += String(bytes)
    },
    ...changes,
  })
  const error: unknown = await fetched.catch((reason: unknown) => reason)
  const message = error instanceof Error ? error.message.replaceAll(server.origin, 'ORIGIN') : ''
  return { error: message, out, stdout, received: server.received }
}

it('a bundle is written to a file that only its owner may read', async () => {
  const exclude = 'pprof,sources'
  const fetched = await fetchFrom((_, response) => response.end(zip), { exclude })
  expect(fetched.error).toBe('')
  expect(fetched.stdout).toBe(`${fetched.out}\n`)
  expect(readFileSync(fetched.out, 'utf8')).toBe(zip)
  if (process.platform !== 'win32') expect(statSync(fetched.out).mode & 0o777).toBe(0o600)
  const { headers, url } = fetched.received[0]!
  expect(url).toBe('/-/support?duration=7&exclude=pprof%2Csources')
  expect(headers.authorization).toBe(`Basic ${Buffer.from('user:pass').toString('base64')}`)
})

it('a bundle may go to standard output', async () => {
  const { stdout } = await fetchFrom((_, response) => response.end(zip), { out: '-' })
  expect(stdout).toBe(zip)
})

it.each<[what: string, answer: Answering, changes: Partial<SupportOptions>, error: RegExp]>([
  [
    'is refused',
    (_, response) => response.writeHead(403).end('support bundle generation is disabled'),
    {},
    /^cannot fetch the support bundle: 403 Forbidden: support bundle generation is disabled$/,
  ],
  ['is a page', (_, response) => response.end('<html>'), {}, /^the answer is no support bundle$/],
  [
    'has no place',
    (_, response) => response.end(zip),
    { out: join(tmpdir(), 'no', 'such', 'folder') },
    /^cannot write ".*": open .*: no such file or directory$/,
  ],
  ['has no address', (_, response) => response.end(zip), { url: 'x' }, /^"x" is no URL such as /],
  [
    'comes from nowhere',
    (_, response) => response.end(zip),
    { url: 'http://u:hush@127.0.0.1:1' },
    /^cannot fetch the support bundle: Get "http:\/\/127.0.0.1:1\/-\/support\?duration=7": dial tcp/,
  ],
])('a bundle that %s is reported', async (_, answer, changes, error) => {
  expect((await fetchFrom(answer, changes)).error).toMatch(error)
})
