// The series that each scrape tells about itself.

import { BodySizeError } from './page.ts'
import type { ScrapeTarget } from './targets.ts'

const always = [
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
] as const
const extra = ['scrape_timeout_seconds', 'scrape_sample_limit', 'scrape_body_size_bytes'] as const

export function reportNames(withExtra: boolean): readonly string[] {
  return withExtra ? [...always, ...extra] : always
}

export interface ScrapeReport {
  /** Why it failed, undefined where it did not. */
  readonly failure: unknown
  readonly durationMs: number
  readonly bodySizeBytes: number
  /** Samples in the page, those passed on, and series that were new. */
  readonly scraped: number
  readonly kept: number
  readonly added: number
}

/** In the order of `reportNames(true)`. */
export function reportValues(
  scrape: ScrapeReport,
  target: ScrapeTarget,
  sampleLimit: number,
): readonly number[] {
  const { failure, bodySizeBytes } = scrape
  const hasFailed = failure !== undefined
  const size = failure instanceof BodySizeError ? -1 : hasFailed ? 0 : bodySizeBytes
  return [
    hasFailed ? 0 : 1,
    scrape.durationMs / 1000,
    scrape.scraped,
    scrape.kept,
    scrape.added,
    target.timeoutMs / 1000,
    sampleLimit,
    size,
  ]
}
