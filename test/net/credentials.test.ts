import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import type { HttpClientSettings } from '../../src/net/http_settings.ts'
import { failureOf, get, open, temporaryDir } from '../support/http_client.ts'
import { serve } from '../support/http_server.ts'

describe('credentials', () => {
  const password = new Secret('pa:ss')
  it.each<[string, HttpClientSettings, string]>([
    ['basic_auth', { basic_auth: { username: 'u', password } }, 'Basic dTpwYTpzcw=='],
    ['authorization', { authorization: { credentials: password } }, 'Bearer pa:ss'],
    ['its type', { authorization: { type: 'Token', credentials: password } }, 'Token pa:ss'],
    ['bearer_token', { bearer_token: password }, 'Bearer pa:ss'],
  ])('%s', async (_, settings, expected) => {
    const server = await serve((_, response) => response.end())
    await open(settings).request(get(server.origin))
    expect(server.received[0]!.headers.authorization).toBe(expected)
  })

  it('of the URL count where the settings have none', async () => {
    const server = await serve((_, response) => response.end())
    await open().request(get(`http://u%40:p@127.0.0.1:${server.port}/`))
    await open({ bearer_token: password }).request(get(`http://u:p@127.0.0.1:${server.port}/`))
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${btoa('u@:p')}`,
      'Bearer pa:ss',
    ])
  })

  it('send http_headers, each of their values', async () => {
    const server = await serve((_, response) => response.end())
    const values = [new Secret('1'), new Secret('2')]
    await open({ http_headers: new Map([['X-Scope', values]]) }).request(get(server.origin))
    expect(server.received[0]!.headers['x-scope']).toBe('1, 2')
  })

  it('are read again from a file that is replaced', async () => {
    const server = await serve((_, response) => response.end())
    const file = join(temporaryDir(), 'password')
    writeFileSync(file, 'one\n')
    const client = open({ basic_auth: { username: 'u', password_file: file } })
    await client.request(get(server.origin))
    writeFileSync(`${file}.new`, 'two\n')
    renameSync(`${file}.new`, file)
    await vi.waitFor(async () => {
      await client.request(get(server.origin))
      expect(server.received.at(-1)!.headers.authorization).toBe(`Basic ${btoa('u:two')}`)
    }, 3000)
    expect(server.received[0]!.headers.authorization).toBe(`Basic ${btoa('u:one')}`)
  })

  it('that cannot be read fail the request and name the file', async () => {
    const client = open({ bearer_token_file: '/nowhere/token' })
    const error = await failureOf(client.request(get('http://127.0.0.1:9/')))
    expect(error.reason).toBe('settings')
    expect(error.message).toBe(
      'Get "http://127.0.0.1:9/": cannot read the credentials: ' +
        'stat /nowhere/token: no such file or directory',
    )
  })
})
