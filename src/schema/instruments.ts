// What a component holds of its own metrics: plain fields, read when somebody asks for /metrics.

export interface Counter {
  /** Adds `by`, 1 where absent. */
  inc(by?: number): void
  /** Takes over a total that is counted elsewhere; never smaller than before. */
  set(total: number): void
}

export interface Gauge {
  set(value: number): void
  inc(by?: number): void
  dec(by?: number): void
}

/** A histogram or summary. */
export interface Observer {
  observe(value: number): void
}

export interface Instruments {
  readonly counter: Counter
  readonly gauge: Gauge
  readonly histogram: Observer
  readonly summary: Observer
}

/** A metric with labels of its own, besides those that name the component. */
export interface Labelled<L extends string, I> {
  /** The instrument for these values, made when first asked for; hold it on hot paths. */
  labels(values: Readonly<Record<L, string>>): I
  remove(values: Readonly<Record<L, string>>): void
}

/** `I` itself without labels, else `Labelled`. */
export type InstrumentOf<K extends keyof Instruments, L extends string> = [L] extends [never]
  ? Instruments[K]
  : Labelled<L, Instruments[K]>
