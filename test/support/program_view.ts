// A program that answers what a test says.

import { systemClock } from '../../src/model/clock.ts'
import { MetaHistory } from '../../src/server/own/meta_history.ts'
import type { ProgramView } from '../../src/server/own/program_view.ts'

export function programView(changes: Partial<ProgramView> = {}): ProgramView {
  return {
    clock: systemClock,
    meta: new MetaHistory(),
    info: () => ({
      alloyts: 1,
      version: '0.0.0',
      nodeVersion: 'v20.0.0',
      platform: 'linux',
      hostname: 'host',
      startedMs: 1,
      uiPathPrefix: '/',
      configPath: 'config.alloy',
      clustering: { enabled: false },
      remotecfg: { enabled: false },
      liveDebugging: { enabled: false },
      lastLoad: { ok: true, atMs: 2, error: '' },
    }),
    sources: async () => [{ path: 'config.alloy', text: 'logging { }\n' }],
    documentation: async (name) => (name === 'logging' ? { blocks: [] } : undefined),
    mask: (text) => text.replaceAll('hunter2-hunter2', '(secret)'),
    ...changes,
  }
}
