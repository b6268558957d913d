// The collectors of prometheus.exporter.unix by name, and which of them the arguments choose.

import type { Logger } from '../../../../model/logger.ts'
import type { BuildCollector, Collector, UnixArguments } from './collector.ts'
import { loadavg } from './collectors/loadavg.ts'
import { hostOf, openHost } from './host.ts'

interface Registered {
  readonly isDefault: boolean
  /** Or why there is none, as the end of "cannot collect NAME: ". */
  readonly build: BuildCollector | string
}

const byDefault = (build: BuildCollector | string): Registered => ({ isDefault: true, build })
const onRequest = (build: BuildCollector | string): Registered => ({ isDefault: false, build })

/** In order of name. */
export const registered: { readonly [name: string]: Registered } = {
  ethtool: onRequest('drivers tell their statistics by ioctl only, which needs native code'),
  loadavg: byDefault(loadavg),
  logind: onRequest('it is asked over D-Bus, which is not spoken here'),
}

export type Selection = Pick<
  UnixArguments,
  'set_collectors' | 'enable_collectors' | 'disable_collectors'
>

/** The chosen names, sorted. Names that nobody knows choose nothing, as in the original. */
export function chosenCollectors(selection: Selection): string[] {
  const { disable_collectors, enable_collectors, set_collectors } = selection
  const { length } = set_collectors
  const chosen = new Set(length > 0 ? set_collectors : defaultCollectors())
  for (const name of disable_collectors) chosen.delete(name)
  for (const name of enable_collectors) chosen.add(name)
  return [...chosen].filter((name) => Object.hasOwn(registered, name)).sort()
}

function defaultCollectors(): string[] {
  return Object.keys(registered).filter((name) => registered[name]?.isDefault)
}

/**
 * Builds the chosen collectors. Throws where an argument is wrong, and where a collector that was
 * asked for by name cannot work here; a default one of that kind is left out.
 */
export async function buildCollectors(args: UnixArguments, logger: Logger): Promise<Collector[]> {
  const names = chosenCollectors(args)
  const host = names.length === 0 ? hostOf(args) : await openHost(args)
  const asked = new Set([...args.set_collectors, ...args.enable_collectors])
  const collectors: Collector[] = []
  for (const name of names) {
    const build = registered[name]?.build
    if (typeof build === 'function') {
      const setting = { args, host, logger: logger.with({ collector: name }) }
      collectors.push(await build(setting))
    } else if (asked.has(name)) {
      throw new Error(`cannot collect ${name}: ${build}`)
    }
  }
  return collectors
}
