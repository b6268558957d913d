// Fetches a support bundle from a running instance into a file.

import { writeFile } from 'node:fs/promises'
import { describe } from '../engine/describe.ts'
import type { HttpClient } from '../net/http_client.ts'
import { CommandLineError } from './failure.ts'
import { bodyOfOk } from './http_answer.ts'

/** Beyond the duration: another bundle may be under way. */
const patienceMs = 60_000

const bodySizeMax = 512 * 1024 * 1024

export interface SupportOptions {
  readonly client: HttpClient
  /** Of the server: `http://127.0.0.1:12345`. */
  readonly url: string
  readonly durationSeconds: number
  readonly include: string
  readonly exclude: string
  /** `-` for standard output. A file that is there already is not overwritten. */
  readonly out: string
  stdout(bytes: Uint8Array | string): void
}

export async function fetchSupportBundle(options: SupportOptions): Promise<void> {
  const { client, durationSeconds, out, stdout } = options
  const timeoutMs = durationSeconds * 1000 + patienceMs
  const url = bundleUrl(options)
  let body: Uint8Array
  try {
    body = await bodyOfOk(client, { method: 'GET', url, timeoutMs, bodySizeMax })
  } catch (error) {
    throw new CommandLineError(`cannot fetch the support bundle: ${describe(error)}`)
  }
  // Without UI assets an instance may answer anything with its page.
  if (!isZip(body)) throw new CommandLineError('the answer is no support bundle')
  if (out === '-') {
    stdout(body)
    return
  }
  try {
    // It shows how the machine is set up: nobody else may read it.
    await writeFile(out, body, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new CommandLineError(`cannot write ${JSON.stringify(out)}: ${describe(error)}`)
  }
  stdout(`${out}\n`)
}

function bundleUrl({ durationSeconds, exclude, include, url }: SupportOptions): URL {
  let target: URL
  try {
    target = new URL('/-/support', url)
  } catch {
    throw new CommandLineError(`${JSON.stringify(url)} is no URL such as http://127.0.0.1:12345`)
  }
  // A relative reference drops the login of its base.
  const { password, username } = new URL(url)
  target.username = username
  target.password = password
  target.searchParams.set('duration', String(durationSeconds))
  if (include !== '') target.searchParams.set('include', include)
  if (exclude !== '') target.searchParams.set('exclude', exclude)
  return target
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}
