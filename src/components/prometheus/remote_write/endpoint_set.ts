// The endpoints of one component, over changes of its configuration.

import { createHash } from 'node:crypto'
import type { Context } from '../../../engine/component.ts'
import { same } from '../../../eval/same.ts'
import { Secret } from '../../../eval/secret.ts'
import type { SampleLog } from '../../../model/sample_log.ts'
import { HttpClient } from '../../../net/http_client.ts'
import { argumentsOf, emptyBody } from '../../../schema/body.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import type { Decoded, Fields, Schema } from '../../../schema/schema.ts'
import { RelabelRules } from '../../common/relabel/rules.ts'
import type { declaration } from '../remote_write.ts'
import { metadataConfig, queueConfig } from '../remote_write_queue.ts'
import { Endpoint } from './endpoint.ts'
import type { Place } from './endpoint_options.ts'
import { QueueCounts } from './queue_counts.ts'
import { QueueMetrics } from './queue_metrics.ts'
import type { RequestBodies } from './request_bodies.ts'
import { Sender } from './sender.ts'
import { SeriesRewrite } from './series_rewrite.ts'

type D = typeof declaration
export type Args = Arguments<D>
type EndpointArgs = Args['endpoint'][number]

interface Settings {
  readonly args: EndpointArgs
  readonly externalLabels: ReadonlyMap<string, string>
  readonly name: string
}

interface Running {
  readonly settings: Settings
  readonly client: HttpClient
  readonly metrics: QueueMetrics
  readonly counts: QueueCounts
  /** At once, or once the predecessor has let go of its place in the log. */
  readonly started: Promise<Endpoint>
  /** What is sending now: itself, or its predecessor. */
  current: Endpoint | undefined
}

export interface EndpointSetOptions {
  readonly context: Context<D>
  readonly log: SampleLog
  readonly bodies: RequestBodies
  /** Unix time in ms of the newest row that came in. */
  readonly newestTime: () => number
}

export class EndpointSet {
  readonly #options: EndpointSetOptions
  #running: Running[] = []
  /** Work of endpoints that are leaving. */
  readonly #leaving = new Set<Promise<void>>()

  constructor(options: EndpointSetOptions) {
    this.#options = options
  }

  /**
   * Changes what is sent where, without waiting for any request. What is unchanged goes on. An
   * endpoint with the name or URL of one that leaves goes on where that one stopped; another one
   * begins at `from`, or with what is appended from now on.
   */
  update(args: Args, from = this.#options.log.end): void {
    this.check(args)
    const wanted = settingsOf(args)
    const left = new Set(this.#running)
    const kept = wanted.map((settings) => take(left, (old) => same(old.settings, settings)))
    this.#running = wanted.map((settings, i) => {
      const unchanged = kept[i]
      if (unchanged !== undefined) return unchanged
      return this.#start(
        settings,
        take(left, (old) => isSuccessor(old.settings, settings)),
        from,
      )
    })
    for (const old of left) this.#leave(old)
  }

  /** Throws where `update` would. */
  check(args: Args): void {
    for (const { args: endpoint } of settingsOf(args)) {
      new HttpClient(endpoint, { userAgent: '' }).close()
    }
  }

  /** Sends what the log holds, within a minute, and ends. */
  async end(): Promise<void> {
    for (const running of this.#running.splice(0)) this.#leave(running)
    while (this.#leaving.size > 0) await Promise.all(this.#leaving)
  }

  publish(): void {
    for (const { current, metrics } of this.#running) {
      if (current !== undefined) metrics.publish(current)
    }
  }

  /** Endpoints that fail, each with since when and why; empty while all deliver. */
  failures(): string[] {
    return this.#running.flatMap(({ current, settings }) => {
      const sender = current?.sender
      if (sender === undefined || sender.failure === '') return []
      const since = new Date(sender.failingSince).toISOString()
      return [`${settings.name} has delivered nothing since ${since}: ${sender.failure}`]
    })
  }

  /** Age of the oldest row that an endpoint is not done with, in seconds; 0 without any. */
  lagSeconds(nowMs: number): number {
    const ages = this.#running.map(({ current }) => nowMs - (current?.oldestTime ?? nowMs))
    return Math.max(0, ...ages) / 1000
  }

  #start(settings: Settings, predecessor: Running | undefined, from: number): Running {
    const { context } = this.#options
    const { args, name } = settings
    const labels = { remote_name: name, url: redactedUrl(args.url) }
    const { program, internal } = context
    const goesOn = predecessor !== undefined && same(predecessor.metrics.labels, labels)
    const metrics = goesOn ? predecessor.metrics : new QueueMetrics(context.metrics, labels)
    if (predecessor !== undefined && !goesOn) predecessor.metrics.remove()
    const counts = goesOn ? predecessor.counts : new QueueCounts()
    const client = new HttpClient(args, { userAgent: program.userAgent, internal })
    const shared = { settings, client, metrics, counts }
    if (predecessor === undefined) {
      const endpoint = this.#open(shared, { from, until: from, isSent: () => false })
      return { ...shared, started: Promise.resolve(endpoint), current: endpoint }
    }
    const running: Running = {
      ...shared,
      started: this.#succeed(predecessor, shared, (endpoint) => {
        running.current = endpoint
      }),
      current: predecessor.current,
    }
    return running
  }

  async #succeed(
    predecessor: Running,
    shared: Pick<Running, 'settings' | 'client' | 'metrics' | 'counts'>,
    opened: (endpoint: Endpoint) => void,
  ): Promise<Endpoint> {
    const before = await predecessor.started
    const place = await before.handOver()
    const endpoint = this.#open(shared, place)
    opened(endpoint)
    before.close()
    predecessor.client.close()
    return endpoint
  }

  #open(
    {
      settings,
      client,
      metrics,
      counts,
    }: Pick<Running, 'settings' | 'client' | 'metrics' | 'counts'>,
    place: Place,
  ): Endpoint {
    const { context, log, bodies, newestTime } = this.#options
    const { args, name } = settings
    const { clock, program } = context
    const queue = args.queue_config ?? defaultsOf(queueConfig)
    const metadata = args.metadata_config ?? defaultsOf(metadataConfig)
    const logger = context.logger.with({ remote_name: name, url: redactedUrl(args.url) })
    const sender = new Sender({
      clock,
      logger,
      client,
      url: args.url,
      timeoutMs: args.remote_timeout,
      headers: headersOf(args, program.uid),
      followRedirects: args.follow_redirects,
      retryOn429: queue.retry_on_http_429,
      backoffMinMs: queue.min_backoff,
      backoffMaxMs: queue.max_backoff,
      observeAttempt: (seconds) => metrics.observeAttempt(seconds),
    })
    const options = {
      clock,
      logger,
      log,
      sender,
      bodies,
      newestTime,
      counts,
      rewrite: rewriteOf(context, settings),
      sendExemplars: args.send_exemplars,
      sendHistograms: args.send_native_histograms,
      queue: {
        batchRows: Number(queue.max_samples_per_send),
        capacity: Number(queue.capacity),
        shardsMin: Number(queue.min_shards),
        shardsMax: Number(queue.max_shards),
        batchDeadlineMs: queue.batch_send_deadline,
        backoffMaxMs: queue.max_backoff,
        ageLimitMs: queue.sample_age_limit,
      },
      metadata: metadata.send
        ? {
            everyMs: metadata.send_interval,
            rowsMax: Number(metadata.max_samples_per_send),
          }
        : undefined,
    }
    return new Endpoint(options, place)
  }

  #leave(running: Running): void {
    const until = this.#options.log.end
    const leaving = running.started
      .then(async (endpoint) => {
        await endpoint.drain(until)
        running.client.close()
        running.metrics.remove()
      })
      .finally(() => this.#leaving.delete(leaving))
    this.#leaving.add(leaving)
  }
}

function settingsOf({ endpoint, external_labels }: Args): Settings[] {
  const settings = endpoint.map((args) => ({
    args,
    externalLabels: external_labels,
    name: args.name || nameOf(args),
  }))
  for (const [i, { args, name }] of settings.entries()) {
    if (!URL.canParse(args.url)) throw new Error(`parse "${redactedUrl(args.url)}": invalid URL`)
    const earlier = settings.slice(0, i)
    if (earlier.some((other) => same(other.args, args) || other.name === name)) {
      const url = redactedUrl(args.url)
      throw new Error(
        `duplicate remote write configs are not allowed, found duplicate for URL: ${url}`,
      )
    }
  }
  return settings
}

/** Takes the first that fits out of the set. */
function take(set: Set<Running>, fits: (running: Running) => boolean): Running | undefined {
  for (const running of set) {
    if (!fits(running)) continue
    set.delete(running)
    return running
  }
  return undefined
}

function isSuccessor(before: Settings, after: Settings): boolean {
  const isNamed = after.args.name !== '' || before.args.name !== ''
  return isNamed ? before.args.name === after.args.name : before.args.url === after.args.url
}

/** Six digits that change with the settings, but tell nothing of secrets. */
function nameOf(args: EndpointArgs): string {
  const text = JSON.stringify(args, (_, value: unknown) => {
    if (value instanceof Map) return [...value]
    if (value instanceof Secret) return null
    return typeof value === 'bigint' ? String(value) : value
  })
  return createHash('md5').update(text).digest('hex').slice(0, 6)
}

/** As Go shows it: the password becomes `xxxxx`. */
function redactedUrl(text: string): string {
  if (!URL.canParse(text)) return text.replace(/\/\/[^/@]*@/, '//')
  const { password, username } = new URL(text)
  return password === '' ? text : text.replace(/\/\/[^/@]*@/, `//${username}:xxxxx@`)
}

function defaultsOf<F extends Fields>(schema: Schema<F>): Decoded<F> {
  return argumentsOf(schema, emptyBody(schema))
}

function headersOf(args: EndpointArgs, uid: string): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(args.headers),
    'Content-Encoding': 'snappy',
    'Content-Type': 'application/x-protobuf',
    'X-Agent-Id': uid,
    'X-Alloy-Id': uid,
    'X-Prometheus-Remote-Write-Version': '0.1.0',
  }
}

function rewriteOf(context: Context<D>, settings: Settings): SeriesRewrite | undefined {
  const { args, externalLabels } = settings
  const rules = new RelabelRules(args.write_relabel_config, { legacyNames: true })
  if (rules.count === 0 && externalLabels.size === 0) return undefined
  return new SeriesRewrite(context.pool, externalLabels, rules.count > 0 ? rules : undefined)
}
