import type { SecureContextOptions, SecureVersion } from 'node:tls'
import { describe, expect, it } from 'vitest'
import type { TlsArguments } from '../../src/server/tls_settings.ts'
import { fixture } from '../support/http_server.ts'
import { ca, isReady, pems, ready, startTls } from '../support/tls_server.ts'

describe('certificates of clients', () => {
  const own = { cert: fixture('client.crt'), key: fixture('client.key') }
  const strange = { cert: fixture('stranger.crt'), key: fixture('stranger.key') }
  const clients = [{}, strange, own]
  const versions = ['TLSv1.2', 'TLSv1.3'] as const

  it.each<[TlsArguments['client_auth_type'], string]>([
    ['NoClientCert', 'yes yes yes'],
    ['RequestClientCert', 'yes yes yes'],
    ['RequireAnyClientCert', 'no yes yes'],
    ['VerifyClientCertIfGiven', 'yes no yes'],
    ['RequireAndVerifyClientCert', 'no no yes'],
  ])('%s: none, a strange and a known one: %s', async (client_auth_type, expected) => {
    const authorities = client_auth_type === 'NoClientCert' ? {} : { client_ca_pem: ca }
    const { port } = await startTls({ ...pems, ...authorities, client_auth_type })
    for (const version of versions) {
      const answers = clients.map(async (client) => {
        const options = { ...client, minVersion: version, maxVersion: version }
        return (await ready(port, options)) === isReady ? 'yes' : 'no'
      })
      expect((await Promise.all(answers)).join(' ')).toBe(expected)
    }
  })
})

describe('versions, ciphers and curves', () => {
  const only = (version: SecureVersion) => ({ minVersion: version, maxVersion: version })
  const old = { ciphers: 'DEFAULT:@SECLEVEL=0' }
  const cases: [string, Partial<TlsArguments>, SecureContextOptions, boolean][] = [
    ['TLS 1.1 by default', {}, { ...only('TLSv1.1'), ...old }, false],
    ['TLS 1.2 by default', {}, only('TLSv1.2'), true],
    ['TLS 1.3 by default', {}, only('TLSv1.3'), true],
    ['an older minimum', { min_version: 'TLS10' }, { ...only('TLSv1'), ...old }, true],
    ['an older minimum', { min_version: 'TLS11' }, { ...only('TLSv1.1'), ...old }, true],
    ['a newer minimum', { min_version: 'TLS13' }, only('TLSv1.2'), false],
    ['a maximum', { max_version: 'TLS12' }, only('TLSv1.3'), false],
    [
      'a cipher that was named',
      { cipher_suites: ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'] },
      { ...only('TLSv1.2'), ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
      true,
    ],
    [
      'another cipher',
      { cipher_suites: ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'] },
      { ...only('TLSv1.2'), ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
      false,
    ],
    [
      'TLS 1.3 whatever ciphers are named',
      { cipher_suites: ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'] },
      only('TLSv1.3'),
      true,
    ],
    [
      'TLS 1.2 where only ciphers of 1.3 are named',
      { cipher_suites: ['TLS_AES_128_GCM_SHA256'] },
      only('TLSv1.2'),
      false,
    ],
    [
      'a curve that was named',
      { curve_preferences: ['CurveP256', 'X25519'] },
      { ...only('TLSv1.3'), ecdhCurve: 'X25519' },
      true,
    ],
    [
      'another curve',
      { curve_preferences: ['CurveP256'] },
      { ...only('TLSv1.3'), ecdhCurve: 'X25519' },
      false,
    ],
  ]
  it.each(cases)('%s: %j', async (_, changes, client, isTaken) => {
    const { port } = await startTls({ ...pems, ...changes })
    expect((await ready(port, client)) === isReady).toBe(isTaken)
  })
})
