// The context of a component that runs alone in a test.

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../../src/engine/component.ts'
import { systemClock } from '../../src/model/clock.ts'
import { silentLogger } from '../../src/model/logger.ts'

/** What the component published, and the values that its gauges and counters hold. */
export interface Seen {
  readonly published: Readonly<Record<string, unknown>>[]
  readonly values: Map<string, number>
}

/** `changes` stand in for whatever the component needs besides. */
export function componentContext<D>(
  id: string,
  changes: Partial<Context<D>> = {},
): { context: Context<D>; seen: Seen } {
  const seen: Seen = { published: [], values: new Map() }
  const context = {
    id,
    dataDir: join(tmpdir(), 'alloyts-no-such-folder'),
    logger: silentLogger,
    clock: systemClock,
    metrics: metricsOf(seen),
    internal: {
      address: 'alloy.internal:12345',
      request: async () => ({ status: 404, headers: {}, body: new Uint8Array() }),
    },
    program: { version: 'v0.0.0', userAgent: 'test', uid: 'uid', hostname: 'host' },
    limits: { scrapeBodySizeBytes: 1e8, remoteWriteMemoryBytes: 1e8 },
    publish: (values: Readonly<Record<string, unknown>>) => seen.published.push(values),
    debugTap: () => ({ isWatched: false, show: () => undefined, keep: () => undefined }),
    onCollect: () => undefined,
    owns: () => true,
    ...changes,
  }
  // A test that needs more than this passes it in `changes`.
  return { context: context as unknown as Context<D>, seen }
}

function metricsOf({ values }: Seen): unknown {
  const instrument = (key: string): object => ({
    set: (value: number) => values.set(key, value),
    inc: (by = 1) => values.set(key, (values.get(key) ?? 0) + by),
    dec: (by = 1) => values.set(key, (values.get(key) ?? 0) - by),
    observe: (value: number) => values.set(key, value),
    labels: (labels: Readonly<Record<string, string>>) =>
      instrument(`${key}{${Object.values(labels).join(',')}}`),
    remove: () => undefined,
  })
  return new Proxy({}, { get: (_, name) => instrument(String(name)) })
}
