// What a component that scrapes shows of each of its targets.

export interface TargetState {
  readonly job: string
  /** As it is asked for, which may include a user and a password. */
  readonly url: string
  /** Name, value, … of the labels that its samples get. */
  readonly labels: readonly string[]
  readonly status: TargetStatus
}

export interface TargetStatus {
  readonly health: 'unknown' | 'up' | 'down'
  /** Empty where it went well. */
  readonly lastError: string
  /** Unix time in ms, 0 before the first scrape. */
  readonly lastScrapeMs: number
  readonly lastDurationMs: number
}
