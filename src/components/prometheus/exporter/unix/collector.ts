// What a collector of prometheus.exporter.unix is, and what it is built from.

import type { Logger } from '../../../../model/logger.ts'
import type { Arguments } from '../../../../schema/declaration.ts'
import type { FamilySpec, MetricPage } from '../../../../wire/exposition/metric_page.ts'
import type { declaration } from '../unix.ts'
import type { Host } from './host.ts'

export type UnixArguments = Arguments<typeof declaration>

export interface Collector {
  /** The value of the label `collector`. */
  readonly name: string
  /**
   * Adds what the machine says now. Rejects with the system's ENOENT or with `NoData` where the
   * machine has nothing of it; what was added before a rejection stays on the page.
   */
  collect(page: MetricPage): Promise<void>
}

export interface CollectorSetting {
  readonly args: UnixArguments
  readonly host: Host
  /** Its lines carry the collector's name. */
  readonly logger: Logger
}

/** Throws where its arguments are wrong: then the component does not load. */
export type BuildCollector = (setting: CollectorSetting) => Collector | Promise<Collector>

/** The machine has nothing of what a collector looks for, which is no fault. */
export class NoData extends Error {
  override readonly name = 'NoData'

  constructor(message = 'collector returned no data') {
    super(message)
  }
}

/** Whether a collector failed only because the machine does not have what it reads. */
export function isNoData(error: unknown): boolean {
  return error instanceof NoData || (error instanceof Error && isMissing(error))
}

/** Whether a file or directory is not there. */
export function isMissing(error: Error & { readonly code?: unknown }): boolean {
  return error.code === 'ENOENT' || error.code === 'ENOTDIR'
}

export function gauge(name: string, help: string): FamilySpec {
  return { name, help, type: 'gauge' }
}

export function counter(name: string, help: string): FamilySpec {
  return { name, help, type: 'counter' }
}

export function untyped(name: string, help: string): FamilySpec {
  return { name, help, type: 'untyped' }
}
