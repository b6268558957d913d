import { arch, platform } from 'node:os'
import type { Component, Context, Runner } from '../../../../engine/component.ts'
import type { InternalResponse } from '../../../../engine/internal_network.ts'
import {
  type MetricPage,
  metricPageType,
  type PageLabels,
} from '../../../../wire/exposition/metric_page.ts'
import { exporterTarget, untilStopped } from '../../../common/exporter_targets/page_exporter.ts'
import { machineName } from '../instance_machine.ts'
import type { declaration } from '../unix.ts'
import { type Collector, counter, gauge, type UnixArguments } from './collector.ts'
import { buildCollectors } from './collectors.ts'
import { Scrape } from './scrape.ts'

type D = typeof declaration

const buildInfo = gauge(
  'node_exporter_build_info',
  "A metric with a constant '1' value labeled by version, revision, branch, goversion from " +
    'which node_exporter was built, and the goos and goarch for the build.',
)
const inFlight = gauge(
  'promhttp_metric_handler_requests_in_flight',
  'Current number of scrapes being served.',
)
const requests = counter(
  'promhttp_metric_handler_requests_total',
  'Total number of scrapes by HTTP status code.',
)

class UnixExporter implements Component<D> {
  readonly #context: Context<D>
  #scrape: Scrape
  #inFlight = 0
  #answered = 0

  /** Rejects where the arguments choose a collector that cannot be built. */
  static async open(context: Context<D>, args: UnixArguments): Promise<UnixExporter> {
    const exporter = new UnixExporter(context)
    await exporter.update(args)
    const instance = machineName(context.program.hostname, process.env.HOSTNAME)
    const identity = { component: 'prometheus.exporter.unix', job: 'integrations/unix', instance }
    context.publish({ targets: [exporterTarget(context, identity)] })
    return exporter
  }

  private constructor(context: Context<D>) {
    this.#context = context
    this.#scrape = this.#scrapeOf([], false)
  }

  async update(args: UnixArguments): Promise<void> {
    const { logger } = this.#context
    try {
      const collectors = await buildCollectors(args, logger)
      logger.log('info', 'Enabled node_exporter collectors')
      for (const { name } of collectors) logger.log('info', 'collector', { name })
      this.#scrape = this.#scrapeOf(collectors, args.include_exporter_metrics)
    } catch (cause) {
      throw new Error(`failed to create node_exporter: ${(cause as Error).message}`, { cause })
    }
  }

  run(signal: AbortSignal): Promise<void> {
    return untilStopped(signal)
  }

  /** Whatever the path. */
  async http(): Promise<InternalResponse> {
    this.#inFlight++
    try {
      const page = await this.#scrape.page()
      const headers = { 'content-type': metricPageType }
      return { status: 200, headers, body: await page.bytesInTurns() }
    } finally {
      this.#inFlight--
      this.#answered++
    }
  }

  #scrapeOf(collectors: readonly Collector[], withRequests: boolean): Scrape {
    const { clock, logger, program } = this.#context
    const describe = (page: MetricPage): void => {
      page.add(buildInfo, 1, buildLabels(program.version))
      if (!withRequests) return
      page.add(inFlight, this.#inFlight)
      page.add(requests, this.#answered, { code: '200' })
      // A scrape always has an answer, however many collectors fail.
      for (const code of ['500', '503']) page.add(requests, 0, { code })
    }
    return new Scrape({ clock, collectors, describe, logger })
  }
}

/** Those of the original; what has no meaning here is empty. */
function buildLabels(version: string): PageLabels {
  return {
    branch: '',
    goarch: arch() === 'x64' ? 'amd64' : arch(),
    goos: platform(),
    goversion: '',
    revision: 'unknown',
    tags: '',
    version,
  }
}

const runner: Runner<D> = { open: UnixExporter.open }

export default runner
