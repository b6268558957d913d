import type { Component, Context, Runner } from '../../../../engine/component.ts'
import type { InternalRequest, InternalResponse } from '../../../../engine/internal_network.ts'
import { exporterTarget, untilStopped } from '../../../common/exporter_targets/page_exporter.ts'
import { machineName } from '../instance_machine.ts'
import type { declaration } from '../self.ts'

type D = typeof declaration

class SelfExporter implements Component<D> {
  readonly #context: Context<D>

  constructor(context: Context<D>) {
    this.#context = context
    const { program } = context
    const instance = machineName(program.hostname, process.env.HOSTNAME)
    const identity = { component: 'prometheus.exporter.self', job: 'integrations/self', instance }
    context.publish({ targets: [exporterTarget(context, identity)] })
  }

  update(): void {
    // There are no arguments that could change.
  }

  run(signal: AbortSignal): Promise<void> {
    return untilStopped(signal)
  }

  /** Whatever the path: the page of the whole process. */
  http(request: InternalRequest): Promise<InternalResponse> {
    return this.#context.internal.request({ ...request, path: '/metrics' })
  }
}

const runner: Runner<D> = { open: (context) => new SelfExporter(context) }

export default runner
