// import.string: modules from a text of the configuration.

import type { declaration } from '../../components/config/import/string.ts'
import type { OpenImport } from '../../engine/modules/import_source.ts'
import { untilAborted } from '../../engine/until_aborted.ts'
import { bytesOf } from '../../go/text.ts'
import type { Arguments } from '../../schema/declaration.ts'

type Args = Arguments<typeof declaration>

export const openStringImport: OpenImport = ({ id, modulePath, clock, publish }) => {
  let updatedMs = clock.now()
  return {
    update: async (args) => {
      // As the declaration decodes them.
      const { content } = args as Args
      updatedMs = clock.now()
      await publish({ texts: new Map([[id, bytesOf(content.reveal())]]), modulePath })
    },
    run: untilAborted,
    health: () => ({ state: 'healthy', message: 'module updated', updatedMs }),
  }
}
