import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { basicAuth, bearerAuth } from '../../src/client/requester.ts'
import { ConnectError, type ConnectOptions, connectTo } from '../../src/tui/connect.ts'
import { temporaryDir } from '../support/http_client.ts'
import { fixturePath, serve, serveTls } from '../support/http_server.ts'
import { replayAlloy } from '../support/replayed_alloy.ts'

function options(extra: Partial<ConnectOptions>): ConnectOptions {
  return { url: '127.0.0.1:12345', isInsecure: false, environment: {}, ...extra }
}

function file(text: string): string {
  const path = join(temporaryDir(), 'secret')
  writeFileSync(path, text)
  return path
}

describe('the address', () => {
  it.each([
    [{ url: '127.0.0.1:12345' }, 'http://127.0.0.1:12345/'],
    [{ url: 'collector' }, 'http://collector/'],
    [{ url: 'https://collector/alloy/' }, 'https://collector/alloy/'],
    [{ url: 'collector', prefix: 'alloy' }, 'http://collector/alloy/'],
    [{ url: 'collector/x', prefix: '/' }, 'http://collector/'],
    [{ url: '[::1]:12345' }, 'http://[::1]:12345/'],
    [{ url: 'http://user:pw@collector' }, 'http://collector/'],
  ])('%j is %s', async (extra, url) => {
    expect((await connectTo(options(extra))).url).toBe(url)
  })
})

describe('credentials', () => {
  it.each([
    ['of the URL', () => ({ userInfo: 'us%40er:p%3Aw@' }), basicAuth('us@er', 'p:w')],
    [
      'of the environment',
      () => ({ user: 'u', passwordEnv: 'PW', environment: { PW: 'p' } }),
      basicAuth('u', 'p'),
    ],
    ['of a file', () => ({ user: 'u', passwordFile: file('p\n') }), basicAuth('u', 'p')],
    ['as a token', () => ({ bearerFile: file(' t\n') }), bearerAuth('t')],
  ])('are sent %s', async (_, make, header) => {
    const server = await serve((_request, response) => response.end('[]'))
    const { userInfo = '', ...extra }: Partial<ConnectOptions> & { userInfo?: string } = make()
    const url = `http://${userInfo}127.0.0.1:${server.port}`
    const { client } = await connectTo(options({ url, ...extra }))
    await client.peers()
    expect(server.received[0]!.headers.authorization).toBe(header)
  })

  it.each([
    ['a user without a password', { user: 'u' }],
    ['a password without a user', { passwordEnv: 'PW', environment: { PW: 'p' } }],
    ['a variable that is not set', { user: 'u', passwordEnv: 'PW' }],
    [
      'two passwords',
      { user: 'u', passwordEnv: 'PW', passwordFile: 'x', environment: { PW: 'p' } },
    ],
    ['a user and a token', { user: 'u', bearerFile: 'x' }],
    ['a file that is not there', { bearerFile: '/nonexistent/token' }],
    ['a certificate without a key', { cert: 'x' }],
    ['an address that is none', { url: 'http://:p@ss@' }],
  ])('are refused for %s', async (_, extra) => {
    await expect(connectTo(options(extra))).rejects.toThrow(ConnectError)
  })

  it('never show in what goes wrong', async () => {
    const error = await connectTo(options({ url: 'http://u:hunter2@:x' })).catch(String)
    expect(error).not.toContain('hunter2')
  })
})

describe('TLS', () => {
  const answers = async () => {
    const { origin } = await serveTls((_, response) => response.end('[]'))
    return origin.replace('127.0.0.1', 'localhost')
  }

  it('trusts the authority that it is given', async () => {
    const url = await answers()
    const { client } = await connectTo(options({ url, ca: fixturePath('ca.crt') }))
    expect(await client.peers()).toEqual([])
  })

  it('trusts no other one', async () => {
    const { client } = await connectTo(options({ url: await answers() }))
    await expect(client.peers()).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('trusts any where it is told to', async () => {
    const { client } = await connectTo(options({ url: await answers(), isInsecure: true }))
    expect(await client.peers()).toEqual([])
  })
})

it('finds Go Alloy below a prefix', async () => {
  const { origin } = await replayAlloy('metrics', { prefix: '/alloy/' })
  const { client } = await connectTo(options({ url: origin, prefix: '/alloy' }))
  expect((await client.server()).kind).toBe('alloy')
})
