// One scrape: all collectors at the same time, each with a deadline and a page of its own.

import type { Clock } from '../../../../model/clock.ts'
import type { Logger } from '../../../../model/logger.ts'
import { MetricPage } from '../../../../wire/exposition/metric_page.ts'
import { type Collector, counter, gauge, isNoData } from './collector.ts'

/** Less than the 10 s that a scrape waits, more than the 5 s that a mount may take. */
const collectorTimeoutMs = 8000

const duration = gauge(
  'node_scrape_collector_duration_seconds',
  'node_exporter: Duration of a collector scrape.',
)
const success = gauge(
  'node_scrape_collector_success',
  'node_exporter: Whether a collector succeeded.',
)
const errors = counter(
  'promhttp_metric_handler_errors_total',
  'Total number of internal errors encountered by the promhttp metric handler.',
)

export interface ScrapeSetting {
  readonly collectors: readonly Collector[]
  readonly clock: Clock
  readonly logger: Logger
  /** Adds what the exporter says of itself. */
  readonly describe: (page: MetricPage) => void
}

interface Outcome {
  readonly page: MetricPage
  readonly durationMs: number
  readonly error?: Error
}

/**
 * Scrapes that overlap share one page. A collector that misses its deadline is not asked again
 * before it is done, so that a device that never answers costs one call, not one per scrape.
 */
export class Scrape {
  readonly #collectors: readonly Collector[]
  readonly #clock: Clock
  readonly #describe: (page: MetricPage) => void
  readonly #logger: Logger
  readonly #late = new Set<string>()
  /** What was logged last of each collector that fails. */
  readonly #reported = new Map<string, string>()
  #running: Promise<MetricPage> | undefined
  #gatheringErrors = 0

  constructor({ clock, collectors, describe, logger }: ScrapeSetting) {
    this.#collectors = collectors
    this.#clock = clock
    this.#describe = describe
    this.#logger = logger
  }

  page(): Promise<MetricPage> {
    this.#running ??= this.#collect().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #collect(): Promise<MetricPage> {
    const page = new MetricPage()
    const outcomes = await Promise.all(this.#collectors.map((each) => this.#outcomeOf(each)))
    for (const [i, outcome] of outcomes.entries()) this.#add(page, this.#collectors[i]!, outcome)
    page.add(errors, 0, { cause: 'encoding' })
    page.add(errors, this.#gatheringErrors, { cause: 'gathering' })
    this.#describe(page)
    return page
  }

  async #outcomeOf(collector: Collector): Promise<Outcome> {
    const page = new MetricPage()
    const startMs = this.#clock.monotonic()
    const error = await this.#collectInTime(collector, page).then(
      () => undefined,
      (reason: Error) => reason,
    )
    const durationMs = this.#clock.monotonic() - startMs
    return error === undefined ? { page, durationMs } : { page, durationMs, error }
  }

  async #collectInTime(collector: Collector, page: MetricPage): Promise<void> {
    const { name } = collector
    if (this.#late.has(name)) throw new Error('an earlier scrape still waits for it')
    this.#late.add(name)
    const work = collector.collect(page).finally(() => this.#late.delete(name))
    let cancel: () => void = () => undefined
    const deadline = new Promise<never>((_, reject) => {
      cancel = this.#clock.after(collectorTimeoutMs, () => {
        reject(new Error(`no answer within ${collectorTimeoutMs / 1000}s`))
      })
    })
    try {
      await Promise.race([work, deadline])
    } finally {
      cancel()
    }
  }

  #add(page: MetricPage, { name }: Collector, { durationMs, error, page: own }: Outcome): void {
    for (const problem of page.take(own)) {
      this.#gatheringErrors++
      this.#logger.log('error', 'error gathering metrics', { name, err: problem })
    }
    page.add(duration, durationMs / 1000, { collector: name })
    page.add(success, error === undefined ? 1 : 0, { collector: name })
    if (error === undefined) this.#reported.delete(name)
    else this.#report(name, durationMs, error)
  }

  /** Once, until it works again or fails otherwise: scrapes come every few seconds. */
  #report(name: string, durationMs: number, error: Error): void {
    if (this.#reported.get(name) === error.message) return
    this.#reported.set(name, error.message)
    const fields = { name, duration_seconds: durationMs / 1000, err: error.message }
    if (isNoData(error)) this.#logger.log('debug', 'collector returned no data', fields)
    else this.#logger.log('error', 'collector failed', fields)
  }
}
