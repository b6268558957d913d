// otelcol.storage.file: stores queues and read positions of other components in files.

import { extensionHandler } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const compaction = schema(
  {
    on_start: optional(bool, false, 'Whether files are compacted when they are opened.'),
    on_rebound: optional(
      bool,
      false,
      'Whether files are compacted while they are in use, once a large queue has drained.',
    ),
    directory: optional(
      string,
      '',
      'Where the copy is written that replaces a file; directory if empty.',
    ),
    rebound_needed_threshold_mib: optional(
      int,
      100,
      'Size in MiB that a file must have reached before it is compacted.',
    ),
    rebound_trigger_threshold_mib: optional(
      int,
      10,
      'Size in MiB to which what is stored must have shrunk before that.',
    ),
    max_transaction_size: optional(
      int,
      65_536,
      'Items copied in one transaction; 0 copies all in one.',
    ),
    check_interval: optional(duration, '5s', 'How often the sizes are compared.'),
    cleanup_on_start: optional(
      bool,
      false,
      'Whether what an interrupted compaction left is removed at the start.',
    ),
  },
  {
    defaultsFrom: 'parent',
  },
)

const componentArguments = schema(
  {
    directory: optional(
      string,
      '',
      "Where the files are kept; the component's part of the data path if empty.",
    ),
    timeout: optional(duration, '1s', 'How long to wait for the lock of a file.'),
    compaction: defaultedBlock(
      compaction,
      'How files get rid of the space that they no longer use.',
      { pointer: true },
    ),
    fsync: optional(bool, false, 'Whether every write waits until it is on the disk.'),
    create_directory: optional(bool, true, 'Whether missing directories are created.'),
    directory_permissions: optional(
      string,
      '0750',
      'Permissions of created directories, in octal.',
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    // Whether a directory that must not be created exists is known only where it is used.
    check: ({ compaction, create_directory, directory_permissions }, fail) => {
      if (compaction.max_transaction_size < 0) {
        return fail('max transaction size for compaction cannot be less than 0', 'compaction')
      }
      if (compaction.on_rebound && compaction.check_interval <= 0) {
        return fail(
          'compaction check interval must be positive when rebound compaction is set',
          'compaction',
        )
      }
      if (!create_directory) return
      const isOctal = /^[+-]?[0-7]+$/.test(directory_permissions)
      if (!isOctal) {
        const message = 'directory_permissions value must be a valid octal representation'
        return fail(message, 'directory_permissions')
      }
      const permissions = Number.parseInt(directory_permissions, 8)
      if (permissions < 0 || permissions > 0o777) {
        fail('directory_permissions contain invalid bits for file access', 'directory_permissions')
      }
    },
  },
)

export const declaration = declare({
  name: 'otelcol.storage.file',
  stability: 'public-preview',
  summary: 'Stores queues and read positions of other components in files.',
  accepts: [],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: componentArguments,
  exports: { handler: exported(extensionHandler, 'What other components take as their storage.') },
  metrics: {},
})
