import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ScrapedTarget, TargetPage } from '../../../src/client/api.ts'
import { reasonOf } from '../../../src/client/client_error.ts'
import { client } from '../api/client.ts'
import { Ago } from '../parts/ago.tsx'
import { ComponentLink } from '../parts/component-link.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Choice, SearchField, Toggles, useQueryField } from '../parts/filters.tsx'
import { HealthMark } from '../parts/health.tsx'
import { IconButton, Loading, Notice, Page } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { count, dateTime, duration } from '../text/format.ts'

const pageSize = 100
const pollMs = 10_000
const states = ['up', 'down', 'unknown'] as const
const tones = { up: 'healthy', down: 'unhealthy', unknown: 'unknown' } as const

const columns: readonly Column<ScrapedTarget>[] = [
  {
    key: 'state',
    title: 'State',
    width: '96px',
    narrow: '16px',
    show: ({ state }) => (
      <span className={`health is-${tones[state]}`}>
        <HealthMark state={tones[state]} />
        <span className="health-text">{state}</span>
      </span>
    ),
  },
  {
    key: 'url',
    title: 'Target',
    width: 'minmax(0, 4fr)',
    show: ({ url }) => <code title={url}>{url}</code>,
  },
  { key: 'job', title: 'Job', width: 'minmax(0, 2fr)', isMinor: true, show: ({ job }) => job },
  {
    key: 'error',
    title: 'Labels or error',
    width: 'minmax(0, 5fr)',
    isMinor: true,
    show: ({ lastError, labels }) =>
      lastError === '' ? (
        <code className="faint">{labelText(labels)}</code>
      ) : (
        <span className="is-bad" title={lastError}>
          {lastError}
        </span>
      ),
  },
  {
    key: 'last',
    title: 'Last scrape',
    width: '96px',
    isMinor: true,
    show: ({ lastScrapeMs }) => <Ago ms={lastScrapeMs} />,
  },
  {
    key: 'took',
    title: 'Took',
    width: '64px',
    narrow: '54px',
    isNumber: true,
    show: ({ lastDurationSeconds, lastScrapeMs }) =>
      lastScrapeMs === 0 ? '' : duration(lastDurationSeconds),
  },
]

function labelText(labels: ScrapedTarget['labels']): string {
  return Object.entries(labels)
    .filter(([name]) => name !== 'job')
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')
}

function keyOf({ component, url, labels }: ScrapedTarget): string {
  return `${component} ${url} ${JSON.stringify(labels)}`
}

export default function TargetsPage() {
  const [q, setQ] = useQueryField('q')
  const [state, setState] = useQueryField('state')
  const [component, setComponent] = useQueryField('component')
  const targets = useTargets(useSettled(q), state, component)
  const [chosen, setChosen] = useState<ScrapedTarget | undefined>()
  const scrapers = useScrapers()
  const { counts, total, problem } = targets
  return (
    <Page
      title="Targets"
      isFull
      note={total === undefined ? '' : count(total, 'target')}
      actions={
        problem !== '' && total !== undefined ? <span className="is-bad">{problem}</span> : null
      }
    >
      <div className="filters">
        <SearchField label="Search url, labels, error" value={q} set={setQ} />
        <Toggles
          label="State"
          value={state}
          set={setState}
          options={states.map((value) => ({
            value,
            title: value,
            tone: tones[value],
            count: counts?.[value] ?? 0,
          }))}
        />
        <Choice
          label="Scraped by"
          value={component}
          set={setComponent}
          options={[['', 'all'], ...scrapers.map((id) => [id, id] as const)]}
        />
      </div>
      {total === undefined ? (
        problem === '' ? (
          <Loading what="the targets" />
        ) : (
          <Notice kind="problem" title={problem} />
        )
      ) : total === 0 ? (
        <Notice kind="empty" title="No target matches.">
          {q === '' && state === '' && component === ''
            ? 'Nothing scrapes yet.'
            : 'Loosen the filters above.'}
        </Notice>
      ) : (
        <DataTable
          label="Targets"
          columns={columns}
          count={total}
          row={targets.row}
          rowKey={keyOf}
          sees={targets.sees}
          choose={setChosen}
          chosenKey={chosen === undefined ? undefined : keyOf(chosen)}
        />
      )}
      {chosen === undefined ? null : (
        <TargetDetail target={chosen} close={() => setChosen(undefined)} />
      )}
    </Page>
  )
}

/** What is typed is asked for once it rests. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 180)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

function useScrapers(): readonly string[] {
  const { components } = useEngine()
  return useMemo(
    () =>
      components
        .filter(({ name }) => /\.scrape$|^prometheus\.operator\./.test(name))
        .map(({ id }) => id),
    [components],
  )
}

interface TargetsState {
  readonly key: string
  readonly counts: TargetPage['counts'] | undefined
  readonly total: number | undefined
  readonly pages: ReadonlyMap<number, TargetPage['items']>
  readonly problem: string
}

/** A page is read when it comes into sight, and again every so often. */
function useTargets(text: string, state: string, component: string) {
  const key = `${state} ${component} ${text}`
  const blank = { key, counts: undefined, total: undefined, pages: new Map(), problem: '' }
  const [found, setFound] = useState<TargetsState>(blank)
  const seen = useRef({ first: 0, last: 0 })
  const read = useRef<(isFresh: boolean) => void>(() => undefined)
  useEffect(() => {
    const control = new AbortController()
    const wanted = states.find((each) => each === state)
    const pending = new Set<number>()
    const have = new Set<number>()
    const page = async (n: number) => {
      pending.add(n)
      const query = {
        limit: pageSize,
        offset: n * pageSize,
        ...(text === '' ? {} : { text }),
        ...(component === '' ? {} : { component }),
        ...(wanted === undefined ? {} : { state: wanted }),
      }
      try {
        const { counts, total, items } = await client.targets(query, control.signal)
        have.add(n)
        setFound((old) => {
          const pages = new Map(old.key === key ? old.pages : []).set(n, items)
          return { key, counts, total, pages, problem: '' }
        })
      } catch (error) {
        if (control.signal.aborted) return
        const problem = reasonOf(error)
        setFound((old) => ({ ...(old.key === key ? old : { ...old, key }), problem }))
      }
      pending.delete(n)
    }
    read.current = (isFresh) => {
      const [first, last] = [seen.current.first, seen.current.last]
      for (let n = Math.floor(first / pageSize); n <= Math.floor(last / pageSize); n++) {
        if (!pending.has(n) && (isFresh || !have.has(n))) void page(n)
      }
    }
    seen.current = { first: 0, last: 0 }
    read.current(true)
    const timer = setInterval(() => read.current(true), pollMs)
    return () => {
      clearInterval(timer)
      control.abort()
    }
  }, [key, text, state, component])
  const sees = useCallback((first: number, last: number) => {
    seen.current = { first, last }
    read.current(false)
  }, [])
  const row = (i: number) =>
    found.key === key ? found.pages.get(Math.floor(i / pageSize))?.[i % pageSize] : undefined
  return { ...found, sees, row }
}

interface TargetDetailProps {
  readonly target: ScrapedTarget
  close(): void
}

function TargetDetail({ target, close }: TargetDetailProps) {
  const { component, labels, lastError, lastScrapeMs, owner, url } = target
  return (
    <section className="target-detail" aria-label="Selected target">
      <header>
        <code>{url}</code>
        <IconButton icon="close" label="Close" onPress={close} />
      </header>
      {lastError === '' ? null : <pre className="problem">{lastError}</pre>}
      <dl>
        <div>
          <dt>Scraped by</dt>
          <dd>
            <ComponentLink id={component} hasHealth />
          </dd>
        </div>
        <div>
          <dt>Last scrape</dt>
          <dd>{dateTime(lastScrapeMs)}</dd>
        </div>
        {owner === '' ? null : (
          <div>
            <dt>Node</dt>
            <dd>{owner}</dd>
          </div>
        )}
        {Object.entries(labels).map(([name, value]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
