// Opens the sockets of outgoing requests: directly, or for https through a proxy's tunnel.

import { isIP, type Socket } from 'node:net'
import { buildConnector } from 'undici'
import { authorizationOfUrl } from './credentials.ts'
import type { SecretLists } from './http_settings.ts'
import type { ProxyChoice } from './proxy.ts'
import type { TlsOptions } from './tls_options.ts'

/** A connection that takes longer than this fails, whatever the deadline of its request. */
const connectTimeoutMs = 30_000

/** Of a proxy's answer to CONNECT. */
const headSizeMax = 16 * 1024

export interface ConnectorOptions {
  readonly tls: TlsOptions | undefined
  readonly proxy: ProxyChoice
  readonly proxyHeaders: SecretLists | undefined
}

/** For undici's `connect` option. */
export function connector(options: ConnectorOptions): buildConnector.connector {
  const open = buildConnector({ timeout: connectTimeoutMs, ...options.tls })
  return (target, callback) => {
    const proxy = target.protocol === 'https:' ? options.proxy(urlOf(target)) : undefined
    if (proxy === undefined) return open(target, callback)
    const port = proxy.port || (proxy.protocol === 'https:' ? '443' : '80')
    const { protocol, hostname, host } = proxy
    open({ protocol, hostname, host, port }, (error, socket) => {
      if (error !== null) {
        callback(new Error('cannot connect to the proxy', { cause: error }), null)
        return
      }
      tunnel(socket, connectHead(target, proxy, options.proxyHeaders)).then(
        (httpSocket) => open({ ...target, httpSocket }, callback),
        (cause: unknown) => {
          socket.destroy()
          callback(new Error('cannot open a tunnel through the proxy', { cause }), null)
        },
      )
    })
  }
}

function urlOf(target: buildConnector.Options): URL {
  return new URL(`${target.protocol}//${target.host ?? target.hostname}`)
}

function connectHead(
  target: buildConnector.Options,
  proxy: URL,
  headers: SecretLists | undefined,
): string {
  const name = isIP(target.hostname) === 6 ? `[${target.hostname}]` : target.hostname
  const address = `${name}:${target.port || 443}`
  const lines = [`CONNECT ${address} HTTP/1.1`, `Host: ${address}`, ...proxyHeaderLines(headers)]
  const login = authorizationOfUrl(proxy)
  if (login !== undefined) lines.push(`Proxy-Authorization: ${login}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function proxyHeaderLines(headers: SecretLists | undefined): readonly string[] {
  return [...(headers ?? [])].flatMap(([name, values]) =>
    values.map((value) => `${name}: ${value.reveal().replaceAll(/[\r\n]/g, ' ')}`),
  )
}

/** Sends `head` and resolves with the socket once the proxy has agreed. */
function tunnel(socket: Socket, head: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      socket.off('data', onData).off('error', reject).off('close', onClose)
      settle()
    }
    const fail = (message: string) => end(() => reject(new Error(message)))
    const onClose = () => fail('the proxy closed the connection')
    const onData = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      const length = received.indexOf('\r\n\r\n')
      if (length === -1) {
        if (received.length > headSizeMax) fail('the answer of the proxy is too long')
        return
      }
      const [status = ''] = received.subarray(0, length).toString('latin1').split('\r\n')
      if (!/^HTTP\/1\.[01] 2\d\d\b/.test(status)) {
        return fail(`the proxy answered ${status.replace(/^HTTP\/\S+ /, '').slice(0, 100)}`)
      }
      socket.pause()
      const rest = received.subarray(length + 4)
      if (rest.length > 0) socket.unshift(rest)
      end(() => resolve(socket))
    }
    const timer = setTimeout(() => fail('the proxy did not answer in time'), connectTimeoutMs)
    socket.on('data', onData).on('error', reject).on('close', onClose)
    socket.write(head)
  })
}
