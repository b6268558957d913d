import { Link } from 'react-router'
import { useEngine } from '../state/engine.ts'
import { componentPath } from './component-path.ts'
import { HealthMark, type HealthState } from './health.tsx'

interface ComponentLinkProps {
  readonly id: string
  /** In place of its own health. */
  readonly state?: HealthState | undefined
  readonly hasHealth?: boolean
}

/** The id as a link; the module before it is set back, so that names line up. */
export function ComponentLink({ id, state, hasHealth = false }: ComponentLinkProps) {
  const { byId } = useEngine()
  const shown = state ?? (hasHealth ? byId.get(id)?.health.state : undefined)
  const cut = id.lastIndexOf('/') + 1
  return (
    <Link className="component-link" to={componentPath(id)} title={id}>
      {shown === undefined ? null : (
        <>
          <HealthMark state={shown} />
          <span className="hidden">{shown} </span>
        </>
      )}
      <span className="component-id">
        {cut === 0 ? null : <span className="component-module">{id.slice(0, cut)}</span>}
        <span>{id.slice(cut)}</span>
      </span>
    </Link>
  )
}
