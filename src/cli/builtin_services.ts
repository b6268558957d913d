// What works for the configuration blocks of the built-in program.

import { declaration as labelstore } from '../components/config/labelstore.ts'
import { declaration as livedebugging } from '../components/config/livedebugging.ts'
import { declaration as remotecfg } from '../components/config/remotecfg.ts'
import { declaration as tracing } from '../components/config/tracing.ts'
import type { Service } from '../engine/service.ts'
import type { Arguments } from '../schema/declaration.ts'
import { httpService } from '../server/http_block.ts'
import type { HttpServer } from '../server/server.ts'
import type { LogService } from '../services/logging.ts'
import { loggingService } from '../services/logging_block.ts'

/** In the order in which they are evaluated. */
export function builtinServices(logs: LogService, server: HttpServer): readonly Service[] {
  return [
    loggingService(logs),
    // What these would do is refused argument by argument; what is left of them changes nothing.
    { declaration: tracing, configure: () => {} },
    { declaration: labelstore, configure: () => {} },
    { declaration: remotecfg, configure: () => {} },
    httpService(server),
    { declaration: livedebugging, configure: refuseLiveDebugging },
  ]
}

function refuseLiveDebugging(args: unknown): void {
  // The engine decodes by the declaration above.
  const { enabled } = args as Arguments<typeof livedebugging>
  if (enabled) throw new Error('livedebugging is not available in alloyts yet')
}
