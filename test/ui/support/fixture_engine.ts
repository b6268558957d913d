// An engine that is made up: as many components and targets as a test asks for, always the same.

import type {
  ComponentSummary,
  DeliveryReport,
  HealthReport,
  ScrapedTarget,
} from '../../../src/client/api.ts'
import type { FlowType } from '../../../src/engine/flow.ts'

export interface FixtureEdge {
  readonly from: string
  readonly to: string
  readonly type: FlowType
  readonly rate: number
}

export interface FixtureEngine {
  readonly components: readonly ComponentSummary[]
  readonly edges: readonly FixtureEdge[]
  readonly targets: readonly ScrapedTarget[]
}

const startedMs = Date.now() - 3 * 3_600_000

interface Building {
  readonly components: ComponentSummary[]
  readonly edges: FixtureEdge[]
}

const healthy: HealthReport = {
  state: 'healthy',
  message: 'started component',
  updatedMs: startedMs,
}

const delivering: DeliveryReport = { isDelivering: true, message: '', lagSeconds: 1.2 }

/** Pipelines until there are `componentCount` components, then targets for those that scrape. */
export function fixtureEngine(componentCount: number, targetCount: number): FixtureEngine {
  const building: Building = { components: [], edges: [] }
  addWriters(building)
  for (let i = 0; building.components.length < componentCount; i++) {
    if (i % 3 === 0) addMetrics(building, names[(i / 3) % names.length]! + suffix(i), '')
    else if (i % 3 === 1) addLogs(building, names[i % names.length]! + suffix(i))
    else if (i % 2 === 0) addModule(building, names[i % names.length]! + suffix(i))
    else addTraces(building, names[i % names.length]! + suffix(i))
  }
  building.components.length = componentCount
  const { components, edges } = building
  const ids = new Set(components.map(({ id }) => id))
  return {
    components: components.map((component) => ({
      ...component,
      dataFlowTo: component.dataFlowTo.filter((id) => ids.has(id)),
      referencesTo: component.referencesTo.filter((id) => ids.has(id)),
    })),
    edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    targets: targetsOf(components, targetCount),
  }
}

const names = ['checkout', 'search', 'billing', 'gateway', 'inventory', 'media', 'auth', 'ledger']

function suffix(i: number): string {
  return i < 24 ? '' : `_${Math.floor(i / 24)}`
}

function add(
  { components, edges }: Building,
  name: string,
  label: string,
  changes: Partial<ComponentSummary> & { readonly flow?: readonly [FlowType, number] } = {},
): string {
  const { flow, ...rest } = changes
  const moduleId = rest.moduleId ?? ''
  const id = `${moduleId === '' ? '' : `${moduleId}/`}${name}${label === '' ? '' : `.${label}`}`
  const dataFlowTo = rest.dataFlowTo ?? []
  components.push({
    id,
    name,
    label,
    moduleId,
    health: healthy,
    dataFlowTo,
    referencesTo: dataFlowTo,
    createdModuleIds: [],
    ...rest,
  })
  if (flow !== undefined) {
    for (const to of dataFlowTo) edges.push({ from: id, to, type: flow[0], rate: flow[1] })
  }
  return id
}

function addWriters(building: Building): void {
  add(building, 'prometheus.remote_write', 'mimir', { delivery: delivering })
  add(building, 'loki.write', 'logs', { delivery: delivering })
  add(building, 'otelcol.exporter.otlphttp', 'tempo', {
    delivery: { isDelivering: false, message: 'connection refused', lagSeconds: 93 },
    health: {
      state: 'unhealthy',
      message: 'cannot send to http://tempo.example:4318: connection refused',
      updatedMs: Date.now() - 93_000,
    },
  })
  const self = add(building, 'prometheus.scrape', 'self', {
    dataFlowTo: ['prometheus.remote_write.mimir'],
    flow: ['prometheus_metric', 212],
  })
  add(building, 'prometheus.exporter.self', 'self', {
    dataFlowTo: [self],
    flow: ['target', 1],
  })
}

function addMetrics(building: Building, label: string, moduleId: string): string {
  const at = moduleId === '' ? '' : `${moduleId}/`
  const write = 'prometheus.remote_write.mimir'
  const rate = 400 + ((label.length * 7919) % 2600)
  const relabel = add(building, 'prometheus.relabel', label, {
    moduleId,
    dataFlowTo: [write],
    flow: ['prometheus_metric', rate * 0.8],
  })
  const scrape = add(building, 'prometheus.scrape', label, {
    moduleId,
    dataFlowTo: [relabel],
    flow: ['prometheus_metric', rate],
  })
  const targets = add(building, 'discovery.relabel', label, {
    moduleId,
    dataFlowTo: [scrape],
    flow: ['target', 42],
  })
  add(building, 'discovery.kubernetes', label, {
    moduleId,
    dataFlowTo: [targets],
    flow: ['target', 60],
    ...(label === 'media'
      ? { health: { state: 'unknown', message: 'waiting for the API server', updatedMs: 0 } }
      : {}),
  })
  return `${at}prometheus.scrape.${label}`
}

function addLogs(building: Building, label: string): void {
  const rate = 80 + ((label.length * 104_729) % 900)
  const process = add(building, 'loki.process', label, {
    dataFlowTo: ['loki.write.logs'],
    flow: ['loki_log', rate * 0.9],
  })
  const source = add(building, 'loki.source.file', label, {
    dataFlowTo: [process],
    flow: ['loki_log', rate],
  })
  add(building, 'local.file_match', label, { dataFlowTo: [source], flow: ['target', 12] })
}

function addTraces(building: Building, label: string): void {
  const batch = add(building, 'otelcol.processor.batch', label, {
    dataFlowTo: ['otelcol.exporter.otlphttp.tempo'],
    flow: ['otel_trace', 310],
  })
  add(building, 'otelcol.receiver.otlp', label, {
    dataFlowTo: [batch],
    flow: ['otel_trace', 310],
  })
}

/** A custom component whose inside is a pipeline of its own. */
function addModule(building: Building, label: string): void {
  const moduleId = `team.pipeline.${label}`
  add(building, 'team.pipeline', label, {
    createdModuleIds: [moduleId],
    referencesTo: ['prometheus.remote_write.mimir'],
  })
  addMetrics(building, 'app', moduleId)
}

const errors = [
  'Get "http://10.0.0.1:9100/metrics": connection refused',
  'Get "http://10.0.0.2:9100/metrics": context deadline exceeded',
  'server returned HTTP status 503 Service Unavailable',
]

function targetsOf(components: readonly ComponentSummary[], count: number): ScrapedTarget[] {
  const scrapers = components.filter(({ name }) => name === 'prometheus.scrape')
  return Array.from({ length: scrapers.length === 0 ? 0 : count }, (_, i) => {
    const scraper = scrapers[i % scrapers.length]!
    const state = i % 97 === 13 ? 'down' : i % 997 === 500 ? 'unknown' : 'up'
    const instance = `10.${(i >> 14) & 255}.${(i >> 7) & 127}.${i & 127}:9100`
    return {
      component: scraper.id,
      job: scraper.label,
      url: `http://${instance}/metrics`,
      state,
      labels: {
        instance,
        job: scraper.label,
        namespace: names[i % names.length]!,
        pod: `${names[i % names.length]}-${(i * 2_654_435_761) % 0xffff}-${i}`,
      },
      lastScrapeMs: state === 'unknown' ? 0 : Date.now() - (i % 15_000),
      lastDurationSeconds: 0.004 + (i % 200) / 1000,
      lastError: state === 'down' ? errors[i % errors.length]! : '',
      owner: 'node-a',
    }
  })
}
