// The tls block of the http block as Node takes it.
// Source of the behaviour: alloy/internal/service/http, crypto/tls of Go.

import { DEFAULT_CIPHERS, type SecureVersion, type TlsOptions } from 'node:tls'
import type { declaration } from '../components/config/http.ts'
import type { Arguments } from '../schema/declaration.ts'

export type TlsArguments = NonNullable<Arguments<typeof declaration>['tls']>

/** What may change while the settings stay the same. */
export interface TlsTexts {
  readonly cert: string
  readonly key: string
  /** Authorities of client certificates; undefined for those of the system. */
  readonly clientCa: string | undefined
}

/** Whether clients need a certificate; `never` does not ask for one. */
export interface ClientAuth {
  readonly needed: 'never' | 'maybe' | 'always'
  /** Whether a given one must come from a known authority. */
  readonly isVerified: boolean
}

const openSslCiphers: Readonly<Record<string, string>> = {
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 'ECDHE-ECDSA-AES128-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 'ECDHE-ECDSA-AES256-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 'ECDHE-RSA-AES128-SHA',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 'ECDHE-RSA-AES256-SHA',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-RSA-CHACHA20-POLY1305',
}

/** Those of TLS 1.3, which Go offers whatever is configured. */
const tls13Ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
]

const openSslCurves: Readonly<Record<string, string>> = {
  CurveP256: 'P-256',
  CurveP384: 'P-384',
  CurveP521: 'P-521',
  X25519: 'X25519',
}

const versions: Readonly<Record<string, SecureVersion>> = {
  TLS10: 'TLSv1',
  TLS11: 'TLSv1.1',
  TLS12: 'TLSv1.2',
  TLS13: 'TLSv1.3',
}

export function clientAuthOf({ client_auth_type }: TlsArguments): ClientAuth {
  switch (client_auth_type) {
    case 'RequestClientCert':
      return { needed: 'maybe', isVerified: false }
    case 'RequireAnyClientCert':
      return { needed: 'always', isVerified: false }
    case 'VerifyClientCertIfGiven':
      return { needed: 'maybe', isVerified: true }
    case 'RequireAndVerifyClientCert':
      return { needed: 'always', isVerified: true }
    default:
      return { needed: 'never', isVerified: false }
  }
}

/** What a secure context is made of. */
export function contextOptions(args: TlsArguments, { cert, key, clientCa }: TlsTexts): TlsOptions {
  const minVersion = versions[args.min_version] ?? 'TLSv1.2'
  const curves = args.curve_preferences.map((name) => openSslCurves[name] ?? name)
  return {
    cert,
    key,
    ...(clientCa === undefined ? {} : { ca: clientCa }),
    minVersion,
    maxVersion: versions[args.max_version] ?? 'TLSv1.3',
    ciphers: ciphersOf(args, minVersion),
    ecdhCurve: curves.length === 0 ? 'auto' : curves.join(':'),
  }
}

function ciphersOf({ cipher_suites }: TlsArguments, minVersion: SecureVersion): string {
  const older = cipher_suites.flatMap((name) => openSslCiphers[name] ?? [])
  const ciphers =
    cipher_suites.length === 0 ? DEFAULT_CIPHERS : [...tls13Ciphers, ...older].join(':')
  // OpenSSL 3 refuses the hashes of TLS 1.0 and 1.1 above level 0.
  return minVersion < 'TLSv1.2' ? `${ciphers}:@SECLEVEL=0` : ciphers
}
