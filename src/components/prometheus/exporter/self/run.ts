import type { Component, Context, Runner } from '../../../../engine/component.ts'
import type { InternalRequest, InternalResponse } from '../../../../engine/internal_network.ts'
import type { Target } from '../../../../model/targets.ts'
import { machineName } from '../instance_machine.ts'
import type { declaration } from '../self.ts'

type D = typeof declaration

class SelfExporter implements Component<D> {
  readonly #context: Context<D>

  constructor(context: Context<D>) {
    this.#context = context
    context.publish({ targets: [targetOf(context)] })
  }

  update(): void {
    // There are no arguments that could change.
  }

  run(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  /** Whatever the path: the page of the whole process. */
  http(request: InternalRequest): Promise<InternalResponse> {
    return this.#context.internal.request({ ...request, path: '/metrics' })
  }
}

/** The labels of every exporter's target. */
function targetOf({ id, internal, program }: Context<D>): Target {
  return new Map([
    ['__address__', internal.address],
    ['__meta_component_id', id],
    ['__meta_component_name', 'prometheus.exporter.self'],
    ['__metrics_path__', `/api/v0/component/${id}/metrics`],
    ['__scheme__', 'http'],
    ['instance', machineName(program.hostname, process.env.HOSTNAME)],
    ['job', 'integrations/self'],
  ])
}

const runner: Runner<D> = { open: (context) => new SelfExporter(context) }

export default runner
