// The client that the flags ask for: address, prefix, credentials and TLS.

import { readFile } from 'node:fs/promises'
import { AlloyClient } from '../client/client.ts'
import { basicAuth, bearerAuth, type Fetch } from '../client/requester.ts'

export interface ConnectOptions {
  /** `http://host:12345`, or without the scheme; with a path, which is the prefix then. */
  readonly url: string
  readonly prefix?: string | undefined
  readonly user?: string | undefined
  readonly passwordEnv?: string | undefined
  readonly passwordFile?: string | undefined
  readonly bearerFile?: string | undefined
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
  readonly isInsecure: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Something that the user has asked for cannot be. */
export class ConnectError extends Error {}

/** `url` has no credentials in it. Throws a ConnectError. */
export async function connectTo(
  options: ConnectOptions,
): Promise<{ readonly client: AlloyClient; readonly url: string }> {
  const { baseUrl, credentials } = addressOf(options)
  const authorization = (await authorizationOf(options)) ?? credentials
  const fetch = await fetchOf(options)
  const client = new AlloyClient({
    baseUrl,
    ...(authorization !== undefined && { authorization }),
    ...(fetch !== undefined && { fetch }),
  })
  return { client, url: baseUrl }
}

function addressOf({ prefix, url: text }: ConnectOptions) {
  const whole = /^https?:\/\//.test(text) ? text : `http://${text}`
  if (!URL.canParse(whole)) throw new ConnectError('the address is not a URL')
  const url = new URL(whole)
  const name = (prefix ?? url.pathname).replace(/^\/+|\/+$/g, '')
  const credentials =
    url.username === ''
      ? undefined
      : basicAuth(decodeURIComponent(url.username), decodeURIComponent(url.password))
  return { baseUrl: `${url.origin}/${name === '' ? '' : `${name}/`}`, credentials }
}

async function authorizationOf(options: ConnectOptions): Promise<string | undefined> {
  const { bearerFile, environment, passwordEnv, passwordFile, user } = options
  if (bearerFile !== undefined) {
    if (user !== undefined) throw new ConnectError('--user and --bearer-file exclude each other')
    return bearerAuth((await read(bearerFile)).trim())
  }
  if (user === undefined) {
    if (passwordEnv === undefined && passwordFile === undefined) return undefined
    throw new ConnectError('a password needs --user')
  }
  if (passwordEnv !== undefined && passwordFile !== undefined) {
    throw new ConnectError('--password-env and --password-file exclude each other')
  }
  if (passwordFile !== undefined)
    return basicAuth(user, (await read(passwordFile)).replace(/\r?\n$/, ''))
  if (passwordEnv === undefined) {
    throw new ConnectError('--user needs --password-env or --password-file')
  }
  const password = environment[passwordEnv]
  if (password === undefined) {
    throw new ConnectError(`the environment variable ${passwordEnv} is not set`)
  }
  return basicAuth(user, password)
}

/** Of undici, where TLS needs more than what Node trusts. */
async function fetchOf({ ca, cert, isInsecure, key }: ConnectOptions): Promise<Fetch | undefined> {
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConnectError('--cert and --key need each other')
  }
  if (ca === undefined && cert === undefined && !isInsecure) return undefined
  const { Agent, fetch } = await import('undici')
  const dispatcher = new Agent({
    connect: {
      rejectUnauthorized: !isInsecure,
      ...(ca !== undefined && { ca: await read(ca) }),
      ...(cert !== undefined && { cert: await read(cert) }),
      ...(key !== undefined && { key: await read(key) }),
    },
  })
  return (url, init) => fetch(url, { ...init, dispatcher })
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new ConnectError(`cannot read ${path}`, { cause: error })
  }
}
