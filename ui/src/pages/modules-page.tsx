import { useMemo } from 'react'
import { Link } from 'react-router'
import type { ComponentSummary } from '../../../src/client/api.ts'
import { pathOf } from '../../../src/client/components.ts'
import { ComponentLink } from '../parts/component-link.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Loading, Notice, Page } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { count } from '../text/format.ts'

interface ModuleRow {
  readonly id: string
  readonly owner: ComponentSummary
  readonly components: number
  readonly sick: number
}

const columns: readonly Column<ModuleRow>[] = [
  {
    key: 'owner',
    title: 'Made by',
    width: 'minmax(0, 3fr)',
    show: ({ owner }) => <ComponentLink id={owner.id} hasHealth />,
  },
  {
    key: 'id',
    title: 'Module',
    width: 'minmax(0, 3fr)',
    isMinor: true,
    show: ({ id }) => (
      <code className="faint" title={id}>
        {id}
      </code>
    ),
  },
  {
    key: 'components',
    title: 'Components',
    width: '100px',
    narrow: '84px',
    isNumber: true,
    show: ({ id, components }) => (
      <Link to={`/components?module=${encodeURIComponent(id)}`}>{components}</Link>
    ),
  },
  {
    key: 'sick',
    title: 'Unhealthy',
    width: '90px',
    isNumber: true,
    isMinor: true,
    show: ({ sick }) => (sick === 0 ? '' : <b className="is-bad">{sick}</b>),
  },
  {
    key: 'graph',
    title: '',
    width: '60px',
    narrow: '50px',
    show: ({ id }) => <Link to={`/graph/${pathOf(id)}`}>Graph</Link>,
  },
]

/** Instances of declared and imported components, and of foreach. */
export default function ModulesPage() {
  const { components, freshMs } = useEngine()
  const modules = useMemo(() => modulesOf(components), [components])
  if (freshMs === 0) return <Loading what="the modules" />
  return (
    <Page title="Modules" isFull note={modules.length === 0 ? '' : count(modules.length, 'module')}>
      {modules.length === 0 ? (
        <Notice kind="empty" title="The configuration has no modules.">
          <code>declare</code>, <code>import.*</code> and <code>foreach</code> make them.
        </Notice>
      ) : (
        <DataTable
          label="Modules"
          columns={columns}
          count={modules.length}
          row={(i) => modules[i]}
          rowKey={({ id }) => id}
        />
      )}
    </Page>
  )
}

function modulesOf(components: readonly ComponentSummary[]): ModuleRow[] {
  const inModule = new Map<string, { components: number; sick: number }>()
  for (const { moduleId, health } of components) {
    const counts = inModule.get(moduleId) ?? { components: 0, sick: 0 }
    inModule.set(moduleId, counts)
    counts.components++
    if (health.state === 'unhealthy') counts.sick++
  }
  return components.flatMap((owner) =>
    owner.createdModuleIds.map((id) => {
      return { id, owner, components: 0, sick: 0, ...inModule.get(id) }
    }),
  )
}
