// What the screens show: what is known of the collector, and where the user is.

import type {
  ComponentSummary,
  EdgeRate,
  Info,
  LogLine,
  Meta,
  ScrapedTarget,
} from '../client/api.ts'
import type { Peer, Server } from '../client/client.ts'
import type { ComponentDetail } from '../client/components.ts'
import type { Throughput } from '../client/graph_rates.ts'

export const screens = [
  'components',
  'graph',
  'debug',
  'targets',
  'logs',
  'cluster',
  'meta',
] as const

/** Those with a number, and those that are opened from them. */
export type Screen = (typeof screens)[number] | 'detail' | 'help'

/** What the collector has said so far. Replaced, never changed; what stays keeps its identity. */
export interface Data {
  readonly url: string
  readonly nowMs: number
  readonly intervalMs: number
  readonly server: Server | undefined
  readonly info: Info | undefined
  readonly connection: Connection
  /** Of all modules. */
  readonly components: readonly ComponentSummary[]
  /** The same object as long as nothing but health has changed in the components. */
  readonly shape: object
  readonly edges: readonly EdgeRate[]
  /** By global id. */
  readonly flow: ReadonlyMap<string, Throughput>
  /** Items per second of each component, oldest first, by global id. */
  readonly trends: ReadonlyMap<string, readonly number[]>
  readonly targets: readonly ScrapedTarget[]
  readonly targetsTotal: number
  readonly peers: readonly Peer[]
  readonly meta: Meta | undefined
  readonly logs: readonly LogLine[]
  readonly debug: DebugData
  readonly detail: DetailData | undefined
  /** Why a part cannot be shown; absent where it can. */
  readonly failures: Readonly<Partial<Record<Part, string>>>
}

export type Part = 'graph' | 'targets' | 'cluster' | 'meta' | 'logs' | 'info'

export interface Connection {
  /** When it last answered; 0 for never. */
  readonly lastMs: number
  /** Why the last request failed; empty where it did not. */
  readonly error: string
}

export interface DetailData {
  readonly id: string
  readonly detail: ComponentDetail | undefined
  readonly error: string
}

export interface DebugData {
  readonly components: readonly string[]
  /** Unless paused, the list grows while it is shown. */
  readonly records: readonly DebugRecord[]
  /** Records that came, those included that are forgotten by now. */
  readonly total: number
  /** Records that the collector could not show: there were too many. */
  readonly missed: number
  readonly error: string
}

export interface DebugRecord {
  readonly component: string
  readonly atMs: number
  readonly text: string
}

/** Where the user is. */
export interface View {
  readonly screen: Screen
  /** Where Esc leads. */
  readonly back: readonly Screen[]
  /** Of the terminal, in columns and rows. */
  readonly size: { readonly width: number; readonly height: number }
  readonly prompt: Prompt | undefined
  readonly isReloadAsked: boolean
  readonly isQuitting: boolean
  readonly message: Message | undefined
  /** By screen: the key of the selected row. */
  readonly selected: Readonly<Partial<Record<Screen, string>>>
  /** By screen: lines from the top, or, of what grows, from the bottom. */
  readonly scroll: Readonly<Partial<Record<Screen, number>>>
  readonly filters: Readonly<Partial<Record<Screen, string>>>
  readonly onlyFaults: boolean
  readonly isPaused: boolean
  readonly componentSort: ComponentSort
  readonly targetSort: TargetSort
  readonly graph: GraphView
  readonly detailId: string | undefined
  readonly detailTab: DetailTab
  /** Whether bodies are shown as JSON. */
  readonly isRaw: boolean
  readonly debugIds: readonly string[]
  /** 0 to 1. */
  readonly debugProbability: number
  readonly logLevel: LogLine['level']
  readonly logComponent: string | undefined
}

export interface Prompt {
  readonly kind: 'command' | 'filter'
  readonly text: string
}

export interface Message {
  readonly text: string
  readonly isError: boolean
  readonly untilMs: number
}

export interface GraphView {
  /** Absent for what fits. */
  readonly form: 'layers' | 'tree' | undefined
  /** Whether modules are one node each. */
  readonly isCollapsed: boolean
  /** How far from the selected component is shown; absent for all. */
  readonly hops: number | undefined
}

export const componentSorts = ['tree', 'name', 'health', 'in', 'out'] as const
export type ComponentSort = (typeof componentSorts)[number]

export const targetSorts = ['component', 'state', 'duration', 'age'] as const
export type TargetSort = (typeof targetSorts)[number]

export const detailTabs = ['arguments', 'exports', 'debug info', 'references'] as const
export type DetailTab = (typeof detailTabs)[number]

export interface State {
  readonly data: Data
  readonly view: View
}

export function firstData(url: string, intervalMs: number, nowMs: number): Data {
  return {
    url,
    nowMs,
    intervalMs,
    server: undefined,
    info: undefined,
    connection: { lastMs: 0, error: '' },
    components: [],
    shape: {},
    edges: [],
    flow: new Map(),
    trends: new Map(),
    targets: [],
    targetsTotal: 0,
    peers: [],
    meta: undefined,
    logs: [],
    debug: { components: [], records: [], total: 0, missed: 0, error: '' },
    detail: undefined,
    failures: {},
  }
}

export function firstView(filter: string): View {
  return {
    screen: 'components',
    back: [],
    size: { width: 80, height: 24 },
    prompt: undefined,
    isReloadAsked: false,
    isQuitting: false,
    message: undefined,
    selected: {},
    scroll: {},
    filters: filter === '' ? {} : { components: filter, graph: filter, targets: filter },
    onlyFaults: false,
    isPaused: false,
    componentSort: 'tree',
    targetSort: 'component',
    graph: { form: undefined, isCollapsed: false, hops: undefined },
    detailId: undefined,
    detailTab: 'arguments',
    isRaw: false,
    debugIds: [],
    debugProbability: 1,
    logLevel: 'info',
    logComponent: undefined,
  }
}
