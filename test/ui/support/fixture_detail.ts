// What a made-up component says of itself, in the encoding of the web API.

import type { ComponentSummary, ScrapedTarget } from '../../../src/client/api.ts'

const text = (value: string) => ({ type: 'string', value })
const attr = (name: string, value: unknown) => ({ name, type: 'attr', value })

export function object(entries: Readonly<Record<string, string>>) {
  return {
    type: 'object',
    value: Object.entries(entries).map(([key, value]) => ({ key, value: text(value) })),
  }
}

/** As `GET api/v0/web/components/ID`; `targets` are those that the component scrapes. */
export function fixtureDetail(
  component: ComponentSummary,
  components: readonly ComponentSummary[],
  targets: readonly ScrapedTarget[],
) {
  const { id, name, label, moduleId, health } = component
  const local = (global: string) => global.slice(global.lastIndexOf('/') + 1)
  return {
    name,
    type: 'block',
    localID: local(id),
    moduleID: moduleId,
    label,
    referencesTo: component.referencesTo.map(local),
    referencedBy: components
      .filter(({ referencesTo }) => referencesTo.includes(id))
      .map((other) => local(other.id)),
    dataFlowEdgesTo: component.dataFlowTo.map(local),
    health: {
      state: health.state,
      message: health.message,
      updatedTime: new Date(health.updatedMs).toISOString(),
    },
    original: '',
    arguments: argumentsOf(component, targets),
    exports: exportsOf(component),
    debugInfo: debugInfoOf(component, targets),
    createdModuleIDs: component.createdModuleIds,
    liveDebuggingEnabled: component.createdModuleIds.length === 0,
  }
}

function argumentsOf(
  { name, dataFlowTo }: ComponentSummary,
  targets: readonly ScrapedTarget[],
): unknown[] {
  const receivers = {
    type: 'array',
    value: dataFlowTo.map((id) => ({ type: 'capsule', value: `${id}.receiver` })),
  }
  if (name === 'prometheus.scrape') {
    const list = targets.map(({ labels }) => object({ __address__: labels.instance ?? '' }))
    return [
      attr('targets', { type: 'array', value: list }),
      attr('forward_to', receivers),
      attr('scrape_interval', text('15s')),
      attr('scrape_timeout', text('10s')),
      attr('honor_labels', { type: 'bool', value: true }),
      attr('sample_limit', { type: 'number', value: 50_000 }),
    ]
  }
  if (name === 'prometheus.remote_write') {
    const basicAuth = [
      attr('username', text('alloy')),
      attr('password', { type: 'capsule', value: '(secret)' }),
    ]
    const endpoint = [
      attr('url', text('https://mimir.example/api/v1/push')),
      { name: 'basic_auth', type: 'block', body: basicAuth },
    ]
    return [
      attr('external_labels', object({ cluster: 'blue', odd: 'a "quoted" <b>value</b>\n\\' })),
      { name: 'endpoint', type: 'block', body: endpoint },
    ]
  }
  if (name === 'loki.process') {
    const stage = (kind: string) => ({ name: `stage.${kind}`, type: 'block', body: [] })
    return [attr('forward_to', receivers), stage('docker'), stage('cri')]
  }
  return [attr('forward_to', receivers)]
}

function exportsOf({ id, name }: ComponentSummary): unknown[] {
  if (name.startsWith('discovery.')) {
    const list = Array.from({ length: 3000 }, (_, i) =>
      object({ __address__: `10.1.${i >> 8}.${i & 255}:9100`, __meta_pod: `pod-${i}` }),
    )
    return [attr('targets', { type: 'array', value: list })]
  }
  if (/write|relabel|process/.test(name)) {
    return [attr('receiver', { type: 'capsule', value: `${id}.receiver` })]
  }
  return []
}

function debugInfoOf({ name }: ComponentSummary, targets: readonly ScrapedTarget[]): unknown[] {
  if (name !== 'prometheus.scrape') return []
  return targets.map((target) => ({
    name: 'target',
    type: 'block',
    body: [
      attr('job', text(target.job)),
      attr('url', text(target.url)),
      attr('health', text(target.state)),
      attr('labels', object(target.labels)),
      ...(target.lastError === '' ? [] : [attr('last_error', text(target.lastError))]),
      attr('last_scrape', text(new Date(target.lastScrapeMs).toISOString())),
      attr('last_scrape_duration', text(`${target.lastDurationSeconds * 1000}ms`)),
    ],
  }))
}

/** As `alloyts schema NAME` would print it. */
export function declaredAs(name: string) {
  const field = {
    kind: 'attr',
    doc: 'Targets to scrape.',
    required: true,
    type: 'list(map(string))',
  }
  const block = { kind: 'block', name: 'basic_auth', doc: 'How to log in.', block: 'basic_auth' }
  const user = { kind: 'attr', name: 'username', doc: 'User.', type: 'string', default: '""' }
  const component = {
    stability: 'generally-available',
    community: false,
    summary: `What ${name} does.`,
    accepts: ['targets'],
    emits: ['prometheus metrics'],
    arguments: { fields: [{ name: 'targets', ...field }, block] },
  }
  return {
    types: { basic_auth: { fields: [user] } },
    components: { [name]: component },
    config_blocks: {},
  }
}
