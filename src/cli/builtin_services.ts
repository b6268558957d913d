// What works for the configuration blocks of the built-in program.

import type { Catalog } from '../engine/catalog.ts'
import type { Service } from '../engine/service.ts'
import type { HttpServer, HttpSettings } from '../server/server.ts'
import type { LogService, LogSettings } from '../services/logging.ts'

/** In the order in which they are evaluated. */
export function builtinServices(
  catalog: Catalog,
  logs: LogService,
  server: HttpServer,
): readonly Service[] {
  // Arguments are decoded by the declaration that is named beside them.
  const configure: Readonly<Record<string, (args: unknown) => void>> = {
    logging: (args) => logs.configure(args as LogSettings),
    // What these would do is refused argument by argument; what is left of them changes nothing.
    tracing: () => {},
    labelstore: () => {},
    remotecfg: () => {},
    http: (args) => server.configure(args as HttpSettings),
    livedebugging: (args) => {
      if ((args as { readonly enabled: boolean }).enabled) {
        throw new Error('livedebugging is not available in alloyts yet')
      }
    },
  }
  return Object.entries(configure).map(([name, apply]) => {
    const declaration = catalog.block(name)
    if (declaration === undefined) throw new Error(`the block ${name} is not declared`)
    return { declaration, configure: apply }
  })
}
