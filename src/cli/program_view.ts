// The running program as our own API shows it.

import { hostname } from 'node:os'
import type { Info } from '../client/api.ts'
import type { EngineView } from '../server/engine_view.ts'
import type { LoadReports } from '../server/own/load_reports.ts'
import type { ProgramView } from '../server/own/program_view.ts'
import { uiPrefix } from '../server/routes.ts'
import type { ProgramOptions } from './run_program.ts'

export interface ProgramParts {
  readonly engine: EngineView
  readonly loads: LoadReports
  mask(text: string): string
}

export function programView(
  { path, uiPathPrefix, version }: ProgramOptions,
  { engine, loads, mask }: ProgramParts,
): ProgramView {
  const facts: Omit<Info, 'lastLoad' | 'liveDebugging'> = {
    alloyts: 1,
    version,
    nodeVersion: process.version,
    platform: process.platform,
    hostname: hostname(),
    startedMs: Math.round(performance.timeOrigin),
    uiPathPrefix: uiPrefix(uiPathPrefix),
    configPath: path,
    clustering: { enabled: false },
    remotecfg: { enabled: false },
  }
  const info = () => {
    const liveDebugging = { enabled: engine.isLiveDebuggingEnabled() }
    return { ...facts, liveDebugging, lastLoad: loads.last }
  }
  return { info, mask }
}
