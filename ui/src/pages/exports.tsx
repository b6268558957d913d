import { useDeferredValue, useMemo, useState } from 'react'
import {
  type BodyStatement,
  type BodyValue,
  bodyLines,
  inlineValue,
} from '../../../src/client/alloy_body.ts'
import type { ComponentDetail } from '../../../src/client/components.ts'
import { client } from '../api/client.ts'
import { CodeView } from '../parts/code-view.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { SearchField } from '../parts/filters.tsx'
import { IconButton, Notice, Panel } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { useResource } from '../state/resource.ts'

/** Longer lists are shown a page at a time. */
const wholeListMax = 30
const pageSize = 50

/** What a component exports: short things as text, long lists in pages with a search. */
export function Exports({ detail }: { readonly detail: ComponentDetail }) {
  const short: BodyStatement[] = []
  const long: { readonly name: string; readonly items: readonly BodyValue[] }[] = []
  for (const each of detail.exports) {
    if (each.type === 'attr' && each.value.type === 'array') {
      if (each.value.value.length > wholeListMax) {
        long.push({ name: each.name, items: each.value.value })
        continue
      }
    }
    short.push(each)
  }
  const lines = bodyLines(short)
  return (
    <Panel
      title="Exports"
      actions={
        short.length === 0 ? null : <CopyButton what="exports" text={() => lines.join('\n')} />
      }
    >
      {detail.exports.length === 0 ? <p className="panel-text faint">It has none.</p> : null}
      {short.length === 0 ? null : <CodeView label="Exports" lines={lines} />}
      {long.map((list) => (
        <LongList key={list.name} id={detail.id} {...list} />
      ))}
    </Panel>
  )
}

interface LongListProps {
  readonly id: string
  readonly name: string
  readonly items: readonly BodyValue[]
}

function LongList({ id, name, items }: LongListProps) {
  const [text, setText] = useState('')
  const [page, setPage] = useState(0)
  const query = useDeferredValue(text)
  const list = usePage({ id, name, items, query, page })
  const pages = Math.max(1, Math.ceil(list.total / pageSize))
  return (
    <section className="long-list" aria-label={name}>
      <header className="filters">
        <h3>
          <code>{name}</code> <span className="faint">{items.length.toLocaleString('en')}</span>
        </h3>
        <SearchField
          label={`Search ${name}`}
          value={text}
          set={(value) => {
            setText(value)
            setPage(0)
          }}
        />
        <span className="pager">
          <IconButton
            icon="back"
            label="Page before"
            isDisabled={page === 0}
            onPress={() => setPage(page - 1)}
          />
          <span role="status">
            {list.total === 0 ? 0 : page * pageSize + 1}–
            {Math.min(list.total, (page + 1) * pageSize)} of {list.total.toLocaleString('en')}
          </span>
          <IconButton
            icon="chevron"
            label="Next page"
            isDisabled={page + 1 >= pages}
            onPress={() => setPage(page + 1)}
          />
        </span>
      </header>
      {list.problem === '' ? null : <Notice kind="problem" title={list.problem} />}
      {list.total === 0 && list.problem === '' ? (
        <Notice kind="empty" title="Nothing matches." />
      ) : (
        <CodeView label={name} lines={list.lines} />
      )}
    </section>
  )
}

interface PageRequest extends LongListProps {
  readonly query: string
  readonly page: number
}

/** Asked of the server; of Go Alloy, which has no pages, taken from the whole list. */
function usePage({ id, name, items, query, page }: PageRequest) {
  const { kind } = useEngine()
  const isOurs = kind === 'alloyts'
  const asked = useResource(isOurs ? `${id} ${name} ${query} ${page}` : '', async (signal) => {
    if (!isOurs) return undefined
    const wanted = { path: name, text: query, limit: pageSize, offset: page * pageSize }
    return client.exports(id, wanted, signal)
  })
  return useMemo(() => {
    const { value, problem } = asked
    const all = items.map((item) => `${inlineValue(item)},`)
    if (isOurs) {
      const total = value?.total ?? (problem === '' ? items.length : 0)
      // The encoding of arguments and exports, as the shape of the API says.
      const shown = value?.items as readonly BodyValue[] | undefined
      return { problem, total, lines: (shown ?? []).map((item) => `${inlineValue(item)},`) }
    }
    const found = all.filter((line) => line.toLowerCase().includes(query.toLowerCase()))
    const lines = found.slice(page * pageSize, (page + 1) * pageSize)
    return { problem: '', total: found.length, lines }
  }, [asked, isOurs, items, query, page])
}
