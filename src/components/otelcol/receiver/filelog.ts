// otelcol.receiver.filelog: reads log records from files as they grow.

import type { Value } from '../../../eval/value.ts'
import { multiErrorText } from '../../../go/multierror.ts'
import { extensionHandler } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { any, bool, int, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { base2Bytes, duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { encodingProblem } from '../../common/otelcol/log_input.ts'
import { multiline, trimFields } from '../../common/otelcol/multiline.ts'
import { consumerRetry } from '../../common/otelcol/retry.ts'

const sortTypes = ['numeric', 'alphabetical', 'lexicographic', 'timestamp', 'mtime']
const compressions = ['', 'gzip', 'auto']

const sortBy = schema({
  sort_type: optional(string, '', 'What it sorts by: numeric, lexicographic, timestamp or mtime.'),
  regex_key: optional(string, '', 'Named group of the regex whose text is compared.'),
  ascending: optional(bool, false, 'Whether the smallest comes first.'),
  layout: optional(string, '', 'Layout of a timestamp, in the letters of strptime.'),
  location: optional(string, '', 'Time zone of a timestamp; empty: UTC.'),
})

const orderingCriteria = schema({
  regex: optional(string, '', 'Regular expression whose named groups are parts of the path.'),
  top_n: optional(int, 0, 'Files to read of those sorted; 0: the first.'),
  sort_by: blocks(sortBy, 'What files are sorted by.', {
    required: true,
  }),
  group_by: optional(string, '', 'Regular expression; files sort apart by what its group matches.'),
})

const header = schema({
  pattern: required(string, 'Regular expression that every line of the header matches.'),
  metadata_operators: required(
    list(map(any)),
    'Operators that make attributes of all records from the header.',
  ),
})

const filelogArguments = schema(
  {
    include: required(list(string), 'Patterns of the files to read; `**` goes down folders.'),
    exclude: optional(list(string), [], 'Patterns of the files to leave out.'),
    exclude_older_than: optional(
      duration,
      '0s',
      'Age of the last change beyond which files are left out; 0s: none is.',
    ),
    ordering_criteria: block(orderingCriteria, 'Which of the files are read, by their names.'),
    poll_interval: optional(duration, '200ms', 'Time from one look at the files to the next.'),
    max_concurrent_files: optional(int, 1024, 'Files that are read at a time.'),
    max_batches: optional(
      int,
      0,
      'Batches of max_concurrent_files that one look takes; 0: all there are.',
    ),
    start_at: optional(string, 'end', 'Where files that are new begin: beginning or end.'),
    fingerprint_size: optional(
      base2Bytes,
      '1KiB',
      'Bytes at the beginning by which a file is known again.',
    ),
    max_log_size: optional(base2Bytes, '1MiB', 'Bound of a record, at which it is cut.'),
    encoding: optional(string, 'utf-8', 'Character encoding of the files, or nop for bytes.'),
    force_flush_period: optional(
      duration,
      '500ms',
      'Silence after which a record without its end is sent; 0s: never.',
    ),
    delete_after_read: optional(
      bool,
      false,
      'Whether files are deleted once read; start_at must not be end.',
    ),
    include_file_record_number: optional(
      bool,
      false,
      'Whether attribute log.file.record_number tells the place in the file.',
    ),
    compression: optional(string, '', 'Compression of the files: none, gzip or auto.'),
    acquire_fs_lock: optional(bool, false, 'Whether files are locked while they are read.'),
    file_cache_advise: optional(
      bool,
      false,
      'Whether the system is told not to keep in memory what was read.',
    ),
    multiline: block(multiline, 'How lines are put together to records.'),
    ...trimFields,
    header: block(header, 'What is made of a header of the files.'),
    include_file_name: optional(bool, true, 'Whether attribute log.file.name is set.'),
    include_file_path: optional(bool, false, 'Whether attribute log.file.path is set.'),
    include_file_name_resolved: optional(
      bool,
      false,
      'Whether log.file.name_resolved is set, with links followed.',
    ),
    include_file_path_resolved: optional(
      bool,
      false,
      'Whether log.file.path_resolved is set, with links followed.',
    ),
    include_file_owner_name: optional(bool, false, 'Whether log.file.owner.name is set.'),
    include_file_owner_group_name: optional(
      bool,
      false,
      'Whether log.file.owner.group.name is set.',
    ),
    include_file_permissions: optional(bool, false, 'Whether log.file.permissions is set.'),
    attributes: optional(map(string), {}, 'Attributes to add to every record.'),
    resource: optional(map(string), {}, 'Attributes to add to the resource of every record.'),
    operators: optional(list(map(any)), [], 'Operators that rewrite records, in their order.'),
    retry_on_failure: defaultedBlock(consumerRetry, 'How what receivers refuse is sent again.'),
    storage: optional(
      extensionHandler,
      undefined,
      'Handler, of an otelcol.storage component, that keeps positions across restarts.',
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was read is sent.'),
  },
  {
    check: (args, fail) => {
      const problems = problemsOf(args)
      if (problems.length > 0) fail(multiErrorText(problems))
    },
  },
)

/** In the order in which the original finds them. */
function problemsOf(args: ArgumentsOf<typeof filelogArguments>): string[] {
  const { ordering_criteria, header, force_flush_period, delete_after_read } = args
  const problems = operatorProblems('operator', args.operators)
  if (force_flush_period < 0) problems.push("'force_flush_period' must not be negative")
  if (delete_after_read && args.start_at === 'end') {
    problems.push("'delete_after_read' cannot be used with 'start_at = end'")
  }
  const encoding = encodingProblem("'encoding'", args.encoding)
  if (encoding !== undefined) problems.push(encoding)
  for (const { sort_type } of ordering_criteria?.sort_by ?? []) {
    if (!sortTypes.includes(sort_type)) problems.push(`invalid 'sort_type': ${sort_type}`)
  }
  if (!compressions.includes(args.compression)) {
    problems.push(`invalid 'compression' type: ${args.compression}`)
  }
  problems.push(...operatorProblems('metadata_operator', header?.metadata_operators ?? []))
  return problems
}

/** Of operators no more is known here than that each must say its type. */
function operatorProblems(
  what: string,
  operators: readonly ReadonlyMap<string, Value>[],
): string[] {
  return operators
    .filter((operator) => (operator.get('type') ?? '') === '')
    .map(() => `failed to parse '${what}': missing required field 'type'`)
}

export const declaration = declare({
  name: 'otelcol.receiver.filelog',
  stability: 'public-preview',
  summary: 'Reads log records from files as they grow.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  requires: 'Permission to read the files, and to delete them where it shall.',
  arguments: filelogArguments,
  exports: {},
  metrics: {},
})
