import type { HealthReport } from '../../../src/client/api.ts'

export type HealthState = HealthReport['state']

export const healthStates: readonly HealthState[] = ['unhealthy', 'exited', 'unknown', 'healthy']

/** Each state has a form of its own beside its colour. */
const marks = {
  healthy: 'M4.6 8.3 7 10.7l4.6-5',
  unhealthy: 'M5.5 5.5l5 5M10.5 5.5l-5 5',
  unknown: 'M8 4.7v4M8 11.1v.2',
  exited: 'M5 8h6',
} as const

export function HealthMark({ state }: { readonly state: HealthState }) {
  return (
    <svg className={`health-mark is-${state}`} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7" />
      <path d={marks[state]} />
    </svg>
  )
}

export function Health({ state }: { readonly state: HealthState }) {
  return (
    <span className={`health is-${state}`}>
      <HealthMark state={state} />
      <span className="health-text">{state}</span>
    </span>
  )
}
