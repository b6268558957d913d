// Metrics of one engine: plain cells that components write to, read when somebody asks. A declared
// metric is one metric of a prom-client registry, whatever number of components have it.

import { strict as assert } from 'node:assert'
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client'
import type { Instruments } from '../schema/instruments.ts'
import {
  type Cell,
  CounterCell,
  GaugeCell,
  HistogramCell,
  type Labels,
  printNumber,
  type Reading,
  SummaryCell,
} from './metric_cells.ts'
import { Slice } from './slice.ts'

/** What a declaration says of a metric. */
export interface MetricSpec {
  readonly kind: keyof Instruments
  /** Name on /metrics, with its unit. */
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
  /** Upper bounds of a histogram's buckets, or the quantiles of a summary. */
  readonly bounds?: readonly number[]
}

type AnyInstrument = Instruments[keyof Instruments]

/** As `Labelled`, of a kind that is known only at run time. */
export interface LabelledCells {
  labels(values: Labels): AnyInstrument
  remove(values: Labels): void
}

class Family {
  readonly spec: MetricSpec
  /** With their owners. */
  readonly cells = new Map<Cell, MetricGroup>()

  constructor(spec: MetricSpec, registry: Registry) {
    this.spec = spec
    const { name, help } = spec
    const metric = createMetric(spec.kind, { name, help, registers: [registry] })
    const describe = metric.get.bind(metric)
    const get = async () => ({ ...(await describe()), values: this.#values() })
    Object.assign(metric, { get })
  }

  #values() {
    return readingsOf(this.cells).map(({ suffix, labels, value }) => ({
      metricName: this.spec.name + suffix,
      labels,
      value,
    }))
  }
}

function readingsOf(cells: ReadonlyMap<Cell, MetricGroup>): readonly Reading[] {
  return [...cells].flatMap(([cell, owner]) => owner.read(cell))
}

function createMetric(
  kind: keyof Instruments,
  config: { name: string; help: string; registers: Registry[] },
): Counter | Gauge | Histogram | Summary {
  if (kind === 'counter') return new Counter(config)
  if (kind === 'gauge') return new Gauge(config)
  if (kind === 'histogram') return new Histogram(config)
  return new Summary(config)
}

/** Hears of a read that threw, with the labels of what it belongs to. */
type ReadFailed = (owner: Labels, error: unknown) => void

export class MetricStore {
  /** For whoever wants the values rather than the text; `exposition` reads the components first. */
  readonly registry = new Registry()
  readonly #families = new Map<string, Family>()
  /** Those that have something to do before each exposition. */
  readonly #collecting = new Set<MetricGroup>()
  readonly #others: Registry[] = []
  readonly #failed: ReadFailed

  /** `failed` hears of reads that throw. */
  constructor(failed: ReadFailed) {
    this.#failed = failed
  }

  /** The metrics of one owner; all carry `labels`. */
  group(labels: Labels): MetricGroup {
    const family = (spec: MetricSpec) => this.#family(spec)
    return new MetricGroup({ labels, family, collecting: this.#collecting, failed: this.#failed })
  }

  /** Shows the metrics of another registry too, such as those of the process. */
  include(registry: Registry): void {
    this.#others.push(registry)
  }

  /**
   * What some families hold at the moment, by name: for whoever wants a few values often. Only the
   * owners of these are read first.
   */
  readings(names: Iterable<string>): ReadonlyMap<string, readonly Reading[]> {
    const families = Array.from(names, (name) => this.#families.get(name)).filter(
      (family) => family !== undefined,
    )
    for (const owner of new Set(families.flatMap(({ cells }) => [...cells.values()]))) {
      if (this.#collecting.has(owner)) owner.collect()
    }
    return new Map(families.map(({ spec, cells }) => [spec.name, readingsOf(cells)]))
  }

  /**
   * In Prometheus' text format, families by name; those without values are left out, and what
   * cannot be read.
   */
  async exposition(): Promise<string> {
    for (const group of this.#collecting) group.collect()
    const all = [this.registry, ...this.#others].flatMap((registry) =>
      registry.getMetricsAsArray().map(({ name }) => this.#read(registry, name)),
    )
    const families = (await Promise.all(all)).flat().sort((a, b) => (a.name < b.name ? -1 : 1))
    const slice = new Slice()
    let text = ''
    for (const { name, help, type, values } of families) {
      if (values.length === 0) continue
      text += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`
      for (const entry of values) {
        const metricName = 'metricName' in entry ? String(entry.metricName) : name
        text += `${metricName}${printLabels(entry.labels)} ${printNumber(entry.value)}\n`
        if (slice.due()) await slice.pause()
      }
    }
    return text
  }

  async #read(registry: Registry, name: string) {
    try {
      const metric = registry.getSingleMetric(name)
      return metric === undefined ? [] : [await metric.get()]
    } catch (error) {
      this.#failed({}, error)
      return []
    }
  }

  #family(spec: MetricSpec): Family {
    let family = this.#families.get(spec.name)
    if (family === undefined) {
      family = new Family(spec, this.registry)
      this.#families.set(spec.name, family)
    }
    assert(family.spec.kind === spec.kind, `metric ${spec.name} is declared as two kinds`)
    return family
  }
}

interface GroupOptions {
  readonly labels: Labels
  readonly family: (spec: MetricSpec) => Family
  readonly collecting: Set<MetricGroup>
  readonly failed: ReadFailed
}

/** What one owner counts. Its cells leave the exposition together. */
export class MetricGroup {
  readonly #labels: Labels
  readonly #options: GroupOptions
  readonly #ownReads: (() => void)[] = []
  readonly #ownCells = new Map<object, { family: Family; cell: Cell }>()
  readonly #counters = new Map<string, CounterCell>()
  readonly #gauges = new Map<string, GaugeCell>()
  readonly #observers = new Map<string, HistogramCell | SummaryCell>()
  #isDisposed = false
  /** What it holds may be out of date. */
  #isFailing = false

  constructor(options: GroupOptions) {
    this.#labels = options.labels
    this.#options = options
  }

  /** The counter of these labels, made when first asked for, as are the others. */
  counter(spec: MetricSpec, labels: Labels = {}): Instruments['counter'] {
    return this.#once(this.#counters, spec, labels, (all) => new CounterCell(all))
  }

  gauge(spec: MetricSpec, labels: Labels = {}): Instruments['gauge'] {
    return this.#once(this.#gauges, spec, labels, (all) => new GaugeCell(all))
  }

  observer(spec: MetricSpec, labels: Labels = {}): Instruments['histogram'] {
    return this.#once(this.#observers, spec, labels, (all) => {
      if (spec.kind === 'histogram') return new HistogramCell(all, spec.bounds)
      return new SummaryCell(all, spec.bounds)
    })
  }

  /** The instrument of a metric without labels of its own. */
  instrument(spec: MetricSpec, labels: Labels = {}): AnyInstrument {
    if (spec.kind === 'counter') return this.counter(spec, labels)
    if (spec.kind === 'gauge') return this.gauge(spec, labels)
    return this.observer(spec, labels)
  }

  /** The instruments of a metric with labels, made as their values turn up. */
  labelled(spec: MetricSpec): LabelledCells {
    return {
      labels: (values) => this.instrument(spec, values),
      remove: (values) => this.#remove(keyOf(spec, values)),
    }
  }

  /** A gauge or counter whose values, with labels of their own, are worked out when asked for. */
  computed(
    spec: MetricSpec,
    values: () => Iterable<{ readonly labels: Labels; readonly value: number }>,
  ): void {
    const read = () =>
      Array.from(values(), ({ labels, value }) => ({
        suffix: '',
        labels: sorted({ ...this.#labels, ...labels }),
        value,
      }))
    this.#add(spec, { read })
  }

  /** Calls `read` before each exposition. */
  onCollect(read: () => void): void {
    if (this.#isDisposed) return
    this.#ownReads.push(read)
    this.#options.collecting.add(this)
  }

  /** Brings its cells up to date. Where that fails, none of them is shown until it goes well. */
  collect(): void {
    this.#isFailing = false
    try {
      for (const read of this.#ownReads) read()
    } catch (error) {
      this.#isFailing = true
      this.#options.failed(this.#labels, error)
    }
  }

  /** The lines of one of its cells. */
  read(cell: Cell): readonly Reading[] {
    if (this.#isFailing) return []
    try {
      return cell.read()
    } catch (error) {
      this.#options.failed(this.#labels, error)
      return []
    }
  }

  /** Takes everything out of the exposition, for good: what still drains may go on counting. */
  dispose(): void {
    this.#isDisposed = true
    this.#options.collecting.delete(this)
    for (const { family, cell } of this.#ownCells.values()) family.cells.delete(cell)
    this.#ownCells.clear()
    for (const cells of [this.#counters, this.#gauges, this.#observers]) cells.clear()
  }

  #once<C extends Cell>(
    cells: Map<string, C>,
    spec: MetricSpec,
    labels: Labels,
    create: (labels: Labels) => C,
  ): C {
    const key = keyOf(spec, labels)
    let cell = cells.get(key)
    if (cell === undefined) {
      cell = this.#add(spec, create(sorted({ ...this.#labels, ...labels })))
      cells.set(key, cell)
    }
    return cell
  }

  #remove(key: string): void {
    for (const cells of [this.#counters, this.#gauges, this.#observers]) {
      const cell = cells.get(key)
      const own = cell && this.#ownCells.get(cell)
      if (cell === undefined || own === undefined) continue
      own.family.cells.delete(own.cell)
      this.#ownCells.delete(cell)
      cells.delete(key)
    }
  }

  #add<C extends Cell>(spec: MetricSpec, cell: C): C {
    if (this.#isDisposed) return cell
    const family = this.#options.family(spec)
    family.cells.set(cell, this)
    this.#ownCells.set(cell, { family, cell })
    return cell
  }
}

function keyOf(spec: MetricSpec, labels: Labels): string {
  return spec.name + JSON.stringify(spec.labels.map((name) => labels[name]))
}

function sorted(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function printLabels(labels: Partial<Record<string, string | number>>): string {
  const parts = Object.entries(labels).map(([name, value]) => {
    const text = String(value).replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"')
    return `${name}="${text}"`
  })
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}

function escapeHelp(help: string): string {
  return help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')
}
