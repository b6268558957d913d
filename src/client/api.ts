// The shapes of our own API below `PREFIX/api/alloyts/v1/`, for terminal and browser. Go Alloy has
// none of it: whoever asks one gets a page of its UI or a 404.

import type { FlowType } from '../engine/flow.ts'

/** `info`: who answers, and what it can do. `alloyts` lets clients tell us apart. */
export interface Info {
  readonly alloyts: 1
  /** Without the `v`. */
  readonly version: string
  readonly nodeVersion: string
  readonly platform: string
  readonly hostname: string
  /** Unix time in ms. */
  readonly startedMs: number
  /** `/`, or `/alloy/`. */
  readonly uiPathPrefix: string
  readonly configPath: string
  readonly clustering: { readonly enabled: boolean }
  readonly remotecfg: { readonly enabled: boolean }
  readonly liveDebugging: { readonly enabled: boolean }
  /** Of the last load, the first one included. */
  readonly lastLoad: LoadReport
}

export interface LoadReport {
  readonly ok: boolean
  /** Unix time in ms. */
  readonly atMs: number
  /** Empty where it went well. */
  readonly error: string
}

/** `components`: of all modules, in the order of the configuration. */
export interface ComponentSummary {
  /** Global: `mod.default/prometheus.scrape.a`. */
  readonly id: string
  /** `prometheus.scrape`. */
  readonly name: string
  readonly label: string
  /** Global; empty for the root. */
  readonly moduleId: string
  readonly health: HealthReport
  /** Global ids. */
  readonly dataFlowTo: readonly string[]
  readonly referencesTo: readonly string[]
  readonly createdModuleIds: readonly string[]
  /** Of writers only. */
  readonly delivery?: DeliveryReport
}

export interface HealthReport {
  readonly state: 'unknown' | 'healthy' | 'unhealthy' | 'exited'
  readonly message: string
  readonly updatedMs: number
}

export interface DeliveryReport {
  readonly isDelivering: boolean
  /** Empty while it delivers. */
  readonly message: string
  /** Age of the oldest sample not yet taken by the slowest endpoint, in seconds, where known. */
  readonly lagSeconds?: number
}

/** `writers`: what `/-/delivering` says, as JSON. */
export interface Writer extends DeliveryReport {
  readonly id: string
}

/**
 * `targets?state=up|down|unknown&component=ID&q=TEXT&limit=N&offset=N`: the first 100 unless said,
 * 1000 at most. The text is a part of component, job, URL, `label=value` or error, in any case.
 */
export interface TargetPage {
  /** Of all that match `component` and `q`, whatever their state. */
  readonly counts: { readonly up: number; readonly down: number; readonly unknown: number }
  /** Of all that match. */
  readonly total: number
  readonly items: readonly ScrapedTarget[]
}

export interface ScrapedTarget {
  /** Global id of the component that scrapes it. */
  readonly component: string
  readonly job: string
  /** Without user and password. */
  readonly url: string
  readonly state: 'up' | 'down' | 'unknown'
  readonly labels: Readonly<Record<string, string>>
  /** Unix time in ms; 0 before the first. */
  readonly lastScrapeMs: number
  readonly lastDurationSeconds: number
  /** Empty where it went well. */
  readonly lastError: string
  /** Name of the cluster's node that scrapes it. */
  readonly owner: string
}

/**
 * A line of `logs?level=debug|info|warn|error&component=ID&tail=N&follow=1`, as NDJSON: those of
 * the level and of more severe ones, of the component or of all inside the module. Streams have an
 * empty line every 15 s. 404 where lines are not kept.
 */
export interface LogLine {
  readonly atMs: number
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** Global id; empty for the program itself. */
  readonly component: string
  readonly message: string
  readonly fields: Readonly<Record<string, string>>
  /**
   * Lines that this client missed before this one, for it reads too slowly; those that it did not
   * ask for included.
   */
  readonly missed?: number
}

/** `config`: what is in force, secrets hidden. */
export interface EffectiveConfig {
  readonly sources: readonly { readonly path: string; readonly text: string }[]
}

/** A line of `graph?window=SECONDS`, as NDJSON: rates over every edge of all modules. */
export interface GraphRates {
  readonly atMs: number
  readonly windowSeconds: number
  readonly edges: readonly EdgeRate[]
}

export interface EdgeRate {
  /** Global ids. */
  readonly from: string
  readonly to: string
  readonly type: FlowType
  /** Items per second; of targets, how many there are. */
  readonly rate: number
}

/** A line of upstream's `api/v0/web/debug/ID?sampleProb=P`, where it has `&format=ndjson`. */
export interface DebugLine {
  readonly atMs: number
  /** What flowed. */
  readonly text?: string
  /** So many records were not made, or did not fit, since the last line. */
  readonly missed?: number
  /** Why this is the last line. */
  readonly ended?: string
}

/**
 * `meta?seconds=N`: figures of the program itself, a point every `intervalSeconds`, of at most 15
 * minutes.
 */
export interface Meta {
  readonly intervalSeconds: number
  /** Unix time in ms of the last point. */
  readonly lastMs: number
  /** Oldest first, all of one length; null where nothing was known. */
  readonly series: Readonly<Partial<Record<MetaName, readonly (number | null)[]>>>
}

export type MetaName =
  | 'cpu_cores'
  | 'resident_bytes'
  | 'heap_used_bytes'
  | 'loop_delay_p99_seconds'
  | 'samples_scraped_per_second'
  | 'samples_sent_per_second'
  | 'samples_failed_per_second'
  | 'samples_pending'
  | 'send_lag_seconds'
  | 'shards'
  | 'active_series'
  | 'log_bytes'
  | 'evaluation_queue'

/**
 * `components/ID/exports?path=targets&q=TEXT&limit=N&offset=N`: a part of a long list. The path is
 * an export and keys below it, `a.b.c`. Of a list its elements, of an object `{key, value}`, else
 * the value itself; with a text, those that have it in a key or value, in any case.
 */
export interface ExportPage {
  readonly total: number
  /** In the encoding of arguments and exports. */
  readonly items: readonly unknown[]
}

/** A line of `events`, as NDJSON: says that something should be read again. */
export interface EngineEvent {
  readonly atMs: number
  readonly kind: 'loaded' | 'load_failed' | 'health' | 'components'
  /** Global id, where it is about one component. */
  readonly component?: string
}

/** `search?q=TEXT&limit=N`: what has a text, in any case; at most N of each kind. */
export interface SearchResults {
  /** Global ids. */
  readonly components: readonly string[]
  /** As in `TargetPage`. */
  readonly targets: { readonly total: number; readonly items: readonly ScrapedTarget[] }
  /** Lines are counted from 1. */
  readonly config: readonly {
    readonly path: string
    readonly line: number
    readonly text: string
  }[]
}

// `doc/NAME` answers what `alloyts schema NAME` prints: SchemaJson of src/schema/schema_json.ts.

/** Every error of this API. Parameters that are unknown are refused. */
export interface ApiError {
  readonly error: string
}
