// What a component is given, made for one instance of it and taken away with it.

import { join } from 'node:path'
import type { Clock } from '../model/clock.ts'
import { Fanout } from '../model/fanout.ts'
import type { LabelPool } from '../model/label_pool.ts'
import type { Logger } from '../model/logger.ts'
import type { SampleBatch } from '../model/samples.ts'
import type { Declaration, MetricsOf } from '../schema/declaration.ts'
import { fanoutMetrics } from '../schema/fanout_metrics.ts'
import type { Context, Limits, ProgramFacts } from './component.ts'
import { countItems, PublishedTargets } from './flows.ts'
import type { InternalNetwork } from './internal_network.ts'
import { keepLabels } from './kept_labels.ts'
import type { LiveDebug } from './live_debug.ts'
import type { Labels } from './metric_cells.ts'
import type { MetricGroup, MetricStore } from './metrics.ts'
import type { Told } from './read_failures.ts'

/** What all components of a loader share. */
export interface ComponentHost {
  /** Empty for the root. */
  readonly controllerId: string
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: MetricStore
  readonly pool: LabelPool
  readonly internal: InternalNetwork
  readonly liveDebug: LiveDebug
  readonly program: ProgramFacts
  readonly limits: Limits
  /** Below which each component has a directory. */
  readonly storagePath: string
  owns(key: string): boolean
  /** Sees arguments and exports, which hold the secrets that logs must not show. */
  remember(values: unknown): void
  exportsChanged(id: string): void
  /** Hears of a component that threw where it should have told something of itself. */
  readFailed(what: Told, owner: Labels, error: unknown): void
}

/** What goes when the component goes. */
export interface ComponentResources {
  readonly fanouts: readonly Fanout<SampleBatch>[]
  readonly targets: PublishedTargets
  dispose(): void
}

type Publish = (exports: Readonly<Record<string, unknown>>) => void

export function openContext(
  declaration: Declaration,
  id: string,
  host: ComponentHost,
  publish: Publish,
): { context: Context; resources: ComponentResources } {
  const labels = labelsOf(id)
  const logger = host.logger.with(labels)
  const group = host.metrics.group(labels)
  const fanouts: Fanout<SampleBatch>[] = []
  const targets = new PublishedTargets(declaration)
  const live = host.liveDebug.open(id)
  const instruments = instrumentsOf(declaration, group)
  const { clock, pool, internal, program, limits } = host
  const context: Context = {
    id,
    dataDir: join(host.storagePath, id),
    logger,
    clock,
    metrics: instruments,
    pool,
    internal,
    program,
    limits,
    publish: (exports) => {
      targets.publish(exports)
      live.publish(targets.lists)
      publish(exports)
    },
    debugTap: () => {
      live.showsItself = true
      return live
    },
    metricsFanout: (children) => {
      const latency = group.observer(fanoutMetrics.fanoutLatency)
      const observeLatency = (seconds: number) => latency.observe(seconds)
      const { pushes } = pool
      const keep = (batch: SampleBatch) => keepLabels(pool, batch)
      const rows = countFloats
      const items = countItems
      const options = { id, clock, logger, pushes, keep, rows, items, observeLatency }
      const fanout = new Fanout<SampleBatch>(options, children)
      live.add(fanout)
      const forwarded = group.counter(fanoutMetrics.forwardedSamples)
      if (fanouts.push(fanout) === 1) group.onCollect(() => forwarded.set(forwardedBy(fanouts)))
      return fanout
    },
    onCollect: (read) => group.onCollect(read),
    owns: (key) => host.owns(key),
  }
  const dispose = () => {
    group.dispose()
    live.close()
  }
  return { context, resources: { fanouts, targets, dispose } }
}

/** That its metrics and its lines of the log carry. */
export function labelsOf(id: string): Labels {
  const [componentPath, componentId] = splitId(id)
  return { component_path: componentPath, component_id: componentId }
}

/** What metrics and lines of the log of a whole module carry. */
export function controllerLabelsOf(id: string): Labels {
  const [controllerPath, controllerId] = splitId(id)
  return { controller_path: controllerPath, controller_id: controllerId }
}

/** `mod.default/prometheus.scrape.x` is `prometheus.scrape.x` of `/mod.default`. */
function splitId(id: string): [path: string, id: string] {
  const slash = id.lastIndexOf('/')
  return slash < 0 ? ['/', id] : [`/${id.slice(0, slash)}`, id.slice(slash + 1)]
}

function instrumentsOf(declaration: Declaration, group: MetricGroup): MetricsOf<Declaration> {
  const instruments = Object.entries(declaration.metrics).map(([name, spec]) => [
    name,
    spec.labels.length > 0 ? group.labelled(spec) : group.instrument(spec),
  ])
  return Object.fromEntries(instruments)
}

function forwardedBy(fanouts: readonly Fanout<SampleBatch>[]): number {
  return fanouts.reduce((sum, { forwardedRows }) => sum + forwardedRows, 0)
}

function countFloats(batch: SampleBatch): number {
  return batch.length - (batch.histograms?.size ?? 0)
}
