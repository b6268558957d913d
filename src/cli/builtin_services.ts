// What works for the configuration blocks of the built-in program.

import { declaration as http } from '../components/config/http.ts'
import { declaration as labelstore } from '../components/config/labelstore.ts'
import { declaration as livedebugging } from '../components/config/livedebugging.ts'
import { declaration as logging } from '../components/config/logging.ts'
import { declaration as remotecfg } from '../components/config/remotecfg.ts'
import { declaration as tracing } from '../components/config/tracing.ts'
import type { LiveDebug } from '../engine/live_debug.ts'
import type { Service } from '../engine/service.ts'
import type { Arguments, BlockDeclaration } from '../schema/declaration.ts'
import type { HttpServer } from '../server/server.ts'
import type { LogService } from '../services/logging.ts'

/** In the order in which they are evaluated. */
export function builtinServices(
  logs: LogService,
  server: HttpServer,
  liveDebug: LiveDebug,
): readonly Service[] {
  return [
    service(logging, ({ level, format }) => logs.configure({ level, format })),
    // What these would do is refused argument by argument; what is left of them changes nothing.
    service(tracing, () => {}),
    service(labelstore, () => {}),
    service(remotecfg, () => {}),
    service(http, (args) => server.configure(args)),
    service(livedebugging, ({ enabled }) => {
      liveDebug.isEnabled = enabled
    }),
  ]
}

function service<D extends BlockDeclaration>(
  declaration: D,
  configure: (args: Arguments<D>) => void | Promise<void>,
): Service {
  // The engine decodes by this declaration.
  return { declaration, configure: (args) => configure(args as Arguments<D>) }
}
