import { useMemo } from 'react'
import { client } from '../api/client.ts'
import { Ago } from '../parts/ago.tsx'
import { CodeView } from '../parts/code-view.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { useQueryField } from '../parts/filters.tsx'
import { Loading, Notice, Page, Panel } from '../parts/panel.tsx'
import { OursOnly } from '../parts/recording-tools.tsx'
import { ReloadButton } from '../parts/reload-button.tsx'
import { useEngine } from '../state/engine.ts'
import { useResource } from '../state/resource.ts'
import { count } from '../text/format.ts'

/** What is in force, with its secrets hidden, and how the last load went. */
export default function ConfigPage() {
  const { kind, info } = useEngine()
  const load = info?.lastLoad
  return (
    <Page
      title="Configuration"
      note={
        load === undefined ? null : (
          <span className={load.ok ? 'is-good' : 'is-bad'}>
            {load.ok ? 'Loaded' : 'Refused'} <Ago ms={load.atMs} />
          </span>
        )
      }
      actions={<ReloadButton />}
    >
      {load !== undefined && !load.ok ? (
        <Panel title="Why the last load failed">
          <pre className="problem config-problem">{load.error}</pre>
        </Panel>
      ) : null}
      {kind === 'alloy' ? <OursOnly what="Configurations" /> : <Sources />}
    </Page>
  )
}

function Sources() {
  const { info } = useEngine()
  const [path] = useQueryField('path')
  const line = Number(useQueryField('line')[0]) || undefined
  const config = useResource(String(info?.lastLoad.atMs ?? 0), (signal) => client.config(signal))
  if (config.value === undefined) {
    if (config.isLoading) return <Loading what="the configuration" />
    return <Notice kind="problem" title={config.problem} />
  }
  const { sources } = config.value
  if (sources.length === 0) return <Notice kind="empty" title="No configuration is in force." />
  return sources.map((source) => (
    <Source key={source.path} {...source} marked={source.path === path ? line : undefined} />
  ))
}

interface SourceProps {
  readonly path: string
  readonly text: string
  readonly marked: number | undefined
}

function Source({ path, text, marked }: SourceProps) {
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text])
  return (
    <Panel
      title={path}
      className="source"
      note={count(lines.length, 'line')}
      actions={<CopyButton what="file" text={() => text} />}
    >
      <CodeView label={path} lines={lines} hasNumbers marked={marked} />
    </Panel>
  )
}
