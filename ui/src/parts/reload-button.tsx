import { useState } from 'react'
import { reasonOf } from '../../../src/client/client_error.ts'
import { client } from '../api/client.ts'
import { refreshEngine, useEngine } from '../state/engine.ts'
import { IconButton } from './panel.tsx'

type Outcome =
  | { readonly kind: 'none' | 'running' }
  | { readonly kind: 'ok' | 'failed'; readonly text: string }

/** Has the configuration read again, and says what came of it. */
export function ReloadButton() {
  // The page says anyhow why the last load failed.
  const isShown = useEngine().info?.lastLoad.ok === false
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' })
  const reload = async () => {
    setOutcome({ kind: 'running' })
    try {
      setOutcome({ kind: 'ok', text: await client.reload() })
    } catch (error) {
      setOutcome({ kind: 'failed', text: reasonOf(error) })
    }
    refreshEngine()
  }
  return (
    <div className="reload">
      <IconButton
        icon="reload"
        label={outcome.kind === 'running' ? 'Reloading…' : 'Reload configuration'}
        isTextShown
        isDisabled={outcome.kind === 'running'}
        onPress={() => void reload()}
      />
      <div role="status" className="reload-outcome">
        {outcome.kind === 'ok' ? <span className="is-good">{outcome.text}</span> : null}
        {outcome.kind === 'failed' ? (
          isShown ? (
            <span className="is-bad">refused</span>
          ) : (
            <pre className="problem">{outcome.text}</pre>
          )
        ) : null}
      </div>
    </div>
  )
}
