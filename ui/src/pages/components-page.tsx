import { useDeferredValue, useMemo } from 'react'
import { useNavigate } from 'react-router'
import type { ComponentSummary } from '../../../src/client/api.ts'
import { Ago } from '../parts/ago.tsx'
import { ComponentLink } from '../parts/component-link.tsx'
import { componentPath } from '../parts/component-path.ts'
import { type Column, DataTable, type Sorting } from '../parts/data-table.tsx'
import { Choice, SearchField, Toggles, useQueryField } from '../parts/filters.tsx'
import { Health, healthStates } from '../parts/health.tsx'
import { Loading, Notice, Page } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { count } from '../text/format.ts'

const columns: readonly Column<ComponentSummary>[] = [
  {
    key: 'health',
    title: 'Health',
    width: '110px',
    narrow: '16px',
    canSort: true,
    show: ({ health }) => <Health state={health.state} />,
  },
  {
    key: 'id',
    title: 'Component',
    width: 'minmax(0, 5fr)',
    canSort: true,
    show: ({ id }) => <ComponentLink id={id} />,
  },
  {
    key: 'message',
    title: 'Message',
    width: 'minmax(0, 5fr)',
    isMinor: true,
    show: ({ health, delivery }) => {
      const text = delivery?.message || health.message
      return <span title={text}>{text}</span>
    },
  },
  {
    key: 'updated',
    title: 'Since',
    width: '110px',
    isMinor: true,
    canSort: true,
    show: ({ health }) => <Ago ms={health.updatedMs} />,
  },
]

const orders: Readonly<Record<string, (a: ComponentSummary, b: ComponentSummary) => number>> = {
  health: (a, b) => healthStates.indexOf(a.health.state) - healthStates.indexOf(b.health.state),
  id: (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  updated: (a, b) => b.health.updatedMs - a.health.updatedMs,
}

export function ComponentsPage() {
  const { components, freshMs } = useEngine()
  const navigate = useNavigate()
  const filters = useFilters()
  const { found, healthCounts } = useFiltered(components, filters)
  if (freshMs === 0) return <Loading what="the components" />
  return (
    <Page
      title="Components"
      isFull
      note={
        found.length === components.length
          ? count(components.length, 'component')
          : `${found.length} of ${count(components.length, 'component')}`
      }
    >
      <div className="filters">
        <SearchField label="Filter by id or message" value={filters.q} set={filters.setQ} />
        <Toggles
          label="Health"
          value={filters.health}
          set={filters.setHealth}
          options={healthStates.map((state) => ({
            value: state,
            title: state,
            tone: state,
            count: healthCounts[state] ?? 0,
          }))}
        />
        <NameChoices components={components} filters={filters} />
      </div>
      {found.length === 0 ? (
        <Notice kind="empty" title="No component matches.">
          {components.length === 0 ? 'The configuration has none.' : 'Loosen the filters above.'}
        </Notice>
      ) : (
        <DataTable
          label="Components"
          columns={columns}
          count={found.length}
          row={(i) => found[i]}
          rowKey={({ id }) => id}
          open={({ id }) => void navigate(componentPath(id))}
          sorting={filters.sorting}
          sort={filters.sort}
        />
      )}
    </Page>
  )
}

type Filters = ReturnType<typeof useFilters>

function useFilters() {
  const [q, setQ] = useQueryField('q')
  const [health, setHealth] = useQueryField('health')
  const [kind, setKind] = useQueryField('kind')
  const [module, setModule] = useQueryField('module')
  const [order, setOrder] = useQueryField('sort')
  const sorting: Sorting | undefined =
    order === '' ? undefined : { key: order.replace('-', ''), isDown: order.startsWith('-') }
  const sort = (key: string) => setOrder(order === key ? `-${key}` : order === `-${key}` ? '' : key)
  return { q, setQ, health, setHealth, kind, setKind, module, setModule, sorting, sort }
}

function useFiltered(components: readonly ComponentSummary[], filters: Filters) {
  const { health, kind, module, sorting } = filters
  const words = useDeferredValue(filters.q)
  const [key, isDown] = [sorting?.key ?? '', sorting?.isDown === true]
  return useMemo(() => {
    const asked = words.toLowerCase().split(/\s+/).filter(Boolean)
    const matching = components.filter((component) => {
      if (kind !== '' && component.name !== kind) return false
      if (module !== '' && component.moduleId !== (module === '/' ? '' : module)) return false
      const text = `${component.id} ${component.health.message}`.toLowerCase()
      return asked.every((word) => text.includes(word))
    })
    const healthCounts: Record<string, number> = {}
    for (const { health: report } of matching) {
      healthCounts[report.state] = (healthCounts[report.state] ?? 0) + 1
    }
    const found = health === '' ? matching : matching.filter((one) => one.health.state === health)
    const order = orders[key]
    if (order !== undefined) found.sort((a, b) => (isDown ? order(b, a) : order(a, b)))
    return { found, healthCounts }
  }, [components, words, health, kind, module, key, isDown])
}

interface NameChoicesProps {
  readonly components: readonly ComponentSummary[]
  readonly filters: Filters
}

function NameChoices({ components, filters }: NameChoicesProps) {
  const { kinds, modules } = useMemo(
    () => ({
      kinds: [...new Set(components.map(({ name }) => name))].sort(),
      modules: [...new Set(components.map(({ moduleId }) => moduleId))].filter(Boolean).sort(),
    }),
    [components],
  )
  return (
    <>
      <Choice
        label="Kind"
        value={filters.kind}
        set={filters.setKind}
        options={[['', 'all'], ...kinds.map((name) => [name, name] as const)]}
      />
      {modules.length === 0 ? null : (
        <Choice
          label="Module"
          value={filters.module}
          set={filters.setModule}
          options={[['', 'all'], ['/', 'the root'], ...modules.map((id) => [id, id] as const)]}
        />
      )}
    </>
  )
}
