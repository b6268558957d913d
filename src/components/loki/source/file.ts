// loki.source.file: reads log lines from files and follows them.

import { logsReceiver } from '../../../model/capsules.ts'
import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration, oneOf } from '../../../schema/texts.ts'

const compressionFormat = oneOf(['bz2', 'gz', 'z'], {
  otherwise: (written) =>
    `unsupported compression format: "${written}" - please use one of "bz2, gz, z"`,
})

const decompression = schema({
  enabled: required(bool, 'Whether files are decompressed.'),
  initial_delay: optional(
    duration,
    '0s',
    'Time to wait before the first read, for archives still being written.',
  ),
  format: required(compressionFormat, 'Compression: gz, z or bz2.'),
})

const fileWatch = schema({
  min_poll_frequency: optional(duration, '250ms', 'Shortest time between two looks at a file.'),
  max_poll_frequency: optional(duration, '250ms', 'Longest time between two looks at a file.'),
})

const fileMatch = schema(
  {
    enabled: optional(bool, false, 'Whether paths may hold patterns, which are expanded here.'),
    sync_period: optional(duration, '10s', 'Time from one expansion of the patterns to the next.'),
    ignore_older_than: optional(
      duration,
      '0s',
      'Age beyond which files are left out; 0s: all are read.',
    ),
  },
  {
    check: ({ sync_period }, fail) => {
      if (sync_period <= 0) fail('sync period must be greater than 0', 'sync_period')
    },
  },
)

const onPositionsFileError = oneOf(['restart_from_beginning', 'restart_from_end', 'skip'], {
  otherwise: (written) => `unknown OnPositionsFileError value: ${written}`,
})

const componentArguments = schema({
  targets: required(list(target), 'Files to read, by their `__path__`.'),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  encoding: optional(string, '', 'Character encoding of the files, an IANA name; empty: UTF-8.'),
  decompression: defaultedBlock(decompression, 'Reads compressed files.'),
  file_watch: defaultedBlock(fileWatch, 'How files are watched.'),
  file_match: defaultedBlock(fileMatch, 'Expands patterns in the paths of targets.'),
  tail_from_end: optional(
    bool,
    false,
    'Whether files without a known position are read from their end.',
  ),
  legacy_positions_file: optional(
    string,
    '',
    'Positions file of Grafana Agent or Promtail to take over.',
  ),
  on_positions_file_error: optional(
    onPositionsFileError,
    'restart_from_beginning',
    'Where an unreadable position is met: restart_from_beginning, restart_from_end or skip.',
  ),
})

export const declaration = declare({
  name: 'loki.source.file',
  stability: 'generally-available',
  summary: 'Reads log lines from files and follows them.',
  accepts: ['targets', 'loki logs'],
  emits: [],
  requires: 'Permission to read the files.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
