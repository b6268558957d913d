// local.file: the content of a file, kept up to date.
// Source of the behaviour: alloy/internal/component/local/file/file.go.

import { declare, exported, gauge } from '../../schema/declaration.ts'
import { bool, optionalSecret, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { fileDetector } from '../common/file_detector.ts'

export const declaration = declare({
  name: 'local.file',
  stability: 'generally-available',
  summary: 'Exposes the content of a file, and its changes, to other components.',
  accepts: [],
  emits: [],
  requires: 'Permission to read the file.',
  arguments: schema({
    filename: required(string, 'Path of the file.'),
    detector: optional(fileDetector, 'fsnotify', 'How changes are noticed: fsnotify or poll.'),
    poll_frequency: optional(duration, '1m', 'Time from one look at the file to the next.'),
    is_secret: optional(bool, false, 'Whether the content is a secret.'),
  }),
  exports: {
    content: exported(optionalSecret, 'The content of the file.'),
  },
  metrics: {
    lastAccessed: gauge(
      'local_file_timestamp_last_accessed_unix_seconds',
      'When the file was last read, in Unix seconds.',
    ),
  },
  load: () => import('./file/run.ts'),
})
