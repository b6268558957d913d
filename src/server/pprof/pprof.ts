// Profiles below /debug/pprof/, as Go's net/http/pprof serves them.

import type { InternalResponse } from '../../engine/internal_network.ts'
import { bytesOf } from '../../go/text.ts'
import { failure } from '../answers.ts'
import type { Route, RoutedRequest } from '../route.ts'
import { activityProfile, activitySummary, blockProfile, mutexProfile } from './counted.ts'
import { pprofIndex } from './index_page.ts'
import { encodeProfile, printProfile, type StackProfile } from './profile.ts'
import { Busy, CpuProfiler, heapProfile, type Window } from './sampled.ts'

/** Go's, of a CPU profile. */
const cpuSecondsPreset = 30

/** Go keeps account all the time; here it begins with the request. */
const windowSecondsPreset = 1

/** Shorter than a client waits for the beginning of an answer. */
const secondsMax = 55

export interface PprofOptions {
  /** Of the process, as the operating system has it. */
  readonly commandLine: readonly string[]
  /** Blots out secrets. */
  mask(text: string): string
}

type Take = (window: Window) => Promise<StackProfile>

const windowed: Readonly<Record<string, Take>> = {
  allocs: (window) => heapProfile('allocs', window),
  block: blockProfile,
  delta_block: blockProfile,
  delta_heap: (window) => heapProfile('allocs', window),
  heap: (window) => heapProfile('heap', window),
}

export function pprof(options: PprofOptions): Route {
  const ofProcessor = new CpuProfiler()
  const ofWallTime = new CpuProfiler()
  return (asked) => {
    const { path } = asked
    if (path === '/debug/pprof') return moved()
    if (path === '/debug/fgprof') return cpu('wall', ofWallTime, asked)
    if (!path.startsWith('/debug/pprof/')) return undefined
    const name = path.slice('/debug/pprof/'.length)
    switch (name) {
      case '':
        return answer(pprofIndex(), 'text/html; charset=utf-8')
      case 'cmdline':
        return answer(options.mask(options.commandLine.join('\0')))
      case 'symbol':
        return answer('num_symbols: 0\n')
      case 'trace':
        return failure(501, 'execution traces are not available in alloyts')
      case 'profile':
        return cpu('cpu', ofProcessor, asked)
      case 'goroutine':
        return activity(asked)
      case 'mutex':
      case 'delta_mutex':
        return shown(asked, mutexProfile())
    }
    const take = Object.hasOwn(windowed, name) ? windowed[name] : undefined
    return take === undefined ? failure(404, 'Unknown profile') : within(asked, name, take)
  }
}

function moved(): InternalResponse {
  const headers = { 'content-type': 'text/html; charset=utf-8', location: '/debug/pprof/' }
  const body = bytesOf('<a href="/debug/pprof/">Temporary Redirect</a>.\n\n')
  return { status: 307, headers, body }
}

/** What is no positive number is as good as none, as in Go. */
async function cpu(
  kind: 'cpu' | 'wall',
  profiler: CpuProfiler,
  { query, request }: RoutedRequest,
): Promise<InternalResponse> {
  const seconds = secondsOf(query) ?? cpuSecondsPreset
  if (seconds > secondsMax) return tooLong()
  try {
    const window = { durationMs: seconds * 1000, signal: request.signal }
    return await encoded(await profiler.sample(kind, window))
  } catch (error) {
    if (!(error instanceof Busy)) throw error
    return failure(500, 'Could not enable CPU profiling: cpu profiling already in use')
  }
}

async function within(asked: RoutedRequest, name: string, take: Take): Promise<InternalResponse> {
  const { query, request } = asked
  const given = secondsOf(query)
  if (given === undefined && query.has('seconds')) {
    return failure(400, 'invalid value for "seconds" - must be a positive integer')
  }
  const seconds = given ?? windowSecondsPreset
  if (seconds > secondsMax) return tooLong()
  const profile = await take({ durationMs: seconds * 1000, signal: request.signal })
  return shown(asked, { ...profile, name })
}

function activity(asked: RoutedRequest): InternalResponse | Promise<InternalResponse> {
  return debugOf(asked) > 1 ? answer(activitySummary()) : shown(asked, activityProfile())
}

function shown(
  asked: RoutedRequest,
  profile: StackProfile,
): InternalResponse | Promise<InternalResponse> {
  return debugOf(asked) > 0 ? answer(printProfile(profile)) : encoded(profile)
}

function debugOf({ query }: RoutedRequest): number {
  return Number.parseInt(query.get('debug') ?? '0', 10) || 0
}

/** A positive whole number; undefined for all else. */
function secondsOf(query: URLSearchParams): number | undefined {
  const text = query.get('seconds') ?? ''
  return /^\+?\d+$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}

function tooLong(): InternalResponse {
  return failure(400, "profile duration exceeds server's WriteTimeout")
}

async function encoded(profile: StackProfile): Promise<InternalResponse> {
  const headers = {
    'content-disposition': `attachment; filename="${profile.name}"`,
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
  }
  return { status: 200, headers, body: await encodeProfile(profile) }
}

function answer(text: string, type = 'text/plain; charset=utf-8'): InternalResponse {
  const headers = { 'content-type': type, 'x-content-type-options': 'nosniff' }
  return { status: 200, headers, body: bytesOf(text) }
}
