import { describe, expect, it } from 'vitest'
import { Capsule } from '../../src/eval/value.ts'
import { detailPieces, listPieces } from '../../src/server/component_json.ts'
import { componentView } from '../support/engine_view.ts'

const health = () =>
  ({ state: 'healthy', message: 'started component', updatedMs: 1_795_491_919_138 }) as const

const labels = new Map([
  ['job', 'integrations/self'],
  ['instance', 'demo-host'],
  ['__scheme__', 'http'],
  ['__metrics_path__', '/api/v0/component/prometheus.exporter.self.alloy/metrics'],
  ['__meta_component_name', 'prometheus.exporter.self'],
  ['__meta_component_id', 'prometheus.exporter.self.alloy'],
  ['__address__', 'alloy.internal:12345'],
])

const exporter = componentView('prometheus.exporter.self.alloy', {
  referencedBy: ['prometheus.scrape.self'],
  dataFlowEdgesTo: ['prometheus.scrape.self'],
  health,
  exports: () => [
    {
      kind: 'attribute',
      name: 'targets',
      value: [new Capsule('discovery.Target', labels, { asObject: () => labels })],
    },
  ],
})

/** What Alloy 1.18 answered for such a component; the time alone is shorter. */
const head =
  '{"name":"prometheus.exporter.self","type":"block",' +
  '"localID":"prometheus.exporter.self.alloy","moduleID":"","label":"alloy","referencesTo":[],' +
  '"referencedBy":["prometheus.scrape.self"],"dataFlowEdgesTo":["prometheus.scrape.self"],' +
  '"health":{"state":"healthy","message":"started component",' +
  '"updatedTime":"2026-11-24T03:45:19.138Z"},"original":"","arguments":[],"exports":['
const targets =
  '{"name":"targets","type":"attr","value":{"type":"array","value":[{"type":"object","value":[' +
  '{"key":"__address__","value":{"type":"string","value":"alloy.internal:12345"}},' +
  '{"key":"__meta_component_id","value":{"type":"string",' +
  '"value":"prometheus.exporter.self.alloy"}},' +
  '{"key":"__meta_component_name","value":{"type":"string","value":"prometheus.exporter.self"}},' +
  '{"key":"__metrics_path__","value":{"type":"string",' +
  '"value":"/api/v0/component/prometheus.exporter.self.alloy/metrics"}},' +
  '{"key":"__scheme__","value":{"type":"string","value":"http"}},' +
  '{"key":"instance","value":{"type":"string","value":"demo-host"}},' +
  '{"key":"job","value":{"type":"string","value":"integrations/self"}}]}]}}'
const tail = '],"debugInfo":[],"liveDebuggingEnabled":false}'

describe('components as JSON', () => {
  it('have the keys of upstream in a detail', () => {
    expect([...detailPieces(exporter)].join('')).toBe(head + targets + tail)
  })

  it('show nothing but health in a list, as empty arrays', () => {
    expect([...listPieces([exporter, exporter])].join('')).toBe(`[${head}${tail},${head}${tail}]`)
  })

  it('leave out an empty label, and name the modules that they created', () => {
    const outer = componentView('foreach.each', { label: '', createdModuleIds: ['a', 'b'] })
    const text = [...listPieces([outer])].join('')
    expect(text).not.toContain('"label"')
    expect(text).toContain(
      '"debugInfo":[],"createdModuleIDs":["a","b"],"liveDebuggingEnabled":false}',
    )
  })
})
