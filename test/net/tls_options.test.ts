import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { describe, expect, it, vi } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import type { HttpClientSettings } from '../../src/net/http_settings.ts'
import { failureOf, get, open, temporaryDir, textOf } from '../support/http_client.ts'
import { fixture, fixturePath, serveTls } from '../support/http_server.ts'

describe('TLS', () => {
  it('refuses a server whose authority is unknown, and says why', async () => {
    const server = await serveTls((_, response) => response.end('ok'))
    const error = await failureOf(open().request(get(server.origin)))
    expect(error.message).toContain('certificate')
  })

  it.each<[string, NonNullable<HttpClientSettings['tls_config']>]>([
    ['ca_pem', { ca_pem: fixture('ca.crt') }],
    ['ca_file', { ca_file: fixturePath('ca.crt') }],
    ['insecure_skip_verify', { insecure_skip_verify: true }],
    ['server_name', { ca_pem: fixture('ca.crt'), server_name: 'alloy.test' }],
  ])('trusts by %s', async (_, tls_config) => {
    const server = await serveTls((_, response) => response.end('ok'))
    expect(textOf(await open({ tls_config }).request(get(server.origin)))).toBe('ok')
  })

  it('refuses a certificate for another name', async () => {
    const server = await serveTls((_, response) => response.end('ok'))
    const tls_config = { ca_pem: fixture('ca.crt'), server_name: 'other.test' }
    await failureOf(open({ tls_config }).request(get(server.origin)))
  })

  it('shows its own certificate', async () => {
    const server = await serveTls(
      (_, response) => {
        const socket = response.socket as TLSSocket
        response.end(String(socket.getPeerCertificate().subject?.CN))
      },
      { requestCert: true, rejectUnauthorized: true, ca: fixture('ca.crt') },
    )
    const ca_pem = fixture('ca.crt')
    const tls_config = {
      ca_pem,
      cert_file: fixturePath('client.crt'),
      key_pem: new Secret(fixture('client.key')),
    }
    expect(textOf(await open({ tls_config }).request(get(server.origin)))).toBe(
      'alloyts test client',
    )
    await failureOf(open({ tls_config: { ca_pem } }).request(get(server.origin)))
  })

  it('takes over a certificate file that changes', async () => {
    const server = await serveTls((_, response) => response.end('ok'))
    const ca_file = join(temporaryDir(), 'ca.crt')
    writeFileSync(ca_file, fixture('client.crt'))
    const client = open({ tls_config: { ca_file } })
    await failureOf(client.request(get(server.origin)))
    writeFileSync(ca_file, fixture('ca.crt'))
    await vi.waitFor(async () => {
      expect(textOf(await client.request(get(server.origin)))).toBe('ok')
    }, 3000)
  })

  it('says which file is no certificate', async () => {
    const client = open({ tls_config: { cert_pem: 'nonsense', key_pem: new Secret('nonsense') } })
    const error = await failureOf(client.request(get('https://127.0.0.1:9/')))
    expect(error.message).not.toContain('nonsense')
  })
})
