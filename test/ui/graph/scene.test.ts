import { describe, expect, it } from 'vitest'
import type { ComponentSummary } from '../../../src/client/api.ts'
import { connectedTo } from '../../../ui/src/graph/hierarchy.ts'
import { neighbour } from '../../../ui/src/graph/neighbours.ts'
import { buildScene } from '../../../ui/src/graph/scene.ts'
import { fixtureEngine } from '../support/fixture_engine.ts'

function component(id: string, changes: Partial<ComponentSummary> = {}): ComponentSummary {
  const moduleId = id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : ''
  const health = { state: 'healthy', message: '', updatedMs: 0 } as const
  const none = { dataFlowTo: [], referencesTo: [], createdModuleIds: [] }
  return { id, name: id, label: '', moduleId, health, ...none, ...changes }
}

const components = [
  component('scrape', { dataFlowTo: ['mod/relabel'] }),
  component('mod', { createdModuleIds: ['mod'], referencesTo: ['write'] }),
  component('mod/relabel', { dataFlowTo: ['write'] }),
  component('write'),
  component('alone'),
]

function scene(opened: readonly string[], changes: Partial<Parameters<typeof buildScene>[2]> = {}) {
  const options = { moduleId: '', opened: new Set(opened), only: undefined, ...changes }
  return buildScene(components, [], options)
}

describe('buildScene', () => {
  it('lets a closed module stand for what is in it', () => {
    const { links, nodes } = scene([])
    expect(nodes.map(({ id }) => id).sort()).toEqual(['alone', 'mod', 'scrape', 'write'])
    expect(links).toEqual([
      { from: 'scrape', to: 'mod', flows: ['scrape mod/relabel'] },
      { from: 'mod', to: 'write', flows: ['mod/relabel write'] },
    ])
  })

  it('draws an opened module as a frame around what is in it', () => {
    const { byId, edges } = scene(['mod'])
    const [frame, inner] = [byId.get('mod')!, byId.get('mod/relabel')!]
    expect(frame.isOpen).toBe(true)
    expect(inner.x).toBeGreaterThan(frame.x)
    expect(inner.x + inner.width).toBeLessThan(frame.x + frame.width)
    expect(inner.y + inner.height).toBeLessThan(frame.y + frame.height)
    expect(edges.filter(({ isInner }) => isInner).map(({ from, to }) => `${from} > ${to}`)).toEqual(
      ['mod > mod/relabel', 'mod/relabel > mod'],
    )
  })

  it('shows a module alone', () => {
    expect(scene([], { moduleId: 'mod' }).nodes.map(({ id }) => id)).toEqual(['mod/relabel'])
  })

  it('counts the unhealthy inside', () => {
    const health = { state: 'unhealthy', message: '', updatedMs: 0 } as const
    const sick = components.map((one) => (one.id === 'mod/relabel' ? { ...one, health } : one))
    const options = { moduleId: '', opened: new Set<string>(), only: undefined }
    const node = buildScene(sick, [], options).byId.get('mod')
    expect(node).toMatchObject({ inside: 1, sickInside: 1 })
  })

  it('keeps boxes of 1,000 components apart, all modules opened', () => {
    const engine = fixtureEngine(1000, 0)
    const opened = new Set(engine.components.map(({ id }) => id))
    const options = { moduleId: '', opened, only: undefined }
    const boxes = buildScene(engine.components, engine.edges, options).nodes
    expect(boxes.length).toBe(1000)
    const leaves = boxes.filter(({ isOpen }) => !isOpen).sort((a, b) => a.y - b.y)
    const overlapping = leaves.flatMap((a, i) =>
      leaves
        .slice(i + 1, i + 20)
        .filter((b) => b.y < a.y + a.height && b.x < a.x + a.width && a.x < b.x + b.width)
        .map((b) => `${a.id} and ${b.id}`),
    )
    expect(overlapping).toEqual([])
  })
})

describe('connectedTo', () => {
  it('follows the flow both ways, into modules and out of them', () => {
    expect([...connectedTo('write', components, [])].sort()).toEqual([
      'mod',
      'mod/relabel',
      'scrape',
      'write',
    ])
    expect(connectedTo('mod', components, [])).toContain('scrape')
    expect([...connectedTo('alone', components, [])]).toEqual(['alone'])
  })
})

describe('neighbour', () => {
  it('goes along the flow', () => {
    const closed = scene([])
    expect(neighbour(closed, 'scrape', 'right')).toBe('mod')
    expect(neighbour(closed, 'write', 'left')).toBe('mod')
    expect(neighbour(closed, undefined, 'down')).toBeDefined()
    expect(neighbour(closed, 'write', 'right')).toBeUndefined()
  })
})
