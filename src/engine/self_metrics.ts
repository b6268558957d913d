// What an engine tells of itself on /metrics, by upstream's names.

import { arch, platform } from 'node:process'
import type { Gauge, Observer } from '../schema/instruments.ts'
import { controllerLabelsOf } from './context.ts'
import type { HealthState } from './health.ts'
import type { MetricGroup, MetricSpec, MetricStore } from './metrics.ts'

const evaluationBounds = [0.005, 0.025, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600]

const evaluating = gauge(
  'alloy_component_controller_evaluating',
  'Whether a configuration is being evaluated: 1, else 0.',
)
const runningComponents = gauge(
  'alloy_component_controller_running_components',
  'How many components are in each state of health.',
)
const evaluationSeconds: MetricSpec = {
  kind: 'histogram',
  name: 'alloy_component_evaluation_seconds',
  help: 'Time that evaluations of components took after exports had changed.',
  labels: [],
  bounds: evaluationBounds,
}
const waitSeconds: MetricSpec = {
  kind: 'histogram',
  name: 'alloy_component_dependencies_wait_seconds',
  help: 'Time from a change of exports until the evaluation of what refers to them began.',
  labels: [],
  bounds: evaluationBounds,
}
const queueSize = gauge(
  'alloy_component_evaluation_queue_size',
  'How many components wait for their evaluation.',
)
const slowSeconds = counter(
  'alloy_component_evaluation_slow_seconds',
  'Time spent in evaluations that took a minute or more.',
)
const graphConnection = gauge(
  'alloy_component_graph_connection',
  'Constant 1 for each connection over which components hand each other telemetry.',
)
const componentHealth = gauge(
  'alloy_component_health',
  'Constant 1 for the state of health that a component is in.',
)

/** What a loader shows of its nodes at the moment. */
export interface LoaderView {
  /** Of components, by id within the whole engine. */
  health(): Iterable<{ readonly id: string; readonly state: HealthState }>
  /** Over which telemetry flows; one that is there twice counts once. */
  connections(): Iterable<{ readonly from: string; readonly to: string }>
}

/** Of one loader; nearly all carry `controller_path` and `controller_id`. */
export class LoaderMetrics {
  readonly evaluating: Gauge
  readonly evaluation: Observer
  readonly wait: Observer
  readonly queueSize: Gauge
  readonly #groups: readonly MetricGroup[]
  readonly #slowSeconds = new Map<string, number>()

  constructor(store: MetricStore, controllerId: string, view: LoaderView) {
    const group = store.group(controllerLabelsOf(controllerId))
    const plain = store.group({})
    this.#groups = [group, plain]
    this.evaluating = group.gauge(evaluating)
    this.evaluation = group.observer(evaluationSeconds)
    this.wait = group.observer(waitSeconds)
    this.queueSize = group.gauge(queueSize)
    group.computed(runningComponents, () => countStates(view))
    group.computed(graphConnection, () => connectionsOf(view))
    group.computed(slowSeconds, () => this.#slow())
    plain.computed(componentHealth, () => statesOf(view))
  }

  /** An evaluation took so long that it is worth a line of its own. */
  addSlow(componentId: string, seconds: number): void {
    const before = this.#slowSeconds.get(componentId) ?? 0
    this.#slowSeconds.set(componentId, before + seconds)
  }

  dispose(): void {
    for (const group of this.#groups) group.dispose()
  }

  *#slow() {
    for (const [id, value] of this.#slowSeconds) yield { labels: { component_id: id }, value }
  }
}

function* countStates(view: LoaderView) {
  const counts = new Map<HealthState, number>()
  for (const { state } of view.health()) counts.set(state, (counts.get(state) ?? 0) + 1)
  for (const [state, value] of counts) yield { labels: { health_type: state }, value }
}

function* connectionsOf(view: LoaderView) {
  const seen = new Set<string>()
  for (const { from, to } of view.connections()) {
    const key = `${from} ${to}`
    if (!seen.has(key)) yield { labels: { from, to }, value: 1 }
    seen.add(key)
  }
}

function* statesOf(view: LoaderView) {
  for (const { id, state } of view.health()) yield { labels: { component_id: id, state }, value: 1 }
}

const configHash = gauge('alloy_config_hash', 'Constant 1 for the hash of the configuration.')
const lastLoadSuccessful = gauge(
  'alloy_config_last_load_successful',
  'Whether the last load of the configuration went without errors: 1, else 0.',
)
const lastLoadTimestamp = gauge(
  'alloy_config_last_load_success_timestamp_seconds',
  'Unix time of the last load of the configuration that went without errors.',
)
const loadFailures = counter(
  'alloy_config_load_failures_total',
  'Loads of the configuration that reported errors.',
)
const buildInfo = gauge('alloy_build_info', 'Constant 1, labelled with what the program is.')

/** Of the configuration that the root runs. */
export class ConfigMetrics {
  readonly #group: MetricGroup
  #sha256: string | undefined
  readonly #successful: Gauge
  readonly #timestamp: Gauge
  #failures = 0

  constructor(store: MetricStore, version: string) {
    const group = store.group({})
    this.#group = group
    this.#successful = group.gauge(lastLoadSuccessful)
    this.#timestamp = group.gauge(lastLoadTimestamp)
    group.computed(loadFailures, () => [{ labels: {}, value: this.#failures }])
    group.computed(configHash, () => this.#hash())
    group
      .gauge(buildInfo, {
        branch: '',
        goarch: arch === 'x64' ? 'amd64' : arch,
        goos: platform === 'win32' ? 'windows' : platform,
        goversion: '',
        nodeversion: process.version,
        revision: 'unknown',
        tags: '',
        version,
      })
      .set(1)
  }

  loaded(sha256: string, nowMs: number): void {
    this.#sha256 = sha256
    this.#successful.set(1)
    this.#timestamp.set(nowMs / 1000)
  }

  /** The hash is given where the configuration runs in spite of its errors. */
  failed(sha256?: string): void {
    this.#sha256 = sha256 ?? this.#sha256
    this.#successful.set(0)
    this.#failures++
  }

  dispose(): void {
    this.#group.dispose()
  }

  *#hash() {
    if (this.#sha256 === undefined) return
    yield { labels: { cluster_name: '', sha256: this.#sha256 }, value: 1 }
  }
}

function gauge(name: string, help: string): MetricSpec {
  return { kind: 'gauge', name, help, labels: [] }
}

function counter(name: string, help: string): MetricSpec {
  return { kind: 'counter', name, help, labels: [] }
}
