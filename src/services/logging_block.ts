// The logging block: hands its arguments to the log service.

import { declaration } from '../components/config/logging.ts'
import type { Service } from '../engine/service.ts'
import type { Arguments } from '../schema/declaration.ts'
import type { LogService } from './logging.ts'

export function loggingService(logs: LogService): Service {
  return {
    declaration,
    configure: (args) => {
      // The engine decodes by the declaration above.
      const { level, format } = args as Arguments<typeof declaration>
      logs.configure({ level, format })
    },
  }
}
