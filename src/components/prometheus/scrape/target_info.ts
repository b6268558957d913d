// What the API shows of a target.

import type { DebugBody } from '../../../engine/debug_info.ts'
import { formatDurationNs, nsOfMs } from '../../../go/duration.ts'
import { formatRfc3339 } from '../../../go/rfc3339.ts'
import type { TargetLoop } from './target_loop.ts'

/** Go's zero time, which shows before the first scrape: the year 1. */
const zeroTimeMs = -62_135_596_800_000

export function targetInfo(job: string, { target, status }: TargetLoop): DebugBody {
  const labels = new Map<string, string>()
  for (let i = 0; i < target.labels.length; i += 2) {
    labels.set(target.labels[i]!, target.labels[i + 1]!)
  }
  const { lastError, lastDurationMs } = status
  const lastScrapeMs = status.lastScrapeMs > 0 ? status.lastScrapeMs : zeroTimeMs
  return [
    { kind: 'attribute', name: 'job', value: job },
    { kind: 'attribute', name: 'url', value: target.url },
    { kind: 'attribute', name: 'health', value: status.health },
    { kind: 'attribute', name: 'labels', value: labels },
    ...(lastError === ''
      ? []
      : [{ kind: 'attribute', name: 'last_error', value: lastError } as const]),
    { kind: 'attribute', name: 'last_scrape', value: formatRfc3339(lastScrapeMs) },
    {
      kind: 'attribute',
      name: 'last_scrape_duration',
      value: formatDurationNs(nsOfMs(lastDurationMs)),
    },
  ]
}
