// Declarations: everything known about a component or a configuration block without running it.

import type { InstrumentOf, Instruments } from './instruments.ts'
import type { Decoded, Fields, Schema, Stability } from './schema.ts'
import type { Type } from './type.ts'

/** What flows between components; targets flow in exports and arguments. */
export type Signal =
  | 'targets'
  | 'prometheus metrics'
  | 'loki logs'
  | 'otel metrics'
  | 'otel logs'
  | 'otel traces'
  | 'pyroscope profiles'

export interface Declaration<
  A extends Fields = Fields,
  E extends Exported = Exported,
  M extends Metrics = Metrics,
> {
  readonly name: string
  /** Community components have no stability level; they need a flag of their own. */
  readonly stability: Stability
  readonly community?: true
  /** First sentence of the reference page. */
  readonly summary: string
  /** What its arguments take, and what its exports give. */
  readonly accepts: readonly Signal[]
  readonly emits: readonly Signal[]
  /** The program or library whose behaviour it has, where there is one. */
  readonly wraps?: string
  /** All unless said. */
  readonly platforms?: readonly ('linux' | 'darwin' | 'win32')[]
  /** What the process must be allowed to do. */
  readonly requires?: string
  /** What is lost when the process is killed or the receiver is gone, in one sentence. */
  readonly delivery?: string
  readonly arguments: Schema<A>
  readonly exports: E
  /** The component's own metrics, registered with its `component_id` before it is opened. */
  readonly metrics: M
  /** What runs it: a module whose default export is a `Runner`. Absent while nothing does. */
  readonly load?: () => Promise<unknown>
}

export interface Exported {
  readonly [name: string]: Export<unknown>
}

export interface Export<T> {
  readonly type: Type<T>
  readonly doc: string
  /** Not there before the component has something to export. */
  readonly optional?: true
}

export interface Metrics {
  readonly [name: string]: Metric<keyof Instruments, string>
}

export interface Metric<K extends keyof Instruments, L extends string> {
  readonly kind: K
  /** Name on /metrics, with its unit: `loki_write_sent_bytes_total`. */
  readonly name: string
  readonly help: string
  readonly labels: readonly L[]
  /** Upper bounds of a histogram's buckets, or the quantiles of a summary. */
  readonly bounds?: readonly number[]
}

export function declare<A extends Fields, E extends Exported, M extends Metrics>(
  declaration: Declaration<A, E, M>,
): Declaration<A, E, M> {
  return declaration
}

export function exported<T>(
  type: Type<T>,
  doc: string,
  notes: { readonly optional?: true } = {},
): Export<T> {
  return { type, doc, ...notes }
}

export const counter = metric('counter')
export const gauge = metric('gauge')
export const histogram = metric('histogram')
export const summary = metric('summary')

function metric<K extends keyof Instruments>(kind: K) {
  // A list as type parameter: what surrounds the call would make `string` of a single label's.
  return <const T extends readonly string[] = readonly []>(
    name: string,
    help: string,
    labels?: T,
    bounds?: readonly number[],
  ): Metric<K, T[number]> => ({
    kind,
    name,
    help,
    labels: labels ?? [],
    ...(bounds && { bounds }),
  })
}

/** A configuration block, such as `logging`. */
export interface BlockDeclaration<A extends Fields = Fields> {
  readonly name: string
  readonly stability: Stability
  readonly summary: string
  readonly label: 'none' | 'required'
  readonly where: 'root' | 'module' | 'any'
  /** Backed by a service: it exists without the block too, with its defaults. */
  readonly service?: true
  /** Using the block is an error. */
  readonly configurable?: false
  /** Absent where the block's body is a module of its own, or where it takes nothing. */
  readonly arguments?: Schema<A>
  /** A nested block that is required besides, whose body is a module. */
  readonly template?: string
}

export function declareBlock<A extends Fields>(
  declaration: BlockDeclaration<A> & { readonly arguments: Schema<A> },
): BlockDeclaration<A> & { readonly arguments: Schema<A> } {
  return declaration
}

// What the running side sees. `D` is always `typeof declaration`.

export type Arguments<D> = D extends { readonly arguments: Schema<infer A> } ? Decoded<A> : never

export type Exports<D> =
  D extends Declaration<Fields, infer E>
    ? { readonly [K in keyof E]: E[K] extends Export<infer T> ? T : never }
    : never

export type MetricsOf<D> =
  D extends Declaration<Fields, Exported, infer M>
    ? {
        readonly [N in keyof M]: M[N] extends Metric<infer K, infer L> ? InstrumentOf<K, L> : never
      }
    : never
