import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { ComponentSummary } from '../../../src/client/api.ts'
import { GraphCanvas, type GraphHandle } from '../graph/graph-canvas.tsx'
import { GraphPanel, Legend } from '../graph/graph-panel.tsx'
import { connectedTo } from '../graph/hierarchy.ts'
import { neighbour } from '../graph/neighbours.ts'
import { type Rates, useRates } from '../graph/rates.ts'
import { buildScene, type Scene, type SceneNode } from '../graph/scene.ts'
import { componentPath } from '../parts/component-path.ts'
import { Choice, SearchField, useQueryField } from '../parts/filters.tsx'
import { IconButton, Loading, Notice, Page } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { count } from '../text/format.ts'

const keysHint = 'Arrow keys go along it, Enter opens, ? shows all keys.'
const periods = ['2', '10', '30', '60'] as const
const periodStart = '30'

export default function GraphPage() {
  const { components, freshMs } = useEngine()
  const moduleId = useParams()['*'] ?? ''
  const [period, setPeriod] = useState<string>(periodStart)
  const rates = useRates(Number(period), moduleId)
  if (freshMs === 0) return <Loading what="the components" />
  const isKnown = moduleId === '' || components.some((one) => one.moduleId === moduleId)
  if (!isKnown) {
    return (
      <Page title="Graph">
        <Notice kind="empty" title={`There is no module ${moduleId}.`}>
          <Link to="/graph">Show the whole graph</Link>
        </Notice>
      </Page>
    )
  }
  return <Graph key={moduleId} {...{ components, moduleId, rates, period, setPeriod }} />
}

interface GraphProps {
  readonly components: readonly ComponentSummary[]
  readonly moduleId: string
  readonly rates: Rates
  readonly period: string
  setPeriod(value: string): void
}

function Graph({ components, moduleId, rates, period, setPeriod }: GraphProps) {
  const graph = useGraphState(components, moduleId, rates)
  const { scene, selected, node, matches, query, opened } = graph
  const handle = useRef<GraphHandle>(null)
  const navigate = useNavigate()
  const select = useCallback(
    (id: string | undefined) => {
      graph.select(id)
      if (id !== undefined) handle.current?.reveal(id)
    },
    [graph.select],
  )
  const open = (chosen: SceneNode) => {
    if (chosen.inside > 0) graph.toggleModule(chosen.id)
    else void navigate(componentPath(chosen.id))
  }
  const onKey = (event: React.KeyboardEvent) => {
    if (handle.current === null) return
    const action = keyAction(event, {
      scene,
      selected,
      handle: handle.current,
      select,
      open,
      graph,
    })
    if (action === undefined) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
  useShowMatch(matches, handle)
  const modules = components.filter((one) => one.createdModuleIds.length > 0)
  return (
    <Page
      title={moduleId === '' ? 'Graph' : `Graph of ${moduleId}`}
      isFull
      note={
        moduleId === '' ? (
          count(components.length, 'component')
        ) : (
          <Link to="/graph">Whole graph</Link>
        )
      }
      actions={
        <>
          <SearchField label="Find in the graph" value={query} set={graph.setQuery} />
          {modules.length === 0 ? null : (
            <IconButton
              icon="modules"
              label={opened.size === 0 ? 'Open modules' : 'Close modules'}
              isTextShown
              isOn={opened.size > 0}
              onPress={() => graph.toggleAll(modules)}
            />
          )}
          <Choice
            label="Rates over"
            value={period}
            set={setPeriod}
            options={periods.map((seconds) => [seconds, `${seconds} s`] as const)}
          />
        </>
      }
    >
      <div className={node === undefined ? 'graph' : 'graph has-panel'}>
        <div className="graph-stage">
          <GraphCanvas
            {...{ scene, rates, selected, matches, handle, select, open, onKey }}
            subject={graph.subject}
            label={`Graph of ${count(scene.nodes.length, 'component')}. ${keysHint}`}
          />
          <div className="graph-tools">
            <IconButton icon="plus" label="Zoom in" onPress={() => handle.current?.zoom(1.3)} />
            <IconButton
              icon="minus"
              label="Zoom out"
              onPress={() => handle.current?.zoom(1 / 1.3)}
            />
            <IconButton icon="fit" label="Show all" onPress={() => handle.current?.fit()} />
          </div>
          <Legend scene={scene} rates={rates} />
          <Empty scene={scene} />
        </div>
        {node === undefined ? null : (
          <GraphPanel
            {...{ node, scene, rates, select }}
            isFocused={graph.focus !== ''}
            toggleFocus={() => graph.setFocus(graph.focus === '' ? node.id : '')}
            toggleModule={() => graph.toggleModule(node.id)}
          />
        )}
      </div>
      <p className="hidden" role="status">
        {node === undefined ? '' : `${node.id}, ${node.component.health.state}`}
      </p>
    </Page>
  )
}

function Empty({ scene }: { readonly scene: Scene }) {
  if (scene.nodes.length > 0) return null
  return (
    <div className="graph-empty">
      <Notice kind="empty" title="There is nothing here yet.">
        The configuration has no components, or none of them is in this module.
      </Notice>
    </div>
  )
}

type GraphState = ReturnType<typeof useGraphState>

function useGraphState(components: readonly ComponentSummary[], moduleId: string, rates: Rates) {
  const [focus, setFocus] = useQueryField('focus')
  const [selected, setSelected] = useQueryField('select')
  const [query, setQuery] = useState('')
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const { flows } = rates
  const scene = useMemo(() => {
    const only = focus === '' ? undefined : connectedTo(focus, components, flows)
    return buildScene(components, flows, { moduleId, opened, only })
  }, [components, flows, moduleId, opened, focus])
  const matches = useMemo(() => matching(scene, query), [scene, query])
  const select = useCallback((id: string | undefined) => setSelected(id ?? ''), [setSelected])
  return {
    scene,
    matches,
    query,
    setQuery,
    opened,
    focus,
    setFocus,
    select,
    selected: selected === '' ? undefined : selected,
    node: scene.byId.get(selected),
    subject: `${moduleId} ${focus}`,
    toggleModule: (id: string) => {
      setOpened((old) => {
        const next = new Set(old)
        if (!next.delete(id)) next.add(id)
        return next
      })
    },
    toggleAll: (modules: readonly ComponentSummary[]) => {
      setOpened((old) => new Set(old.size > 0 ? [] : modules.map(({ id }) => id)))
    },
  }
}

function matching(scene: Scene, query: string): ReadonlySet<string> | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return undefined
  return new Set(
    scene.nodes
      .filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)))
      .map(({ id }) => id),
  )
}

/** The first one that was found comes into sight. */
function useShowMatch(
  matches: ReadonlySet<string> | undefined,
  handle: React.RefObject<GraphHandle | null>,
): void {
  useEffect(() => {
    const [first] = matches ?? []
    if (first !== undefined) handle.current?.centre(first)
  }, [matches, handle])
}

interface KeyContext {
  readonly scene: Scene
  readonly selected: string | undefined
  readonly handle: GraphHandle
  readonly graph: GraphState
  select(id: string | undefined): void
  open(node: SceneNode): void
}

const ways = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const
const steps = { left: [80, 0], right: [-80, 0], up: [0, 80], down: [0, -80] } as const

function keyAction(event: React.KeyboardEvent, context: KeyContext): (() => void) | undefined {
  const { scene, selected, handle, graph, select, open } = context
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const node = selected === undefined ? undefined : scene.byId.get(selected)
  if (event.key in ways) {
    const way = ways[event.key as keyof typeof ways] // it is one of the four
    const [dx, dy] = steps[way]
    if (event.shiftKey) return () => handle.pan(dx, dy)
    return () => select(neighbour(scene, selected, way) ?? selected)
  }
  switch (event.key) {
    case '+':
    case '=':
      return () => handle.zoom(1.3)
    case '-':
      return () => handle.zoom(1 / 1.3)
    case '0':
      return () => handle.fit()
    case 'Escape':
      return graph.focus === '' ? () => select(undefined) : () => graph.setFocus('')
    case 'Enter':
      return node === undefined ? undefined : () => open(node)
    case ' ':
      return node === undefined || node.inside === 0 ? undefined : () => graph.toggleModule(node.id)
    case 'f':
      return node === undefined
        ? undefined
        : () => graph.setFocus(graph.focus === '' ? node.id : '')
  }
  return undefined
}
