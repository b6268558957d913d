import { useNow } from '../parts/use-now.ts'
import { refreshEngine, useEngine } from '../state/engine.ts'
import { ago, clockTime } from '../text/format.ts'

/** Old enough to be said, though no request has failed yet. */
const staleMs = 20_000

/** Says when what is shown is not what is, and when the server is not ours. */
export function Connection() {
  const { kind, problem, freshMs } = useEngine()
  const now = useNow()
  const isStale = freshMs > 0 && now - freshMs > staleMs && !document.hidden
  if (problem === '' && !isStale) {
    return kind === 'alloy' ? (
      <p className="banner is-note">
        This server is Go Alloy: pages that need the API of alloyts are empty.
      </p>
    ) : null
  }
  return (
    <p className="banner is-bad" role="alert">
      <span>
        Not connected{problem === '' ? '' : `: ${problem}`}.{' '}
        {freshMs === 0
          ? 'Nothing has been read yet.'
          : `What you see is of ${clockTime(freshMs)}, ${ago(freshMs, now)}.`}
      </span>
      <button type="button" className="button" onClick={refreshEngine}>
        Try now
      </button>
    </p>
  )
}
