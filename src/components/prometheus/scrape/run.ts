// Runs prometheus.scrape: keeps one loop for each target, and ends them in the right way.

import { type Component, type Runner, Stopped } from '../../../engine/component.ts'
import type { DebugStatement } from '../../../engine/debug_info.ts'
import type { TargetState } from '../../../engine/target_state.ts'
import { same } from '../../../eval/same.ts'
import { formatDurationNs, nsOfMs } from '../../../go/duration.ts'
import { PagedUint32 } from '../../../model/paged.ts'
import { HttpClient } from '../../../net/http_client.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import type { ScrapeProtocol } from '../../../wire/exposition/content_type.ts'
import type { declaration } from '../scrape.ts'
import { FailureLog } from './failure_log.ts'
import type { LoopHost, LoopSettings, ScrapeContext } from './loop_host.ts'
import { scrapeHeaders } from './page.ts'
import { targetInfo } from './target_info.ts'
import { TargetSet } from './target_set.ts'

type D = typeof declaration
type Args = Arguments<D>

class Scrape implements Component<D> {
  readonly #context: ScrapeContext
  readonly #host: LoopHost
  readonly #targets: TargetSet
  #args: Args
  /** Grows when the series of the same targets become others. */
  #generation = 0
  /** When the last change of the arguments began that does not hold yet. */
  #reloadStartMs: number | undefined
  #isRunning = false

  constructor(context: ScrapeContext, args: Args) {
    this.#context = context
    this.#args = args
    this.#host = {
      context,
      fanout: context.metricsFanout(args.forward_to),
      holders: new PagedUint32(context.pool.pages),
      client: clientOf(context, args),
      settings: settingsOf(context, args),
      jobName: args.job_name || context.id,
      failureLog: failureLogOf(context, args),
      forced: undefined,
    }
    this.#targets = new TargetSet(this.#host)
    context.metrics.pools.inc()
    context.onCollect(() => this.#collect())
  }

  update(args: Args): void {
    const before = this.#args
    const startMs = this.#context.clock.monotonic()
    if (!sameSettings(before, args, ['targets', 'forward_to'])) {
      const client = clientOf(this.#context, args)
      this.#host.client.close()
      this.#host.client = client
    }
    this.#args = args
    this.#host.fanout.update(args.forward_to)
    if (!sameSettings(before, args, keepsSeries)) this.#generation++
    this.#host.settings = settingsOf(this.#context, args)
    this.#host.jobName = this.#jobName
    this.#reopenFailureLog()
    if (!sameSettings(before, args, ['targets', 'forward_to'])) this.#context.metrics.reloads.inc()
    if (!this.#isRunning) return
    this.#reloadStartMs ??= startMs
    this.#sync()
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#isRunning = true
    this.#sync()
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    this.#isRunning = false
    const isRemoved = signal.reason instanceof Stopped && signal.reason.why === 'removed'
    await this.#targets.end(isRemoved ? 'removed' : 'shutdown')
    this.#host.client.close()
    await this.#host.failureLog?.close()
  }

  *debugInfo(): Generator<DebugStatement> {
    for (const loop of this.#targets.loops) {
      yield { kind: 'block', name: 'target', body: targetInfo(this.#jobName, loop) }
    }
  }

  targets(): readonly TargetState[] {
    const job = this.#jobName
    return this.#targets.loops.map(({ target: { url, labels }, status }) => {
      return { job, url, labels, status }
    })
  }

  /** Has the targets of the arguments scraped, soon. */
  #sync(): void {
    const { metrics, clock } = this.#context
    const { targets, target_limit, scheme, metrics_path, params } = this.#args
    const { scrape_interval: intervalMs, scrape_timeout: timeoutMs } = this.#args
    const startMs = clock.monotonic()
    const job = { scrape_job: this.#jobName }
    const applied = () => {
      metrics.syncs.labels(job).inc()
      const seconds = (clock.monotonic() - startMs) / 1000
      metrics.syncLength.labels(job).observe(seconds)
      metrics.syncLengthHistogram.labels(job).observe(seconds)
      this.#reloaded(intervalMs)
    }
    this.#targets.sync({
      discovered: targets,
      defaults: {
        jobName: this.#jobName,
        scheme,
        metricsPath: metrics_path,
        intervalMs,
        timeoutMs,
        params,
      },
      limit: Number(target_limit),
      generation: this.#generation,
      applied,
    })
  }

  /** What changes of the arguments began has come to its end. */
  #reloaded(intervalMs: number): void {
    const { metrics, clock } = this.#context
    if (this.#reloadStartMs === undefined) return
    const seconds = (clock.monotonic() - this.#reloadStartMs) / 1000
    this.#reloadStartMs = undefined
    const interval = formatDurationNs(nsOfMs(intervalMs))
    metrics.reloadLength.labels({ interval }).observe(seconds)
  }

  get #jobName(): string {
    return this.#args.job_name || this.#context.id
  }

  /** With every change of the arguments, as the original does: the file may have been rotated. */
  #reopenFailureLog(): void {
    void this.#host.failureLog?.close()
    this.#host.failureLog = failureLogOf(this.#context, this.#args)
  }

  #collect(): void {
    const { metrics, pool } = this.#context
    const job = { scrape_job: this.#jobName }
    metrics.targets.set(this.#targets.size)
    metrics.poolTargets.labels(job).set(this.#targets.size)
    metrics.targetLimit.labels(job).set(Number(this.#args.target_limit))
    metrics.symbols.labels(job).set(pool.pairs.size)
    let families = 0
    let bytes = 0
    for (const { metadata } of this.#targets.loops) {
      families += metadata.size
      bytes += metadata.bytes
    }
    metrics.metadataEntries.labels(job).set(families)
    metrics.metadataBytes.labels(job).set(bytes)
  }
}

/** What may change without the series of the targets becoming others. */
const keepsSeries: readonly (keyof Args)[] = [
  'targets',
  'forward_to',
  'scrape_failure_log_file',
  'scrape_interval',
  'scrape_timeout',
  'sample_limit',
  'body_size_limit',
  'target_limit',
  'scrape_protocols',
  'scrape_fallback_protocol',
  'enable_compression',
  'extra_metrics',
  'basic_auth',
  'authorization',
  'oauth2',
  'bearer_token',
  'bearer_token_file',
  'proxy_url',
  'no_proxy',
  'proxy_from_environment',
  'proxy_connect_header',
  'tls_config',
  'follow_redirects',
  'enable_http2',
  'http_headers',
]

function sameSettings(a: Args, b: Args, except: readonly (keyof Args)[]): boolean {
  const names = Object.keys(a) as (keyof Args)[] // decoding gives the declared names and no others
  return names.every((name) => except.includes(name) || sameThing(a[name], b[name]))
}

/** Arguments hold plain data and secrets only, the receivers apart. */
function sameThing(a: unknown, b: unknown): boolean {
  return same(a, b)
}

function failureLogOf({ clock, logger }: ScrapeContext, args: Args): FailureLog | undefined {
  const path = args.scrape_failure_log_file
  return path === '' ? undefined : new FailureLog(path, clock, logger)
}

function clientOf(context: ScrapeContext, args: Args): HttpClient {
  const { program, internal } = context
  return new HttpClient(args, { userAgent: program.userAgent, internal })
}

function settingsOf(context: ScrapeContext, args: Args): LoopSettings {
  return {
    page: {
      headers: scrapeHeaders({
        protocols: args.scrape_protocols,
        escaping: args.metric_name_escaping_scheme,
        compression: args.enable_compression,
      }),
      fallback: args.scrape_fallback_protocol as ScrapeProtocol | '', // the check took no others
      sizeLimit: args.body_size_limit,
      sizeMax: context.limits.scrapeBodySizeBytes,
    },
    rules: {
      honorLabels: args.honor_labels,
      legacyNames: args.metric_name_validation_scheme === 'legacy',
      labelLimit: Number(args.label_limit),
      nameLengthLimit: Number(args.label_name_length_limit),
      valueLengthLimit: Number(args.label_value_length_limit),
    },
    honorTimestamps: args.honor_timestamps,
    trackTimestamps: args.track_timestamps_staleness,
    sampleLimit: Number(args.sample_limit),
    extraMetrics: args.extra_metrics,
  }
}

export default {
  open: (context, args) => new Scrape(context, args),
} satisfies Runner<D>
