// What a support bundle consists of, and how each part comes about.
// Source of the behaviour: alloy/internal/service/http/supportbundle.go.

import { uptime } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as passed } from 'node:timers/promises'
import type { InternalResponse } from '../../engine/internal_network.ts'
import { bytesOf } from '../../go/text.ts'
import type { LogTee } from '../../services/log_tee.ts'
import type { RedactedSource } from '../../services/redacted_source.ts'
import { activityProfile, blockProfile, mutexProfile } from '../pprof/counted.ts'
import { encodeProfile } from '../pprof/profile.ts'
import { CpuProfiler, heapProfile, type Window } from '../pprof/sampled.ts'
import { environmentText } from './environment.ts'
import { processReport } from './process_report.ts'
import type { ZippedFile } from './zip.ts'

export interface BundleFacts {
  /** With the `v`. */
  readonly version: string
  /** As Go names them: `linux`, `amd64`. */
  readonly os: string
  readonly architecture: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly logs: LogTee
  /** One `name=value` a line. */
  flags(): string
  /** `/metrics`. */
  metrics(): Promise<string>
  /** What an API answers without a login; its path is below the prefix of the UI. */
  api(path: string): Promise<InternalResponse>
  sources(): Promise<BundledSources>
  /** Blots out secrets in a text of any kind. */
  redact(text: string): string
}

export interface BundledSources {
  /** Those that were read last, and, if these failed, those in force too. */
  readonly config: readonly RedactedSource[]
  readonly imported: readonly RedactedSource[]
}

export interface Part {
  /** Where in the bundle, a folder where it is several files. */
  readonly path: string
  /** Called when the window opens; the content may be that at its end. */
  collect(window: Window): Promise<readonly ZippedFile[]>
}

/** In the order in which they stand in the bundle. */
export function bundleParts(facts: BundleFacts): readonly Part[] {
  const { redact } = facts
  const profiler = new CpuProfiler()
  return [
    file('alloy-metadata.yaml', async () => metadata(facts)),
    file('alloy-components.json', () => apiBody(facts, 'api/v0/web/components')),
    file('alloy-peers.json', () => apiBody(facts, 'api/v0/web/peers')),
    file('alloy-runtime-flags.txt', async () => redact(facts.flags())),
    file('alloy-environment.txt', async () => environmentText(facts.environment, redact)),
    file('alloy-metrics-sample-start.txt', () => facts.metrics()),
    file('alloy-metrics-sample-end.txt', async (window) => {
      await end(window)
      return facts.metrics()
    }),
    file('alloy-logs.txt', (window) => logs(facts.logs, window)),
    file('alloyts-components.json', () => apiBody(facts, 'api/alloyts/v1/components')),
    file('alloyts-report.json', (window) => report(facts.version, window)),
    profile('cpu', (window) => profiler.sample('cpu', window)),
    profile('heap', (window) => heapProfile('heap', window)),
    profile('block', blockProfile),
    profile('goroutine', async () => activityProfile()),
    profile('mutex', async ({ durationMs }) => mutexProfile(durationMs)),
    {
      path: 'sources',
      collect: async () => {
        const { config, imported } = await facts.sources()
        return [...sourceFiles('sources', config), ...sourceFiles('sources/imports', imported)]
      },
    },
  ]
}

function file(
  path: string,
  make: (window: Window) => Promise<string | Uint8Array | undefined>,
): Part {
  const collect = async (window: Window) => {
    const made = await make(window)
    if (made === undefined) return []
    return [{ path, content: typeof made === 'string' ? bytesOf(made) : made }]
  }
  return { path, collect }
}

function profile(name: string, take: (window: Window) => ReturnType<typeof blockProfile>): Part {
  return file(`pprof/${name}.pprof`, async (window) => encodeProfile(await take(window)))
}

/** The uptime is that of the machine, as in upstream. */
function metadata({ architecture, os, version }: BundleFacts): string {
  return (
    `build_version: ${version}\nos: ${os}\narchitecture: ${architecture}\n` +
    `uptime: ${Math.floor(uptime())}\n`
  )
}

/** Without a line there is no file. */
async function logs(tee: LogTee, window: Window): Promise<string | undefined> {
  const capture = tee.begin()
  try {
    await end(window)
    return capture.text() || undefined
  } finally {
    capture.end()
  }
}

async function report(version: string, window: Window): Promise<string> {
  const loopDelay = monitorEventLoopDelay()
  loopDelay.enable()
  try {
    await end(window)
    return processReport({ version, loopDelay })
  } finally {
    loopDelay.disable()
  }
}

function end({ durationMs, signal }: Window): Promise<void> {
  return passed(durationMs, undefined, { signal })
}

async function apiBody({ api }: BundleFacts, path: string): Promise<Uint8Array> {
  const { body, status } = await api(path)
  if (status === 200) return body
  throw new Error(`${path} is answered with ${status}`)
}

/** By their base names; those that are there already get a number. */
export function sourceFiles(folder: string, sources: readonly RedactedSource[]): ZippedFile[] {
  const taken = new Set<string>()
  return sources.map(({ name, text }) => {
    const base = name.split(/[/\\]/).at(-1) || 'config.alloy'
    const dot = base.lastIndexOf('.')
    const [stem, ending] = dot > 0 ? [base.slice(0, dot), base.slice(dot)] : [base, '']
    let path = `${folder}/${base}`
    for (let n = 2; taken.has(path); n++) path = `${folder}/${stem}-${n}${ending}`
    taken.add(path)
    return { path, content: bytesOf(text) }
  })
}
