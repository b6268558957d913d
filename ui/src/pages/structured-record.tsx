import { useMemo } from 'react'
import { debugRecord, labelChanges } from '../text/debug-record.ts'

/** A record in its parts: of a change, what came, what went, and what stayed. */
export function StructuredRecord({ text }: { readonly text: string }) {
  const record = useMemo(() => debugRecord(text), [text])
  switch (record.kind) {
    case 'sample':
      return (
        <div className="record-sample">
          <b>{shortValue(record.value)}</b>
          <code>{record.labels}</code>
          <time>{record.time.slice(11, 23)}</time>
        </div>
      )
    case 'entry':
      return (
        <div className={`record-entry is-${record.direction.toLowerCase()}`}>
          <b>{record.direction}</b>
          <code>{record.entry}</code>
          <code className="faint">{record.labels}</code>
        </div>
      )
    case 'change':
      return <Change before={record.before} after={record.after} />
    case 'text':
      return <pre className="record-text">{record.text}</pre>
  }
}

/** Without the zeros of `%f`. */
function shortValue(value: string): string {
  return value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
}

function Change({ before, after }: { readonly before: string; readonly after: string }) {
  const isDropped = after.trim() === '{}' || after.trim() === '' || after.includes('<dropped>')
  const changes = isDropped ? [] : labelChanges(before, after)
  if (isDropped) {
    return (
      <div className="record-change is-dropped">
        <b>dropped</b>
        <code>{before}</code>
      </div>
    )
  }
  if (changes.length === 0) {
    return (
      <div className="record-change">
        <code>{before}</code>
        <b>→</b>
        <code>{after}</code>
      </div>
    )
  }
  return (
    <div className="record-change">
      {changes.map(({ state, text }) => (
        <code key={`${state} ${text}`} className={`label is-${state}`}>
          {state === 'removed' ? <span className="hidden">removed: </span> : null}
          {state === 'added' ? <span className="hidden">added: </span> : null}
          {text}
        </code>
      ))}
    </div>
  )
}
