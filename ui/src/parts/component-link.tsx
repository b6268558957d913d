import { Link } from 'react-router'
import { useEngine } from '../state/engine.ts'
import { componentPath } from './component-path.ts'
import { HealthMark } from './health.tsx'

interface ComponentLinkProps {
  readonly id: string
  readonly hasHealth?: boolean
}

/** The id as a link; the module before it is set back, so that names line up. */
export function ComponentLink({ id, hasHealth = false }: ComponentLinkProps) {
  const { byId } = useEngine()
  const component = byId.get(id)
  const cut = id.lastIndexOf('/') + 1
  return (
    <Link className="component-link" to={componentPath(id)} title={id}>
      {hasHealth && component !== undefined ? (
        <>
          <HealthMark state={component.health.state} />
          <span className="hidden">{component.health.state} </span>
        </>
      ) : null}
      <span className="component-id">
        {cut === 0 ? null : <span className="component-module">{id.slice(0, cut)}</span>}
        <span>{id.slice(cut)}</span>
      </span>
    </Link>
  )
}
