// The http block: hands its arguments to the server.

import { declaration } from '../components/config/http.ts'
import type { Service } from '../engine/service.ts'
import type { Arguments } from '../schema/declaration.ts'
import type { HttpServer } from './server.ts'

export function httpService(server: HttpServer): Service {
  return {
    declaration,
    configure: (args) => {
      // The engine decodes by the declaration above.
      server.configure(args as Arguments<typeof declaration>)
    },
  }
}
