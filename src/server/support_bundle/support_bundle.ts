// /-/support: everything that somebody needs who is asked for help, in one archive.
// Source of the behaviour: alloy/internal/service/http.

import { describe } from '../../engine/describe.ts'
import type { InternalResponse } from '../../engine/internal_network.ts'
import { bytesOf } from '../../go/text.ts'
import { failure, text, wrongMethod } from '../answers.ts'
import type { Route } from '../route.ts'
import { bundleDuration } from './duration.ts'
import { type BundleFacts, bundleParts, type Part } from './parts.ts'
import { partsChosen } from './selection.ts'
import { type ZippedFile, zipped } from './zip.ts'

/** Left of the duration for what comes after the profiles, as in upstream. */
const assemblyMs = 200

/** Those that ask while so many wait are refused. */
const waitingMax = 8

const folder = 'alloy-support-bundle'

export interface SupportBundleOptions {
  readonly isEnabled: boolean
  readonly facts: BundleFacts
}

export function supportBundle({ facts, isEnabled }: SupportBundleOptions): Route {
  const parts = bundleParts(facts)
  const turns = new Turns()
  return ({ path, query, request }) => {
    if (path !== '/-/support') return undefined
    if (request.method !== 'GET') return wrongMethod('GET')
    if (!isEnabled) return text(403, disabled)
    const duration = bundleDuration(query)
    if ('problem' in duration) return failure(400, duration.problem)
    const chosen = partsChosen(parts, query)
    if ('problem' in chosen) return failure(400, chosen.problem)
    if (turns.waiting >= waitingMax) return failure(503, 'too many support bundles are under way')
    const { signal } = request
    const durationMs = duration.seconds * 1000 - assemblyMs
    const collected = () => collect(chosen.parts, { durationMs, signal }, facts)
    return archive(() => turns.run(collected, signal))
  }
}

const disabled =
  'support bundle generation is disabled; it can be re-enabled by removing the ' +
  '--server.http.disable-support-bundle flag'

/** The answer begins at once, so that it may come late. */
function archive(collected: () => Promise<readonly ZippedFile[]>): InternalResponse {
  const headers = {
    'content-disposition': `attachment; filename="${folder}.zip"`,
    'content-type': 'application/zip',
  }
  async function* stream() {
    yield* zipped(await collected())
  }
  return { status: 200, headers, body: new Uint8Array(), stream: stream() }
}

/** What cannot be collected is named in a file of its own, and does not keep the rest. */
async function collect(
  parts: readonly Part[],
  window: { readonly durationMs: number; readonly signal: AbortSignal },
  { redact }: BundleFacts,
): Promise<readonly ZippedFile[]> {
  const results = await Promise.allSettled(parts.map((part) => part.collect(window)))
  window.signal.throwIfAborted()
  const problems = results.map((result, i) => {
    if (result.status === 'fulfilled') return ''
    return `cannot collect ${parts[i]!.path}: ${redact(describe(result.reason))}\n`
  })
  const files = results.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  const report = problems.join('')
  if (report !== '') files.push({ path: 'alloyts-errors.txt', content: bytesOf(report) })
  return files.map(({ path, content }) => ({ path: `${folder}/${path}`, content }))
}

/** One bundle at a time: the profiles of several would show each other. */
class Turns {
  waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    this.waiting++
    const result = this.#last.then(() => {
      this.waiting--
      signal.throwIfAborted()
      return work()
    })
    this.#last = result.catch(() => {})
    return result
  }
}
