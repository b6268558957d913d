import { useMemo } from 'react'
import {
  type BodyBlock,
  type BodyStatement,
  type BodyValue,
  bodyLines,
  inlineValue,
  textOf,
} from '../../../src/client/alloy_body.ts'
import { CodeView } from '../parts/code-view.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Panel } from '../parts/panel.tsx'
import { count } from '../text/format.ts'

/** What a component tells of its inside: repeated blocks as tables, everything else as text. */
export function DebugInfo({ body }: { readonly body: readonly BodyStatement[] }) {
  const { tables, rest } = useMemo(() => parted(body), [body])
  if (body.length === 0) return null
  const lines = bodyLines(rest)
  return (
    <Panel
      title="Debug info"
      note={tables.map(({ name, rows }) => count(rows.length, name)).join(', ')}
      actions={<CopyButton what="debug info" text={() => bodyLines(body).join('\n')} />}
    >
      {rest.length === 0 ? null : <CodeView label="Debug info" lines={lines} />}
      {tables.map((table) => (
        <BlockTable key={table.name} {...table} />
      ))}
    </Panel>
  )
}

interface Row {
  readonly key: string
  readonly cells: ReadonlyMap<string, string>
}

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

function parted(body: readonly BodyStatement[]): {
  readonly tables: readonly Table[]
  readonly rest: readonly BodyStatement[]
} {
  const groups = new Map<string, BodyBlock[]>()
  const rest: BodyStatement[] = []
  for (const each of body) {
    if (each.type === 'block') groups.set(each.name, [...(groups.get(each.name) ?? []), each])
    else rest.push(each)
  }
  const tables: Table[] = []
  for (const [name, blocks] of groups) tables.push(tableOf(name, blocks))
  return { tables, rest }
}

function tableOf(name: string, blocks: readonly BodyBlock[]): Table {
  const columns = new Set<string>()
  const rows = blocks.map(({ body, label }, i) => {
    const cells = new Map<string, string>(label === undefined ? [] : [['label', label]])
    for (const each of body) {
      cells.set(each.name, each.type === 'attr' ? cellText(each.value) : blockText(each))
    }
    for (const column of cells.keys()) columns.add(column)
    return { key: String(i), cells }
  })
  return { name, columns: [...columns], rows }
}

function cellText(value: BodyValue): string {
  return textOf(value) || inlineValue(value)
}

function blockText({ body }: BodyBlock): string {
  return bodyLines(body).join('; ')
}

const narrow = /^(health|state|status|type|name|job)$/
const tableRowHeight = 30

function BlockTable({ name, columns, rows }: Table) {
  const shown: Column<Row>[] = columns.map((column, i) => ({
    key: column,
    title: column,
    width: narrow.test(column) ? 'minmax(90px, 1fr)' : 'minmax(130px, 3fr)',
    isMinor: i > 2,
    show: ({ cells }) => {
      const text = cells.get(column) ?? ''
      return (
        <span className={toneOf(column, text)} title={text}>
          {text}
        </span>
      )
    },
  }))
  const height = Math.min(440, 40 + rows.length * tableRowHeight + 4)
  return (
    <div className="block-table" style={{ height: `${height}px` }}>
      <DataTable
        label={name}
        columns={shown}
        count={rows.length}
        row={(i) => rows[i]}
        rowKey={({ key }) => key}
        rowHeight={tableRowHeight}
      />
    </div>
  )
}

function toneOf(column: string, text: string): string {
  if (column === 'last_error') return 'is-bad'
  if (column !== 'health' && column !== 'state') return ''
  return text === 'up' || text === 'healthy' ? 'is-good' : text === 'down' ? 'is-bad' : ''
}
