import { Link } from 'react-router'
import { pathOf } from '../../../src/client/components.ts'
import { ComponentLink } from '../parts/component-link.tsx'
import { componentPath } from '../parts/component-path.ts'
import { Health } from '../parts/health.tsx'
import { IconButton } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { rate, shortNumber } from '../text/format.ts'
import { type FlowType, flowTitles, flowTypes, type Rates, summed } from './rates.ts'
import type { Scene, Link as SceneLink, SceneNode } from './scene.ts'

interface GraphPanelProps {
  readonly node: SceneNode
  readonly scene: Scene
  readonly rates: Rates
  readonly isFocused: boolean
  select(id: string | undefined): void
  toggleFocus(): void
  toggleModule(): void
}

/** About the box that is selected: its health, and what comes in and goes out. */
export function GraphPanel(props: GraphPanelProps) {
  const { node, scene, rates, isFocused, select, toggleFocus, toggleModule } = props
  const { component } = node
  const incoming = scene.links.filter(({ to }) => to === node.id)
  const outgoing = scene.links.filter(({ from }) => from === node.id)
  const [moduleId] = component.createdModuleIds
  return (
    <aside className="graph-panel" aria-label="Selected component">
      <header>
        <ComponentLink id={component.id} />
        <IconButton icon="close" label="Close" onPress={() => select(undefined)} />
      </header>
      <p>
        <Health state={component.health.state} />
      </p>
      <p className="graph-message">{component.health.message}</p>
      {component.delivery?.isDelivering === false ? (
        <p className="is-bad">Not delivering: {component.delivery.message}</p>
      ) : null}
      <p className="graph-actions">
        <Link className="button" to={componentPath(component.id)}>
          Open
        </Link>
        {moduleId === undefined ? (
          <Link className="button" to={`/debug/${pathOf(component.id)}`}>
            Live debugging
          </Link>
        ) : (
          <>
            <button type="button" className="button" onClick={toggleModule}>
              {node.isOpen ? 'Close module' : `Open module (${node.inside})`}
            </button>
            <Link className="button" to={`/graph/${pathOf(moduleId)}`}>
              Module graph
            </Link>
          </>
        )}
        <button type="button" className="button" aria-pressed={isFocused} onClick={toggleFocus}>
          Only connected
        </button>
      </p>
      <FlowList title="Receives from" links={incoming} end="from" {...{ rates, select }} />
      <FlowList title="Sends to" links={outgoing} end="to" {...{ rates, select }} />
    </aside>
  )
}

interface FlowListProps {
  readonly title: string
  readonly links: readonly SceneLink[]
  readonly end: 'from' | 'to'
  readonly rates: Rates
  select(id: string): void
}

/** So many are listed; the rest is counted. */
const listedMax = 40

function FlowList({ title, links, end, rates, select }: FlowListProps) {
  if (links.length === 0) return null
  return (
    <section>
      <h3>
        {title} <span className="faint">{links.length > 1 ? links.length : ''}</span>
      </h3>
      <ul className="flows">
        {links.slice(0, listedMax).map((link) => (
          <li key={link[end]}>
            <button type="button" title={link[end]} onClick={() => select(link[end])}>
              {link[end]}
            </button>
            <FlowRates sums={summed(link.flows, rates)} isReference={link.flows.length === 0} />
          </li>
        ))}
        {links.length > listedMax ? (
          <li className="faint">and {links.length - listedMax} more</li>
        ) : null}
      </ul>
    </section>
  )
}

interface FlowRatesProps {
  readonly sums: ReadonlyMap<FlowType, number>
  readonly isReference: boolean
}

function FlowRates({ sums, isReference }: FlowRatesProps) {
  if (sums.size === 0) {
    return <span className="faint">{isReference ? 'refers to it' : 'nothing flows'}</span>
  }
  return [...sums].map(([type, sum]) => (
    <span key={type} className={`flow is-${type}`}>
      <b>{type === 'target' ? shortNumber(sum) : rate(sum)}</b> {flowTitles[type]}
    </span>
  ))
}

/** What the colours of edges mean, and how much there is of each in the whole picture. */
export function Legend({ scene, rates }: { readonly scene: Scene; readonly rates: Rates }) {
  const { kind } = useEngine()
  const sums = new Map<FlowType, number>()
  for (const { flows } of scene.links) {
    for (const [type, sum] of summed(flows, rates)) sums.set(type, (sums.get(type) ?? 0) + sum)
  }
  const shown = flowTypes.filter((type) => sums.has(type))
  const note =
    rates.stream.state === 'open'
      ? kind === 'alloy'
        ? 'Rates of one module only: this is Go Alloy.'
        : ''
      : rates.stream.error || 'Waiting for rates…'
  return (
    <div className="legend">
      {shown.map((type) => (
        <span key={type} className={`flow is-${type}`}>
          <i aria-hidden="true" />
          {flowTitles[type]}
        </span>
      ))}
      {note === '' ? null : <span className="legend-note">{note}</span>}
    </div>
  )
}
