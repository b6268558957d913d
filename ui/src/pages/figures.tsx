import { useState } from 'react'
import type { MetaName } from '../../../src/client/api.ts'
import { client } from '../api/client.ts'
import { Toggles } from '../parts/filters.tsx'
import { Loading, Notice, Panel } from '../parts/panel.tsx'
import { Sparkline } from '../parts/sparkline.tsx'
import { useResource } from '../state/resource.ts'
import { bytes, duration, rate, shortNumber } from '../text/format.ts'

interface Figure {
  readonly name: MetaName
  readonly title: string
  readonly format: (value: number) => string
  readonly isProblem?: boolean
}

const flow: readonly Figure[] = [
  { name: 'samples_scraped_per_second', title: 'Samples scraped', format: rate },
  { name: 'samples_sent_per_second', title: 'Samples sent', format: rate },
  { name: 'samples_failed_per_second', title: 'Samples failed', format: rate, isProblem: true },
  { name: 'samples_pending', title: 'Samples pending', format: shortNumber },
  { name: 'send_lag_seconds', title: 'Lag of sending', format: duration },
  { name: 'shards', title: 'Shards', format: shortNumber },
]

const machine: readonly Figure[] = [
  { name: 'cpu_cores', title: 'CPU cores', format: shortNumber },
  { name: 'resident_bytes', title: 'Resident memory', format: bytes },
  { name: 'heap_used_bytes', title: 'Heap in use', format: bytes },
  { name: 'loop_delay_p99_seconds', title: 'Event loop delay, p99', format: duration },
  { name: 'active_series', title: 'Active series', format: shortNumber },
  { name: 'log_bytes', title: 'Log of writers', format: bytes },
  { name: 'evaluation_queue', title: 'Evaluations waiting', format: shortNumber },
]

const pollMs = 5000
const spans = [
  { value: '300', title: '5 min' },
  { value: '900', title: '15 min' },
]

export function FigurePanels() {
  const [seconds, setSeconds] = useState('900')
  const meta = useResource(seconds, (signal) => client.meta(Number(seconds), signal), pollMs)
  const { value } = meta
  if (value === undefined) {
    return meta.problem === '' ? (
      <Loading what="the figures" />
    ) : (
      <Panel title="Throughput">
        <Notice kind="problem" title="The figures cannot be read.">
          {meta.problem}
        </Notice>
      </Panel>
    )
  }
  const sparks = (figures: readonly Figure[]) =>
    figures.flatMap(({ name, ...figure }) => {
      const points = value.series[name]
      if (points === undefined || points.every((point) => point === null)) return []
      if (name === 'evaluation_queue' && points.every((point) => !point)) return []
      const { intervalSeconds, lastMs } = value
      return [<Sparkline key={name} {...{ ...figure, points, intervalSeconds, lastMs }} />]
    })
  const span = (
    <Toggles
      label="Time shown"
      value={seconds}
      options={spans}
      set={(chosen) => setSeconds(chosen || seconds)}
    />
  )
  return (
    <>
      <FigurePanel title="Throughput" actions={span} sparks={sparks(flow)} />
      <FigurePanel title="The process" sparks={sparks(machine)} />
    </>
  )
}

interface FigurePanelProps {
  readonly title: string
  readonly actions?: React.ReactNode
  readonly sparks: readonly React.ReactNode[]
}

function FigurePanel({ title, actions, sparks }: FigurePanelProps) {
  return (
    <Panel title={title} actions={actions}>
      {sparks.length === 0 ? (
        <Notice kind="empty" title="No figures yet: the first come after a few seconds." />
      ) : (
        <div className="sparks">{sparks}</div>
      )}
    </Panel>
  )
}
