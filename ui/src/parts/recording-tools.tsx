import { useEngine } from '../state/engine.ts'
import type { Recording } from '../state/recorder.ts'
import { count } from '../text/format.ts'
import { IconButton, Notice } from './panel.tsx'

interface RecordingToolsProps<T> {
  readonly recording: Recording<T>
  readonly fileName: string
  /** One line of the file for each record. */
  line(record: T): string
}

/** Pause, clear and download. */
export function RecordingTools<T>({ recording, fileName, line }: RecordingToolsProps<T>) {
  const { isPaused, pause, clear, waiting, records } = recording
  return (
    <>
      <IconButton
        icon={isPaused ? 'play' : 'pause'}
        label={
          isPaused ? `Go on${waiting > 0 ? ` (${waiting.toLocaleString('en')} new)` : ''}` : 'Pause'
        }
        isTextShown
        isOn={isPaused}
        onPress={() => pause(!isPaused)}
      />
      <IconButton icon="clear" label="Clear" onPress={clear} />
      <IconButton
        icon="download"
        label="Download"
        isDisabled={records.length === 0}
        onPress={() => download(fileName, records.map(({ value }) => `${line(value)}\n`).join(''))}
      />
    </>
  )
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

interface RecordingStateProps {
  readonly recording: Pick<Recording<unknown>, 'records' | 'dropped' | 'stream' | 'isPaused'>
  readonly shown: number
  /** What the server could not send in time. */
  readonly missed?: number
  readonly what: string
}

/** How much there is, what is no longer kept, and whether the stream runs. */
export function RecordingState({ recording, shown, missed = 0, what }: RecordingStateProps) {
  const { records, dropped, stream, isPaused } = recording
  const all = records.length
  return (
    <span className="recording-state" role="status">
      {stream.state === 'waiting' ? (
        <span className="is-bad">{stream.error || 'connection lost'}; trying again. </span>
      ) : null}
      {isPaused ? <b>Paused. </b> : null}
      {shown === all ? count(all, what) : `${shown.toLocaleString('en')} of ${count(all, what)}`}
      {dropped > 0 ? `, ${dropped.toLocaleString('en')} older ones not kept` : ''}
      {missed > 0 ? `, ${missed.toLocaleString('en')} not sent by the server` : ''}
    </span>
  )
}

/** For pages that need our own API, where the server is Go Alloy. */
export function OursOnly({ what }: { readonly what: string }) {
  const { kind } = useEngine()
  if (kind !== 'alloy') return null
  return (
    <Notice kind="note" title={`${what} need the API of alloyts.`}>
      This server is Go Alloy, which has no such thing.
    </Notice>
  )
}
