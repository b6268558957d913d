import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { client } from '../api/client.ts'
import { HealthMark } from '../parts/health.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useEngine } from '../state/engine.ts'
import { useResource } from '../state/resource.ts'
import { Dialog } from './dialog.tsx'
import { type Found, findComponents, findPlaces } from './find.ts'

const componentsMax = 12
/** Of targets, and of lines of the configuration. */
const othersMax = 8

const kindIcons: Readonly<Record<Found['kind'], IconName>> = {
  page: 'chevron',
  component: 'components',
  module: 'modules',
  target: 'targets',
  line: 'config',
}

export function Palette({ close }: { close(): void }) {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useId()
  const navigate = useNavigate()
  const { found, targetCount, isSearching } = useFound(query.trim())
  const at = Math.min(chosen, found.length - 1)
  const open = (item: Found | undefined) => {
    if (item === undefined) return
    close()
    void navigate(item.path)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((at + 1) % Math.max(1, found.length))
    else if (event.key === 'ArrowUp') setChosen((at - 1 + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter') open(found[at])
    else return
    event.preventDefault()
  }
  return (
    <Dialog label="Search" className="palette" close={close}>
      <div className="palette-input">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-label="Search components, targets, pages"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined}
          placeholder="Component, label, target, page …"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <Options id={list} found={found} at={at} open={open} />
      <p className="palette-foot" role="status">
        {found.length === 0 && !isSearching ? 'Nothing like that. ' : ''}
        {isSearching ? 'Searching targets… ' : ''}
        {targetCount > othersMax ? `${targetCount.toLocaleString('en')} targets match. ` : ''}
      </p>
    </Dialog>
  )
}

interface OptionsProps {
  readonly id: string
  readonly found: readonly Found[]
  readonly at: number
  open(item: Found): void
}

function Options({ id, found, at, open }: OptionsProps) {
  const active = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it moves when another is chosen.
  useEffect(() => {
    void active.current?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <div className="palette-list" role="listbox" id={id} aria-label="Found">
      {found.map((item, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the input.
        <div
          key={`${item.kind} ${item.key}`}
          ref={i === at ? active : undefined}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === at}
          className="palette-option"
          onClick={() => open(item)}
        >
          {item.health === undefined ? (
            <Icon name={kindIcons[item.kind]} />
          ) : (
            <HealthMark state={item.health} />
          )}
          <span className="palette-title">{item.title}</span>
          <span className="palette-kind">{item.note}</span>
        </div>
      ))}
    </div>
  )
}

function useFound(query: string) {
  const { components, kind } = useEngine()
  const deferred = useDeferredValue(query)
  const local = useMemo(
    () => [...findPlaces(deferred), ...findComponents(components, deferred, componentsMax)],
    [components, deferred],
  )
  const asks = deferred.length >= 2 && kind === 'alloyts'
  const others = useResource(asks ? deferred : '', async (signal) => {
    return asks ? client.search(deferred, othersMax, signal) : undefined
  })
  const { targets, config } = others.value ?? {}
  const found: readonly Found[] = [
    ...local,
    ...(targets?.items ?? []).map((target) => ({
      kind: 'target' as const,
      key: `${target.component} ${target.url} ${target.labels.instance ?? ''}`,
      title: target.url,
      note: `${target.job} · ${target.state}`,
      path: `/targets?q=${encodeURIComponent(target.url)}`,
    })),
    ...(config ?? []).map(({ path, line, text }) => ({
      kind: 'line' as const,
      key: `${path} ${line}`,
      title: text.trim(),
      note: `line ${line}`,
      path: `/config?path=${encodeURIComponent(path)}&line=${line}`,
    })),
  ]
  return { found, targetCount: targets?.total ?? 0, isSearching: asks && others.isLoading }
}
