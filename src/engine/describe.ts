// The one way an error becomes a sentence: for logs, health, the API and diagnostics.

import { getSystemErrorMap } from 'node:util'

/**
 * What went wrong and why, its causes included. Errors of the operating system read as in Go:
 * `open /etc/x: no such file or directory`. URLs lose their user info.
 */
export function describe(error: unknown): string {
  return withoutUserInfo(sentence(error, 0))
}

/** `text` with the user info taken out of every URL in it. */
export function withoutUserInfo(text: string): string {
  return text.replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^/?#\s"'<>]*@/gi, '$1')
}

/** Causes may form a ring. */
const depthMax = 8

function sentence(error: unknown, depth: number): string {
  if (!(error instanceof Error)) return String(error)
  const own = isSystemError(error) ? systemSentence(error) : ownSentence(error, depth)
  if (error.cause === undefined || depth === depthMax) return own
  const cause = sentence(error.cause, depth + 1)
  if (cause === '' || own.includes(cause)) return own
  return own === '' ? cause : `${own}: ${cause}`
}

function ownSentence(error: Error, depth: number): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined
  if (error.message === '' && first !== undefined && depth < depthMax) {
    return sentence(first, depth + 1)
  }
  return error.message === '' && error.cause === undefined ? error.name : error.message
}

function isSystemError(error: Error): error is NodeJS.ErrnoException {
  return 'code' in error && 'errno' in error && 'syscall' in error
}

function systemSentence(error: NodeJS.ErrnoException): string {
  const reason = systemReason(error) ?? error.message
  const { syscall = '' } = error
  if (syscall === 'getaddrinfo' && 'hostname' in error) return `lookup ${error.hostname}: ${reason}`
  const where = error.path ?? addressOf(error)
  if (syscall === 'listen') return `listen tcp ${where}: bind: ${reason}`
  if (syscall === 'connect') return `dial tcp ${where}: connect: ${reason}`
  return [[syscall, where].filter(Boolean).join(' '), reason].filter(Boolean).join(': ')
}

function addressOf(error: object): string {
  const address = 'address' in error ? String(error.address) : ''
  if (!('port' in error) || error.port === undefined) return address
  return address.includes(':') ? `[${address}]:${error.port}` : `${address}:${error.port}`
}

/** Where the words of Go's runtime differ from those of libuv. */
const goReasons: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'cannot assign requested address',
  EISDIR: 'is a directory',
  EMFILE: 'too many open files',
  ENETUNREACH: 'network is unreachable',
  EHOSTUNREACH: 'no route to host',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'server misbehaving',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on device',
}

function systemReason(error: NodeJS.ErrnoException): string | undefined {
  const reason = goReasons[error.code ?? '']
  if (reason !== undefined || error.errno === undefined) return reason
  return getSystemErrorMap().get(error.errno)?.[1]
}
