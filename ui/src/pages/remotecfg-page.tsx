import { useNavigate } from 'react-router'
import type { ComponentSummary } from '../../../src/client/api.ts'
import { ComponentLink } from '../parts/component-link.tsx'
import { componentPath } from '../parts/component-path.ts'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Health } from '../parts/health.tsx'
import { Loading, Notice, Page } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { count } from '../text/format.ts'

const columns: readonly Column<ComponentSummary>[] = [
  {
    key: 'health',
    title: 'Health',
    width: '110px',
    narrow: '16px',
    show: ({ health }) => <Health state={health.state} />,
  },
  {
    key: 'id',
    title: 'Component',
    width: 'minmax(0, 1fr)',
    show: ({ id }) => <ComponentLink id={id} />,
  },
  {
    key: 'message',
    title: 'Message',
    width: 'minmax(0, 1fr)',
    isMinor: true,
    show: ({ health }) => health.message,
  },
]

/** Components of the configuration that a server sends. */
export default function RemotecfgPage() {
  const { components, info, freshMs } = useEngine()
  const navigate = useNavigate()
  if (freshMs === 0) return <Loading what="the components" />
  const remote = components.filter(({ id }) => id.startsWith('remotecfg/'))
  return (
    <Page
      title="Remote configuration"
      isFull
      note={remote.length === 0 ? '' : count(remote.length, 'component')}
    >
      {info?.remotecfg.enabled === false ? (
        <Notice kind="note" title="Remote configuration is off.">
          A <code>remotecfg</code> block with a <code>url</code> turns it on.
        </Notice>
      ) : remote.length === 0 ? (
        <Notice kind="empty" title="No component has come from a server yet." />
      ) : (
        <DataTable
          label="Components of the remote configuration"
          columns={columns}
          count={remote.length}
          row={(i) => remote[i]}
          rowKey={({ id }) => id}
          open={({ id }) => void navigate(componentPath(id))}
        />
      )}
    </Page>
  )
}
