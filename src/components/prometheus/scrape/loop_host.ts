// What the loops of one component share, and what each of them shows.

import type { Context } from '../../../engine/component.ts'
import { describe } from '../../../engine/describe.ts'
import type { TargetStatus } from '../../../engine/target_state.ts'
import type { Fanout } from '../../../model/fanout.ts'
import type { PagedUint32 } from '../../../model/paged.ts'
import type { SampleBatch } from '../../../model/samples.ts'
import type { HttpClient } from '../../../net/http_client.ts'
import type { declaration } from '../scrape.ts'
import type { FailureLog } from './failure_log.ts'
import type { LabelRules } from './labels.ts'
import type { PageSettings } from './page.ts'

export type ScrapeContext = Context<typeof declaration>

/** What all loops of a component share; the settings change with its arguments. */
export interface LoopHost {
  readonly context: ScrapeContext
  readonly fanout: Fanout<SampleBatch>
  readonly holders: PagedUint32
  client: HttpClient
  jobName: string
  settings: LoopSettings
  failureLog: FailureLog | undefined
  /** Fails every scrape, such as too many targets. */
  forced: Error | undefined
}

export interface LoopSettings {
  readonly page: PageSettings
  readonly rules: LabelRules
  readonly honorTimestamps: boolean
  readonly trackTimestamps: boolean
  readonly sampleLimit: number
  readonly extraMetrics: boolean
}

/** After a scrape at `time`, Unix time in ms. */
export function statusOf(failure: unknown, time: number, durationMs: number): TargetStatus {
  const isUp = failure === undefined
  return {
    health: isUp ? 'up' : 'down',
    lastError: isUp ? '' : describe(failure),
    lastScrapeMs: time,
    lastDurationMs: durationMs,
  }
}
