// TLS settings as Node takes them.

import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContext, type SecureVersion } from 'node:tls'
import type { FileCache, FileVersion } from './file_cache.ts'
import type { TlsSettings } from './http_settings.ts'

/** What a TLS connection needs to know beyond its address. */
export interface TlsOptions {
  readonly secureContext: SecureContext
  readonly rejectUnauthorized: boolean
  readonly servername?: string
}

/** The files that the settings name, in a fixed order. */
export async function tlsFiles(
  settings: TlsSettings,
  files: FileCache,
): Promise<readonly FileVersion[]> {
  const paths = [settings.ca_file, settings.cert_file, settings.key_file]
  return Promise.all(paths.map((path) => (path ? files.read(path) : unset)))
}

const unset: FileVersion = { bytes: new Uint8Array(), text: '' }

/** Throws OpenSSL's error where a certificate or key is none. */
export async function tlsOptions(
  settings: TlsSettings,
  [ca, cert, key]: readonly FileVersion[],
): Promise<TlsOptions> {
  const minVersion = minVersionOf(settings.min_version)
  const secureContext = createSecureContext({
    ca: settings.ca_pem || ca?.text || (await systemRoots()),
    cert: settings.cert_pem || cert?.text || undefined,
    key: settings.key_pem?.reveal() || key?.text || undefined,
    minVersion,
    // OpenSSL 3 refuses the hashes of TLS 1.0 and 1.1 above level 0.
    ciphers: minVersion < 'TLSv1.2' ? 'DEFAULT@SECLEVEL=0' : undefined,
  })
  return {
    secureContext,
    rejectUnauthorized: !settings.insecure_skip_verify,
    ...(settings.server_name ? { servername: settings.server_name } : {}),
  }
}

function minVersionOf(name: string | undefined): SecureVersion {
  switch (name) {
    case 'TLS10':
      return 'TLSv1'
    case 'TLS11':
      return 'TLSv1.1'
    case 'TLS13':
      return 'TLSv1.3'
    default:
      return 'TLSv1.2'
  }
}

/** Where distributions keep the roots that their administrators trust. */
const rootFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** The system's roots; `undefined`, which means Node's own, where there are none. */
export async function systemRoots(): Promise<string | undefined> {
  const named = process.env.SSL_CERT_FILE
  for (const path of named ? [named] : rootFiles) {
    const text = await readFile(path, 'utf8').catch(() => '')
    if (text.includes('BEGIN CERTIFICATE')) return text
  }
  return undefined
}
