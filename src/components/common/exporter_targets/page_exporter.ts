// What all exporters with one page share: the target that they export, and their idle run.

import type { Context } from '../../../engine/component.ts'
import type { Target } from '../../../model/targets.ts'

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

/** For components that work only when they are asked. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
