// Tokens by the client credentials grant of OAuth 2.0 (RFC 6749, 4.4).

import type { FileCache } from './file_cache.ts'
import type { HttpRequest, HttpResponse } from './http_exchange.ts'
import type { OAuth2Settings } from './http_settings.ts'

/** A token is renewed this long before it expires. */
const expiryMarginMs = 10_000

const tokenTimeoutMs = 30_000
const tokenSizeMax = 1024 * 1024

type Send = (request: HttpRequest) => Promise<HttpResponse>

interface Token {
  readonly authorization: string
  /** On the clock of `performance.now`. */
  readonly expiresMs: number
}

/** Fetches a token when one is needed, and keeps it until it expires. */
export class OAuth2Tokens {
  readonly #settings: OAuth2Settings
  readonly #files: FileCache
  readonly #send: Send
  #token: Token | undefined
  #fetching: Promise<Token> | undefined
  /** How the server wants to be told who we are; found out by the first request. */
  #style: 'header' | 'body' | undefined

  constructor(settings: OAuth2Settings, files: FileCache, send: Send) {
    this.#settings = settings
    this.#files = files
    this.#send = send
  }

  /** An `Authorization` header. Rejects where the server gives no token. */
  async authorization(): Promise<string> {
    const known = this.#token
    if (known !== undefined && performance.now() < known.expiresMs) return known.authorization
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined
    })
    this.#token = await this.#fetching
    return this.#token.authorization
  }

  async #fetch(): Promise<Token> {
    const { client_secret, client_secret_file } = this.#settings
    const secret = client_secret_file
      ? (await this.#files.read(client_secret_file)).text.trim()
      : (client_secret?.reveal() ?? '')
    const answer = await this.#ask(secret, this.#style ?? 'header')
    if (isSuccess(answer)) {
      this.#style ??= 'header'
      return tokenOf(answer)
    }
    if (this.#style !== undefined) throw refusal(answer)
    const second = await this.#ask(secret, 'body')
    if (!isSuccess(second)) throw refusal(second)
    this.#style = 'body'
    return tokenOf(second)
  }

  #ask(secret: string, style: 'header' | 'body'): Promise<HttpResponse> {
    const { client_id = '', scopes = [], token_url = '', endpoint_params } = this.#settings
    const form = new URLSearchParams({ grant_type: 'client_credentials' })
    if (scopes.length > 0) form.set('scope', scopes.join(' '))
    for (const [name, value] of endpoint_params ?? []) form.set(name, value)
    const headers: Record<string, string> = {
      'Content-Type': 'application/x-www-form-urlencoded',
    }
    if (style === 'body') {
      form.set('client_id', client_id)
      form.set('client_secret', secret)
    } else {
      const login = `${encodeURIComponent(client_id)}:${encodeURIComponent(secret)}`
      headers.Authorization = `Basic ${Buffer.from(login).toString('base64')}`
    }
    return this.#send({
      method: 'POST',
      url: token_url,
      headers,
      body: Buffer.from(form.toString()),
      timeoutMs: tokenTimeoutMs,
      bodySizeMax: tokenSizeMax,
    })
  }
}

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300
}

function tokenOf(answer: HttpResponse): Token {
  const fields = fieldsOf(answer)
  const { access_token, token_type, expires_in } = fields
  if (typeof access_token !== 'string' || access_token === '') {
    throw new Error('oauth2: server response missing access_token')
  }
  const type = typeof token_type === 'string' && token_type !== '' ? token_type : 'Bearer'
  const seconds = Number(expires_in ?? 0)
  const lifeMs = seconds > 0 ? seconds * 1000 - expiryMarginMs : Number.POSITIVE_INFINITY
  return {
    authorization: `${/^bearer$/i.test(type) ? 'Bearer' : type} ${access_token}`,
    expiresMs: performance.now() + lifeMs,
  }
}

/** Names the error of the server, but never its whole body: that may repeat what we sent. */
function refusal(answer: HttpResponse): Error {
  const { error, error_description } = fieldsOf(answer)
  if (typeof error !== 'string') {
    return new Error(`oauth2: cannot fetch token: the server answered ${answer.status}`)
  }
  const description = typeof error_description === 'string' ? ` "${error_description}"` : ''
  return new Error(`oauth2: "${error}"${description}`)
}

/** Of a JSON object or a form; empty where the body is neither. */
function fieldsOf({ headers, body }: HttpResponse): Readonly<Record<string, unknown>> {
  const text = Buffer.from(body).toString('utf8')
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  if (/^(application\/x-www-form-urlencoded|text\/plain)$/.test(type.trim())) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  try {
    const fields: unknown = JSON.parse(text)
    return typeof fields === 'object' && fields !== null ? { ...fields } : {}
  } catch {
    return {}
  }
}
