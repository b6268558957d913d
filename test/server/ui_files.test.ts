import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uiFiles } from '../../src/server/ui_files.ts'

let root: string
let dir: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ui-'))
  dir = join(root, 'ui')
  mkdirSync(join(dir, 'assets'), { recursive: true })
  writeFileSync(join(root, 'secret.txt'), 'secret')
  writeFileSync(join(dir, 'index.html'), '<!doctype html><html><head></head></html>')
  writeFileSync(join(dir, 'favicon.svg'), '<svg/>')
  writeFileSync(join(dir, 'assets/index-1a2b3c4d.js'), 'plain')
  writeFileSync(join(dir, 'assets/index-1a2b3c4d.js.br'), 'brotli')
  writeFileSync(join(dir, 'assets/index-1a2b3c4d.js.gz'), 'gzip')
})
afterAll(() => rmSync(root, { recursive: true }))

function get(path: string, headers: Record<string, string> = {}, uiPrefix = '/', method = 'GET') {
  const request = { method, path: `${uiPrefix}${path}`, headers, signal: AbortSignal.timeout(1000) }
  return uiFiles({ dir, uiPrefix })(request, path)
}

async function bodyOf(path: string, headers: Record<string, string> = {}) {
  return Buffer.from((await get(path, headers)).body).toString()
}

describe('uiFiles', () => {
  it.each([
    ['the front page', ''],
    ['a page', 'component/prometheus.scrape.a'],
    ['a page of a module', 'graph/outer.three/nested.n'],
    ['a file that is not there', 'assets/nope.js'],
    ['a folder, which is not listed', 'assets/'],
    ['a folder without its slash', 'assets'],
  ])('gives index.html for %s', async (_, path) => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(Buffer.from(answer.body).toString()).toBe(
      '<!doctype html><html><head><base href="/" /></head></html>',
    )
  })

  it('gives index.html for other methods too, as upstream', async () => {
    for (const method of ['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'DELETE']) {
      expect((await get('nope', {}, '/', method)).status).toBe(200)
    }
  })

  it('puts the prefix into the base, as text', async () => {
    const { body } = await get('graph', {}, '/al"loy<b>/')
    expect(Buffer.from(body).toString()).toContain('<base href="/al&#34;loy&#60;b&#62;/" />')
  })

  it('sends /index.html to the front page', async () => {
    const { status, headers } = await get('index.html')
    expect([status, headers.location]).toEqual([301, './'])
  })

  it.each([
    '../secret.txt',
    '..',
    'assets/../../secret.txt',
    'assets/..\\..\\secret.txt',
    '..\\secret.txt',
    'assets/index-1a2b3c4d.js\0.html',
    '\0',
  ])('refuses %j', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  it.each(['%2e%2e/secret.txt', '..%2fsecret.txt', '/secret.txt', './assets', '....//secret.txt'])(
    'never decodes again, nor leaves the folder: %j is a page',
    async (path) => {
      expect(await bodyOf(path)).toContain('<base')
    },
  )

  it.each([
    ['', 'plain', undefined],
    ['gzip, deflate, br', 'brotli', 'br'],
    ['gzip', 'gzip', 'gzip'],
    ['gzip;q=0.5, br;q=0', 'gzip', 'gzip'],
    ['gzip;q=0', 'plain', undefined],
    ['zstd', 'plain', undefined],
  ])('chooses what was compressed before: %j', async (accepted, body, encoding) => {
    const headers = { 'accept-encoding': accepted }
    const answer = await get('assets/index-1a2b3c4d.js', headers)
    expect(Buffer.from(answer.body).toString()).toBe(body)
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.headers.vary).toBe('Accept-Encoding')
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  it('lets browsers keep hashed names for ever, and nothing else', async () => {
    expect((await get('assets/index-1a2b3c4d.js')).headers['cache-control']).toContain('immutable')
    expect((await get('favicon.svg')).headers['cache-control']).toBe('no-cache')
  })

  it('answers 304 to who has it', async () => {
    for (const path of ['', 'favicon.svg']) {
      const { headers } = await get(path)
      const again = await get(path, { 'if-none-match': headers.etag ?? '' })
      expect([again.status, again.body.length]).toEqual([304, 0])
    }
  })

  it('forbids inline scripts, other hosts, frames and sniffing everywhere', async () => {
    for (const path of ['', 'favicon.svg', 'assets/index-1a2b3c4d.js']) {
      const { headers } = await get(path)
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it('says so where the UI was not built', async () => {
    const request = { method: 'GET', path: '/', headers: {}, signal: AbortSignal.timeout(1000) }
    const answer = await uiFiles({ dir: join(root, 'nope'), uiPrefix: '/' })(request, '')
    expect(answer.status).toBe(404)
    expect(Buffer.from(answer.body).toString()).toContain('the browser UI is not part of')
  })
})
