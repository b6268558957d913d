import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { LogLine } from '../../../src/client/api.ts'
import { client } from '../api/client.ts'
import { ComponentLink } from '../parts/component-link.tsx'
import { Choice, SearchField, Toggles, useQueryField } from '../parts/filters.tsx'
import { Notice, Page } from '../parts/panel.tsx'
import { RecordList } from '../parts/record-list.tsx'
import { OursOnly, RecordingState, RecordingTools } from '../parts/recording-tools.tsx'
import { useEngine } from '../state/engine.ts'
import { useRecorder } from '../state/recorder.ts'
import { recordFilter } from '../text/debug-record.ts'
import { clockTime, dateTime } from '../text/format.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const
const linesMax = 10_000
const tail = 500

const tones = { debug: 'debug', info: 'info', warn: 'unknown', error: 'unhealthy' } as const

export default function LogsPage() {
  const { kind } = useEngine()
  if (kind === 'alloy') {
    return (
      <Page title="Logs">
        <OursOnly what="Logs" />
      </Page>
    )
  }
  return <Logs />
}

function Logs() {
  const [levelField, setLevel] = useQueryField('level')
  const [component, setComponent] = useQueryField('component')
  const [text, setText] = useState('')
  const level = levels.find((each) => each === levelField) ?? 'info'
  const recording = useLog(level, component)
  const query = useDeferredValue(text)
  const filter = useMemo(() => recordFilter(query), [query])
  const { records } = recording
  const found = useMemo(
    () =>
      'problem' in filter ? records : records.filter(({ value }) => filter.test(lineText(value))),
    [records, filter],
  )
  return (
    <Page
      title="Logs"
      isFull
      note={<RecordingState recording={recording} shown={found.length} what="line" />}
      actions={
        <RecordingTools
          recording={recording}
          fileName="alloyts-log.ndjson"
          line={(line) => JSON.stringify(line)}
        />
      }
    >
      <div className="filters">
        <SearchField label="Filter: text or /pattern/" value={text} set={setText} />
        <Toggles
          label="Least level"
          value={level}
          set={(value) => setLevel(value === 'info' ? '' : value || levelField)}
          options={levels.map((value) => ({ value, title: value }))}
        />
        <ComponentChoice value={component} set={setComponent} />
      </div>
      {'problem' in filter ? <p className="is-bad">{filter.problem}</p> : null}
      {found.length === 0 ? (
        <Notice kind="empty" title="No lines yet.">
          {records.length > 0
            ? 'None matches the filter.'
            : `Lines of level ${level} and above appear here.`}
        </Notice>
      ) : (
        <RecordList label="Log" records={found} show={(line) => <Line line={line} />} />
      )}
    </Page>
  )
}

/** After a break the lines before are sent again: those that are known are left out. */
function useLog(level: LogLine['level'], component: string) {
  const key = `${level} ${component}`
  const last = useRef({ key, ms: 0 })
  return useRecorder<LogLine>({
    key,
    max: linesMax,
    open: async function* (signal: AbortSignal, onOpen: () => void) {
      if (last.current.key !== key) last.current = { key, ms: 0 }
      const sinceMs = last.current.ms
      const query = { level, tail, ...(component === '' ? {} : { component }) }
      for await (const line of client.logs(query, { signal, onOpen })) {
        if (line.atMs <= sinceMs) continue
        last.current.ms = line.atMs
        yield line
      }
    },
  })
}

interface ComponentChoiceProps {
  readonly value: string
  set(value: string): void
}

function ComponentChoice({ value, set }: ComponentChoiceProps) {
  const { components } = useEngine()
  const ids = useMemo(() => components.map(({ id }) => id).sort(), [components])
  const isUnknown = value !== '' && !ids.includes(value)
  return (
    <Choice
      label="Component"
      value={value}
      set={set}
      options={[
        ['', 'all'],
        ...(isUnknown ? [[value, value] as const] : []),
        ...ids.map((id) => [id, id] as const),
      ]}
    />
  )
}

function lineText({ level, component, message, fields }: LogLine): string {
  return `${level} ${component} ${message} ${fieldsText(fields)}`
}

function fieldsText(fields: LogLine['fields']): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}

function Line({ line }: { readonly line: LogLine }) {
  const { atMs, level, component, message, fields, missed } = line
  return (
    <div className={`log-line is-${tones[level]}`}>
      <time dateTime={new Date(atMs).toISOString()} title={dateTime(atMs)}>
        {clockTime(atMs)}
      </time>
      <span className="log-level">{level}</span>
      <span className="log-text">
        {missed === undefined ? null : <em className="is-bad">{missed} lines were missed. </em>}
        {component === '' ? null : (
          <>
            <ComponentLink id={component} />{' '}
          </>
        )}
        {message}{' '}
        {Object.entries(fields).map(([name, value]) => (
          <span key={name} className="log-field">
            <span className="faint">{name}=</span>
            {value}{' '}
          </span>
        ))}
      </span>
    </div>
  )
}
