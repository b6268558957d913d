// Takes connections of clients that must speak TLS.

import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls'
import { describe } from '../engine/describe.ts'
import type { Logger } from '../model/logger.ts'
import type { FileCache } from '../net/file_cache.ts'
import { systemRoots } from '../net/tls_options.ts'
import { firstBytes } from './first_bytes.ts'
import {
  type ClientAuth,
  clientAuthOf,
  contextOptions,
  type TlsArguments,
  type TlsTexts,
} from './tls_settings.ts'

/** A client has this long for its first bytes, and then for the handshake. */
const handshakeTimeoutMs = 10_000

/** As Go answers to whoever speaks HTTP in clear. */
const plainAnswer =
  'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'

export interface TlsAcceptorOptions {
  readonly args: TlsArguments
  readonly files: FileCache
  readonly logger: Logger
  /** Hears of each connection whose handshake went well. */
  secured(socket: TLSSocket): void
}

/**
 * One configuration of TLS, for as long as it holds. Files of certificates are looked at for each
 * connection, so that a new certificate is served without a reload; authorities of client
 * certificates are read once.
 */
export class TlsAcceptor {
  readonly #options: TlsAcceptorOptions
  readonly #clientCa: string | undefined
  readonly #server: Server
  #texts: TlsTexts

  /** Rejects where a file cannot be read, or a certificate or key is none. */
  static async open(options: TlsAcceptorOptions): Promise<TlsAcceptor> {
    const { args, files } = options
    const clientCa = await clientCaOf(args, files)
    const texts = await textsOf(args, files, clientCa)
    return new TlsAcceptor(options, texts)
  }

  private constructor(options: TlsAcceptorOptions, texts: TlsTexts) {
    this.#options = options
    this.#clientCa = texts.clientCa
    this.#texts = texts
    const clientAuth = clientAuthOf(options.args)
    this.#server = serverOf(clientAuth, contextOptions(options.args, texts))
    this.#server.on('secureConnection', (socket) => {
      if (isWelcome(socket, clientAuth)) options.secured(socket)
      else socket.destroy()
    })
    this.#server.on('tlsClientError', (error, socket) => {
      const remote = String(socket.remoteAddress)
      options.logger.log('debug', 'TLS handshake failed', { remote, err: describe(error) })
      // Node leaves this to us where a handshake takes too long.
      socket.destroy()
    })
  }

  /** Shakes hands, or answers to clients that speak HTTP in clear. */
  async accept(socket: Socket): Promise<void> {
    const bytes = await firstBytes(socket, 5, handshakeTimeoutMs)
    if (bytes === undefined) return
    if (/^[A-Z]{3}/.test(bytes.toString('latin1'))) {
      refusePlain(socket)
      return
    }
    await this.#refresh()
    if (!socket.destroyed) this.#server.emit('connection', socket)
  }

  /** Goes on with what it has where that cannot be used: a file may be half written. */
  async #refresh(): Promise<void> {
    const { args, files, logger } = this.#options
    try {
      const texts = await textsOf(args, files, this.#clientCa)
      const { cert, key } = this.#texts
      if (texts.cert === cert && texts.key === key) return
      this.#server.setSecureContext(contextOptions(args, texts))
      this.#texts = texts
      logger.log('info', 'the certificate of the HTTP server has changed')
    } catch (error) {
      const message = 'cannot read the certificate of the HTTP server again'
      logger.log('error', message, { err: describe(error) })
    }
  }
}

/** Reads what else comes, or the end of the connection would never be seen. */
function refusePlain(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), handshakeTimeoutMs)
  socket.once('close', () => clearTimeout(timer))
  socket.resume()
  socket.end(plainAnswer)
}

function serverOf({ needed, isVerified }: ClientAuth, context: TlsOptions): Server {
  try {
    return createServer({
      ...context,
      ALPNProtocols: ['h2', 'http/1.1'],
      handshakeTimeout: handshakeTimeoutMs,
      requestCert: needed !== 'never',
      rejectUnauthorized: needed === 'always' && isVerified,
    })
  } catch (error) {
    throw new Error('updating service: cannot use certificate and key', { cause: error })
  }
}

/** Those that OpenSSL has let in. */
function isWelcome(socket: TLSSocket, { needed, isVerified }: ClientAuth): boolean {
  if (needed === 'never') return true
  const isGiven = socket.getPeerX509Certificate() !== undefined
  if (!isGiven) return needed === 'maybe'
  return socket.authorized || !isVerified
}

async function clientCaOf(args: TlsArguments, files: FileCache): Promise<string | undefined> {
  const { client_ca_pem, client_ca_file } = args
  if (client_ca_pem !== '') return client_ca_pem
  return client_ca_file === '' ? systemRoots() : read('client_ca_file', client_ca_file, files)
}

async function textsOf(
  args: TlsArguments,
  files: FileCache,
  clientCa: string | undefined,
): Promise<TlsTexts> {
  const { cert_pem, cert_file, key_pem, key_file } = args
  const cert = cert_pem || (await read('cert_file', cert_file, files))
  const key = key_pem?.reveal() || (await read('key_file', key_file, files))
  return { cert, key, clientCa }
}

async function read(argument: string, path: string, files: FileCache): Promise<string> {
  try {
    return (await files.read(path)).text
  } catch (error) {
    const reason = describe(error).replace(/^stat /, 'open ')
    throw new Error(`updating service: failed to read ${argument}: ${reason}`)
  }
}
