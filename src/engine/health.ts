// Health of a component, in the states that upstream's API and metrics show.

export type HealthState = 'unknown' | 'healthy' | 'unhealthy' | 'exited'

export interface Health {
  readonly state: HealthState
  readonly message: string
  /** Unix time in ms of the last change. */
  readonly updatedMs: number
}

/**
 * What `/-/delivering` shows of a writer. It is no part of its health: a slow receiver makes no
 * component unhealthy.
 */
export interface DeliveryState {
  readonly isDelivering: boolean
  /** Since when and why not, without secrets; empty while it delivers. */
  readonly message: string
  /** Age of the oldest sample not yet taken by the slowest receiver, where known; 0 without any. */
  readonly lagSeconds?: number
}

const severity: Readonly<Record<HealthState, number>> = {
  healthy: 0,
  unknown: 1,
  unhealthy: 2,
  exited: 3,
}

/** The worst; of equal states the most recent, of equal times the earlier argument. */
export function worstHealth(first: Health, ...others: readonly Health[]): Health {
  return others.reduce((worst, other) => {
    const difference = severity[other.state] - severity[worst.state]
    const worse = difference > 0 || (difference === 0 && other.updatedMs > worst.updatedMs)
    return worse ? other : worst
  }, first)
}
