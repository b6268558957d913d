// What all exporters with one page share: the target that they export, and the answer to a scrape.

import type { Context } from '../../../engine/component.ts'
import type { InternalResponse } from '../../../engine/internal_network.ts'
import type { Target } from '../../../model/targets.ts'
import { type MetricPage, metricPageType } from '../../../wire/exposition/metric_page.ts'

export interface ExporterIdentity {
  /** `prometheus.exporter.unix`. */
  readonly component: string
  /** `integrations/unix`. */
  readonly job: string
  readonly instance: string
}

/** The labels of every exporter's target. */
export function exporterTarget(
  { id, internal }: Pick<Context, 'id' | 'internal'>,
  { component, instance, job }: ExporterIdentity,
): Target {
  return new Map([
    ['__address__', internal.address],
    ['__meta_component_id', id],
    ['__meta_component_name', component],
    ['__metrics_path__', `/api/v0/component/${id}/metrics`],
    ['__scheme__', 'http'],
    ['instance', instance],
    ['job', job],
  ])
}

/** The answer to any request, whatever its path, as in the original. */
export function pageResponse(page: MetricPage): InternalResponse {
  return { status: 200, headers: { 'content-type': metricPageType }, body: page.bytes() }
}

/** For components that work only when they are asked. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
