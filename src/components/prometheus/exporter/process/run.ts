import { stat } from 'node:fs/promises'
import type { Component, Context, Runner } from '../../../../engine/component.ts'
import type { InternalResponse } from '../../../../engine/internal_network.ts'
import type { Arguments } from '../../../../schema/declaration.ts'
import { metricPageType } from '../../../../wire/exposition/metric_page.ts'
import { exporterTarget, untilStopped } from '../../../common/exporter_targets/page_exporter.ts'
import { machineName } from '../instance_machine.ts'
import type { declaration } from '../process.ts'
import { Matchers } from './matchers.ts'
import { type PageOptions, processPage } from './page.ts'
import { Tracker } from './tracker.ts'

type D = typeof declaration

class ProcessExporter implements Component<D> {
  readonly #context: Context<D>
  #tracker: Tracker
  #options: PageOptions
  /** Scrapes come one after the other, for each counts from where the last one ended. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(context: Context<D>, args: Arguments<D>, tracker: Tracker) {
    this.#context = context
    const { program } = context
    const instance = machineName(program.hostname, process.env.HOSTNAME)
    const identity = {
      component: 'prometheus.exporter.process',
      job: 'integrations/process',
      instance,
    }
    context.publish({ targets: [exporterTarget(context, identity)] })
    this.#tracker = tracker
    this.#options = optionsOf(args)
    this.#startCounting()
  }

  async update(args: Arguments<D>): Promise<void> {
    const tracker = trackerOf(args, this.#context)
    await checkProcfs(args.procfs_path)
    this.#tracker = tracker
    this.#options = optionsOf(args)
    this.#startCounting()
  }

  run(signal: AbortSignal): Promise<void> {
    return untilStopped(signal)
  }

  /** Whatever the path: the groups as they are now. */
  async http(): Promise<InternalResponse> {
    const page = await this.#inTurn(() =>
      processPage(this.#tracker, this.#options, this.#context.program),
    )
    const headers = { 'content-type': metricPageType }
    return { status: 200, headers, body: await page.bytesInTurns() }
  }

  /** What runs already counts from here on, not from the first scrape. */
  #startCounting(): void {
    void this.#inTurn(() => this.#tracker.update())
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }
}

function trackerOf(args: Arguments<D>, { clock }: Context<D>): Tracker {
  const options = {
    procfsPath: args.procfs_path,
    matchers: new Matchers(args.matcher),
    tracksChildren: args.track_children,
    gathersSmaps: args.gather_smaps,
    rechecks: args.recheck_on_scrape,
    removesEmptyGroups: args.remove_empty_groups,
  }
  return new Tracker(options, clock)
}

function optionsOf(args: Arguments<D>): PageOptions {
  return { tracksThreads: args.track_threads, gathersSmaps: args.gather_smaps }
}

async function checkProcfs(path: string): Promise<void> {
  try {
    await stat(path)
  } catch (error) {
    throw new Error(`cannot read the proc file system at ${path}`, { cause: error })
  }
}

const runner: Runner<D> = {
  open: async (context, args) => {
    const tracker = trackerOf(args, context)
    await checkProcfs(args.procfs_path)
    return new ProcessExporter(context, args, tracker)
  },
}

export default runner
