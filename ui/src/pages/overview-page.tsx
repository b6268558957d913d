import { Link } from 'react-router'
import type { ComponentSummary } from '../../../src/client/api.ts'
import { client } from '../api/client.ts'
import { Ago } from '../parts/ago.tsx'
import { ComponentLink } from '../parts/component-link.tsx'
import { HealthMark, type HealthState } from '../parts/health.tsx'
import { Loading, Notice, Page, Panel } from '../parts/panel.tsx'
import { ReloadButton } from '../parts/reload-button.tsx'
import { useNow } from '../parts/use-now.ts'
import { type EngineState, useEngine } from '../state/engine.ts'
import { useResource } from '../state/resource.ts'
import { count, dateTime, duration } from '../text/format.ts'
import { FigurePanels } from './figures.tsx'

export function OverviewPage() {
  const engine = useEngine()
  if (engine.freshMs === 0) {
    return engine.problem === '' ? (
      <Loading what="the state of the collector" />
    ) : (
      <Page title="Overview">
        <Notice kind="problem" title="The collector cannot be reached.">
          {engine.problem}
        </Notice>
      </Page>
    )
  }
  return (
    <Page title="Overview" note={<Identity engine={engine} />}>
      <div className="overview-top">
        <HealthPanel components={engine.components} />
        <TargetsPanel />
        <ConfigPanel engine={engine} />
      </div>
      <TroublePanel components={engine.components} />
      <FigurePanels />
    </Page>
  )
}

function Identity({ engine: { info } }: { readonly engine: EngineState }) {
  const now = useNow(10_000)
  if (info === undefined) return 'Grafana Alloy'
  const node = info.nodeVersion.replace('v', '')
  const up = duration(Math.max(0, (now - info.startedMs) / 1000))
  return (
    <>
      alloyts {info.version} on Node.js {node}, {info.platform}; up{' '}
      <span title={`since ${dateTime(info.startedMs)}`}>{up}</span>
    </>
  )
}

const tallied = ['healthy', 'unhealthy', 'unknown', 'exited'] as const

function HealthPanel({ components }: { readonly components: readonly ComponentSummary[] }) {
  const counts = new Map<HealthState, number>()
  for (const { health } of components) counts.set(health.state, (counts.get(health.state) ?? 0) + 1)
  return (
    <Panel title="Components" note={components.length.toLocaleString('en')}>
      <div className="health-bar" aria-hidden="true">
        {tallied
          .filter((state) => counts.has(state))
          .map((state) => (
            <span
              key={state}
              className={`is-${state}`}
              style={{ flexGrow: counts.get(state) ?? 0 }}
            />
          ))}
      </div>
      <ul className="tallies">
        {tallied.map((state) => (
          <li key={state}>
            <Link to={`/components?health=${state}`} className={`tally is-${state}`}>
              <HealthMark state={state} />
              <b>{(counts.get(state) ?? 0).toLocaleString('en')}</b>
              <span>{state}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const targetsPollMs = 10_000

const targetStates = [
  ['up', 'healthy'],
  ['down', 'unhealthy'],
  ['unknown', 'unknown'],
] as const

function TargetsPanel() {
  const targets = useResource('', (signal) => client.targets({ limit: 1 }, signal), targetsPollMs)
  const { counts } = targets.value ?? {}
  const all = counts === undefined ? 0 : counts.up + counts.down + counts.unknown
  return (
    <Panel title="Targets" note={counts === undefined ? '' : all.toLocaleString('en')}>
      {targets.problem !== '' && counts === undefined ? (
        <p className="faint panel-text">{targets.problem}</p>
      ) : (
        <>
          <div className="health-bar" aria-hidden="true">
            {targetStates
              .filter(([state]) => (counts?.[state] ?? 0) > 0)
              .map(([state, tone]) => (
                <span
                  key={state}
                  className={`is-${tone}`}
                  style={{ flexGrow: counts?.[state] ?? 0 }}
                />
              ))}
          </div>
          <ul className="tallies">
            {targetStates.map(([state, tone]) => (
              <li key={state}>
                <Link to={`/targets?state=${state}`} className={`tally is-${tone}`}>
                  <HealthMark state={tone} />
                  <b>{counts?.[state].toLocaleString('en') ?? '–'}</b>
                  <span>{state}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

function ConfigPanel({ engine: { info } }: { readonly engine: EngineState }) {
  const load = info?.lastLoad
  return (
    <Panel
      title="Configuration"
      note={
        load === undefined ? null : (
          <span className={load.ok ? 'is-good' : 'is-bad'}>{load.ok ? 'loaded' : 'refused'}</span>
        )
      }
    >
      <div className="config-state">
        {info === undefined ? null : (
          <p className="config-path">
            <Link to="/config">{info.configPath}</Link>
            <Ago ms={info.lastLoad.atMs} />
          </p>
        )}
        {load !== undefined && !load.ok ? <pre className="problem">{load.error}</pre> : null}
        <ReloadButton />
      </div>
    </Panel>
  )
}

/** So many are named; the table of components has all. */
const troubleMax = 8

function TroublePanel({ components }: { readonly components: readonly ComponentSummary[] }) {
  const sick = components
    .filter(
      ({ health, delivery }) =>
        health.state === 'unhealthy' ||
        health.state === 'exited' ||
        delivery?.isDelivering === false,
    )
    .sort((a, b) => b.health.updatedMs - a.health.updatedMs)
  if (sick.length === 0) {
    return (
      <p className="all-well">
        <HealthMark state="healthy" />
        Every component runs, and every writer delivers.
      </p>
    )
  }
  return (
    <Panel
      title="Needs attention"
      className="is-trouble"
      note={count(sick.length, 'component')}
      actions={
        sick.length > troubleMax ? <Link to="/components?health=unhealthy">Show all</Link> : null
      }
    >
      <ul className="troubles">
        {sick.slice(0, troubleMax).map(({ id, health, delivery }) => (
          <li key={id}>
            <ComponentLink
              id={id}
              hasHealth
              state={delivery?.isDelivering === false ? 'unhealthy' : undefined}
            />
            <span className="trouble-text">
              {delivery?.isDelivering === false ? (
                <>
                  <em>not delivering</em>{' '}
                  {delivery.lagSeconds === undefined
                    ? ''
                    : `for ${duration(delivery.lagSeconds)}: `}
                  {delivery.message}
                </>
              ) : (
                health.message
              )}
            </span>
            <span className="faint">
              <Ago ms={health.updatedMs} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
