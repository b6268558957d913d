// The HTTP server with TLS, and clients of it.

import https from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import { onTestFinished } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import { HttpServer } from '../../src/server/server.ts'
import type { TlsArguments } from '../../src/server/tls_settings.ts'
import { engineView } from './engine_view.ts'
import { fixture } from './http_server.ts'
import { RecordingLogger } from './recording_logger.ts'

export const ca = fixture('ca.crt')
export const pems = { cert_pem: fixture('server.crt'), key_pem: new Secret(fixture('server.key')) }

export function tlsArgs(changes: Partial<TlsArguments> = {}): TlsArguments {
  return {
    cert_pem: '',
    cert_file: '',
    key_pem: undefined,
    key_file: '',
    client_ca_pem: '',
    client_ca_file: '',
    client_auth_type: 'NoClientCert',
    cipher_suites: [],
    curve_preferences: [],
    min_version: '',
    max_version: '',
    windows_certificate_filter: undefined,
    ...changes,
  }
}

export async function startTls(changes?: Partial<TlsArguments>) {
  const lines: string[] = []
  const server = new HttpServer({
    listenAddr: '127.0.0.1:0',
    memoryAddr: 'alloy.internal:12345',
    uiPathPrefix: '/',
    logger: new RecordingLogger(lines),
  })
  const address = await server.listen()
  const port = Number(address.split(':')[1])
  onTestFinished(() => server.close())
  if (changes !== undefined) await server.configure({ tls: tlsArgs(changes) })
  server.open(engineView([]))
  return { server, port, lines }
}

/** Status and body of `/-/ready`, or the code of the error. Each asks over a connection of its own. */
export async function ready(port: number, options: SecureContextOptions = {}): Promise<string> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
    const request = https.get(
      { port, host: '127.0.0.1', path: '/-/ready', ca, agent: false, ...options },
      (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => resolve(`${response.statusCode} ${body}`))
        response.on('error', failed)
      },
    )
    request.on('error', failed)
  })
}

export const isReady = '200 Alloy is ready.\n'
