import { useDeferredValue, useMemo, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { ComponentSummary } from '../../../src/client/api.ts'
import { pathOf } from '../../../src/client/components.ts'
import { client } from '../api/client.ts'
import { ComponentLink } from '../parts/component-link.tsx'
import { componentPath } from '../parts/component-path.ts'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Choice, SearchField, Toggles, useQueryField } from '../parts/filters.tsx'
import { Health } from '../parts/health.tsx'
import { Loading, Notice, Page } from '../parts/panel.tsx'
import { RecordList } from '../parts/record-list.tsx'
import { RecordingState, RecordingTools } from '../parts/recording-tools.tsx'
import { useEngine } from '../state/engine.ts'
import { useRecorder } from '../state/recorder.ts'
import { debugRecord, recordFilter } from '../text/debug-record.ts'
import { StructuredRecord } from './structured-record.tsx'

export default function DebugPage() {
  const id = useParams()['*'] ?? ''
  const { info, kind } = useEngine()
  if (id === '') return <Chooser />
  if (kind === 'unknown') return <Loading what="the state of live debugging" />
  if (info?.liveDebugging.enabled !== false) return <Records key={id} id={id} />
  return (
    <Page title="Live debugging" note={<ComponentLink id={id} hasHealth />}>
      <IsOff />
    </Page>
  )
}

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
    show: ({ id }) => (
      <Link className="component-link" to={`/debug/${pathOf(id)}`}>
        <span className="component-id">{id}</span>
      </Link>
    ),
  },
]

function Chooser() {
  const { components, info } = useEngine()
  const [text, setText] = useQueryField('q')
  const navigate = useNavigate()
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = components.filter(
    ({ id, createdModuleIds }) =>
      createdModuleIds.length === 0 && words.every((word) => id.toLowerCase().includes(word)),
  )
  return (
    <Page title="Live debugging" note="Choose the component to watch." isFull>
      {info?.liveDebugging.enabled === false ? <IsOff /> : null}
      <div className="filters">
        <SearchField label="Filter components" value={text} set={setText} />
      </div>
      <DataTable
        label="Components"
        columns={columns}
        count={found.length}
        row={(i) => found[i]}
        rowKey={({ id }) => id}
        open={({ id }) => void navigate(`/debug/${pathOf(id)}`)}
      />
    </Page>
  )
}

function IsOff() {
  return (
    <Notice kind="note" title="Live debugging is off.">
      Add <code>{'livedebugging { enabled = true }'}</code> to the configuration and reload it.
    </Notice>
  )
}

const recordsMax = 10_000

const shares = [
  ['1', 'all'],
  ['0.5', '50 %'],
  ['0.1', '10 %'],
  ['0.01', '1 %'],
  ['0.001', '0.1 %'],
] as const

function Records({ id }: { readonly id: string }) {
  const [share, setShare] = useState<string>('1')
  const [missed, setMissed] = useState(0)
  const [text, setText] = useState('')
  const [form, setForm] = useState('parts')
  const recording = useRecorder<string>({
    key: `${id} ${share}`,
    max: recordsMax,
    open: (signal, onOpen) =>
      client.debug({
        component: id,
        probability: Number(share),
        signal,
        onOpen,
        onMissed: (count) => setMissed((old) => old + count),
      }),
  })
  const query = useDeferredValue(text)
  const filter = useMemo(() => recordFilter(query), [query])
  const { records } = recording
  const found = useMemo(
    () => ('problem' in filter ? records : records.filter(({ value }) => filter.test(value))),
    [records, filter],
  )
  return (
    <Page
      title="Live debugging"
      isFull
      note={<ComponentLink id={id} hasHealth />}
      actions={
        <RecordingTools
          recording={recording}
          fileName={`${id.replaceAll('/', '_')}.ndjson`}
          line={(record) => JSON.stringify(debugRecord(record))}
        />
      }
    >
      <div className="filters">
        <SearchField label="Filter: text or /pattern/" value={text} set={setText} />
        <Toggles
          label="Form"
          value={form}
          set={(value) => setForm(value || form)}
          options={[
            { value: 'parts', title: 'Parts' },
            { value: 'text', title: 'Text' },
            { value: 'json', title: 'JSON' },
          ]}
        />
        <Choice label="Sample" value={share} set={setShare} options={shares} />
        <RecordingState recording={recording} shown={found.length} missed={missed} what="record" />
      </div>
      {'problem' in filter ? <p className="is-bad">{filter.problem}</p> : null}
      {found.length === 0 ? (
        <Notice kind="empty" title="No records yet.">
          {records.length > 0 ? (
            'None matches the filter.'
          ) : (
            <>
              What flows through <Link to={componentPath(id)}>{id}</Link> appears here.
            </>
          )}
        </Notice>
      ) : (
        <RecordList
          label="Records"
          records={found}
          show={(record) => <Shown record={record} form={form} />}
        />
      )}
    </Page>
  )
}

function Shown({ record, form }: { readonly record: string; readonly form: string }) {
  if (form === 'text') return <pre className="record-text">{record}</pre>
  if (form === 'json') {
    return <pre className="record-text">{JSON.stringify(debugRecord(record), undefined, 2)}</pre>
  }
  return <StructuredRecord text={record} />
}
