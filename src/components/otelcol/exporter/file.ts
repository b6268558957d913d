// otelcol.exporter.file: writes telemetry to files.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  defaultedBlock,
  optional,
  required,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { compressionParams } from '../../common/otelcol/client.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const rotation = schema({
  max_megabytes: optional(int, 100, 'Size in MB at which the next file is begun.'),
  max_days: optional(int, 0, 'Days for which files are kept; 0 has no limit.'),
  max_backups: optional(int, 100, 'Old files to keep; 0 has no limit.'),
  localtime: optional(
    bool,
    false,
    'Whether names of old files carry the local time rather than UTC.',
  ),
})

const groupBy = schema({
  enabled: optional(bool, false, 'Whether each value of the attribute gets a file.'),
  resource_attribute: optional(
    string,
    'fileexporter.path_segment',
    'Resource attribute whose value takes the place of * in the path.',
  ),
  max_open_files: optional(int, 100, 'Files that may be open at the same time.'),
})

function groupingProblem(
  path: string,
  group: ArgumentsOf<typeof groupBy> | undefined,
): string | undefined {
  if (!group?.enabled) return undefined
  const parts = path.split('*')
  if (parts.length !== 2) return 'path must contain exactly one * when group_by is enabled'
  if (parts[0] === '') return 'path must not start with * when group_by is enabled'
  if (group.resource_attribute !== '') return undefined
  return 'resource_attribute must not be empty when group_by is enabled'
}

const componentArguments = schema(
  {
    path: required(string, 'File to write to.'),
    append: optional(
      bool,
      false,
      'Whether what the file has is kept; else it is emptied at the start.',
    ),
    rotation: block(rotation, 'When the next file is begun; without it never.'),
    format: optional(
      string,
      'json',
      'Either json, one message per line, or proto, each behind its length.',
    ),
    encoding: optional(
      string,
      '',
      'Encoding by an extension; not supported, so that it must be empty.',
    ),
    compression: optional(string, '', 'Either zstd, or none if empty.'),
    compression_params: block(compressionParams, 'How hard files are compressed.'),
    flush_interval: optional(duration, '1s', 'How often what was written reaches the file.'),
    group_by: block(groupBy, 'Spreads telemetry over files by a resource attribute.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: (args, fail) => {
      const { path, append, rotation, format, encoding, compression, flush_interval } = args
      if (encoding !== '') return fail('encoding parameter is not yet supported', 'encoding')
      if (path === '') return fail('path must be non-empty', 'path')
      const appendAnd = (what: string): string => {
        return `append and ${what} enabled at the same time is not supported`
      }
      if (append && compression !== '') return fail(appendAnd('compression'), 'compression')
      if (append && rotation !== undefined) return fail(appendAnd('rotation'), 'rotation')
      if (format !== 'json' && format !== 'proto')
        return fail('format type is not supported', 'format')
      if (compression !== '' && compression !== 'zstd') {
        return fail('compression is not supported', 'compression')
      }
      if (flush_interval < 0)
        return fail('flush_interval must be larger than zero', 'flush_interval')
      const problem = groupingProblem(path, args.group_by)
      if (problem !== undefined) fail(problem, 'group_by')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.file',
  stability: 'public-preview',
  summary: 'Writes telemetry to files.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'What was not flushed yet is lost with the process.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
