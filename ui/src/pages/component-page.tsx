import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import type { BodyStatement } from '../../../src/client/alloy_body.ts'
import { bodyLines } from '../../../src/client/alloy_body.ts'
import type { ComponentSummary } from '../../../src/client/api.ts'
import { type ComponentDetail, pathOf } from '../../../src/client/components.ts'
import { client } from '../api/client.ts'
import { Ago } from '../parts/ago.tsx'
import { CodeView } from '../parts/code-view.tsx'
import { ComponentLink } from '../parts/component-link.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Health } from '../parts/health.tsx'
import { Loading, Notice, Page, Panel } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { useResource } from '../state/resource.ts'
import { count, duration } from '../text/format.ts'
import { DebugInfo } from './debug-info.tsx'
import { Documentation } from './documentation.tsx'
import { Exports } from './exports.tsx'

const pollMs = 10_000

/** Of a component with ten thousand targets. In bytes. */
const detailBytesMax = 48_000_000

export default function ComponentPage({ isRemote = false }: { readonly isRemote?: boolean }) {
  const local = useParams()['*'] ?? ''
  const id = isRemote ? `remotecfg/${local}` : local
  const { byId, epoch } = useEngine()
  const summary = byId.get(id)
  const detail = useResource(
    id,
    (signal) => client.component(id, { bytesMax: detailBytesMax, signal }),
    pollMs + (epoch % 2),
  )
  if (detail.value === undefined) {
    if (detail.isLoading) return <Loading what={id} />
    return (
      <Page title={id}>
        <Notice
          kind="problem"
          title={detail.failure?.status === 404 ? 'There is no such component.' : detail.problem}
        >
          <Link to="/components">All components</Link>
        </Notice>
      </Page>
    )
  }
  return <Detail detail={detail.value} summary={summary} />
}

interface DetailProps {
  readonly detail: ComponentDetail
  readonly summary: ComponentSummary | undefined
}

function Detail({ detail, summary }: DetailProps) {
  const { health } = summary ?? detail
  return (
    <Page title={detail.id} actions={<Actions detail={detail} />}>
      <section className={`health-line is-${health.state}`} aria-label="Health">
        <Health state={health.state} />
        <span className="health-message">{health.message}</span>
        <span className="faint">
          <Ago ms={health.updatedMs} />
        </span>
      </section>
      <Delivery summary={summary} />
      <BodyPanel title="Arguments" body={detail.arguments} none="It takes none." />
      <Exports detail={detail} />
      <DebugInfo body={detail.debugInfo} />
      <References detail={detail} />
      {/* What the configuration itself declares is documented nowhere. */}
      {detail.createdModuleIds.length > 0 ? null : <Documentation name={detail.name} />}
    </Page>
  )
}

function Actions({ detail }: { readonly detail: ComponentDetail }) {
  const { id, moduleId, createdModuleIds, supportsLiveDebugging } = detail
  const graph = moduleId === '' ? '/graph' : `/graph/${pathOf(moduleId)}`
  return (
    <>
      <Link className="button" to={`${graph}?select=${encodeURIComponent(id)}`}>
        Graph
      </Link>
      {createdModuleIds.slice(0, 1).map((module) => (
        <Link key={module} className="button" to={`/graph/${pathOf(module)}`}>
          Module graph
        </Link>
      ))}
      {supportsLiveDebugging ? (
        <Link className="button" to={`/debug/${pathOf(id)}`}>
          Live debugging
        </Link>
      ) : null}
      <Link className="button" to={`/logs?component=${encodeURIComponent(id)}`}>
        Logs
      </Link>
    </>
  )
}

function Delivery({ summary }: { readonly summary: ComponentSummary | undefined }) {
  const delivery = summary?.delivery
  if (delivery === undefined) return null
  const lag = delivery.lagSeconds
  return (
    <p className={delivery.isDelivering ? 'delivery' : 'delivery is-bad'}>
      {delivery.isDelivering ? 'Delivering' : `Not delivering: ${delivery.message}`}
      {lag === undefined ? '' : `, ${duration(lag)} behind`}
    </p>
  )
}

interface BodyPanelProps {
  readonly title: string
  readonly body: readonly BodyStatement[]
  readonly none: string
}

function BodyPanel({ title, body, none }: BodyPanelProps) {
  const lines = useMemo(() => bodyLines(body), [body])
  return (
    <Panel
      title={title}
      note={lines.length > 40 ? count(lines.length, 'line') : undefined}
      actions={
        body.length === 0 ? null : (
          <CopyButton what={title.toLowerCase()} text={() => lines.join('\n')} />
        )
      }
    >
      {body.length === 0 ? (
        <p className="panel-text faint">{none}</p>
      ) : (
        <CodeView label={title} lines={lines} />
      )}
    </Panel>
  )
}

function References({ detail }: { readonly detail: ComponentDetail }) {
  const { components } = useEngine()
  const made = useMemo(() => {
    const modules = new Set(detail.createdModuleIds)
    return components.filter(({ moduleId }) => modules.has(moduleId)).map(({ id }) => id)
  }, [components, detail.createdModuleIds])
  const lists = [
    ['Refers to', detail.referencesTo],
    ['Referred to by', detail.referencedBy],
    ['Sends to', detail.dataFlowTo],
    ['Made components', made],
  ] as const
  const shown = lists.filter(([, ids]) => ids.length > 0)
  return (
    <Panel title="References">
      {shown.length === 0 ? (
        <p className="panel-text faint">It refers to nothing, and nothing refers to it.</p>
      ) : (
        <div className="references">
          {shown.map(([title, ids]) => (
            <section key={title}>
              <h3>
                {title} <span className="faint">{ids.length}</span>
              </h3>
              <ul>
                {[...new Set(ids)].map((id) => (
                  <li key={id}>
                    <ComponentLink id={id} hasHealth />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Panel>
  )
}
