// otelcol.exporter.awss3: uploads telemetry to Amazon S3, as files.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration, oneOf } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const compressionType = oneOf(
  ['deflate', 'gzip', 'lz4', 'none', 'snappy', 'x-snappy-framed', 'zlib', 'zstd'],
  { otherwise: (written) => `unsupported compression type "${written}"` },
)

const s3Uploader = schema({
  region: optional(string, 'us-east-1', 'AWS region of the bucket.'),
  s3_bucket: required(string, 'Name of the bucket.'),
  s3_prefix: required(string, 'What keys begin with, before the part for the time.'),
  s3_base_prefix: optional(
    string,
    '',
    'What keys begin with before s3_prefix, whatever attribute replaces that.',
  ),
  s3_partition_format: optional(
    string,
    'year=%Y/month=%m/day=%d/hour=%H/minute=%M',
    'Part of keys for the time, in the format of strftime.',
  ),
  s3_partition_timezone: optional(
    string,
    '',
    'Time zone of that part, such as Europe/Berlin; that of the machine if empty.',
  ),
  role_arn: optional(string, '', 'ARN of a role to take for uploads.'),
  file_prefix: optional(string, '', 'What file names begin with.'),
  endpoint: optional(string, '', 'URL of the service, where it is not that of AWS.'),
  s3_force_path_style: optional(
    bool,
    false,
    'Whether URLs have the bucket in their path rather than in the host name.',
  ),
  disable_ssl: optional(bool, false, 'Whether to upload without TLS.'),
  compression: optional(compressionType, 'none', 'How files are compressed: none, gzip or zstd.'),
  acl: optional(string, '', 'Canned access control list of the files; private if empty.'),
  storage_class: optional(string, 'STANDARD', 'Storage class of the files.'),
  unique_key_func_name: optional(
    string,
    '',
    'How file names are made unique: uuidv7, or a random number if empty.',
  ),
  retry_mode: optional(
    string,
    'standard',
    'How failed uploads are tried again: standard, adaptive, or nop for never.',
  ),
  retry_max_attempts: optional(int, 3, 'How often an upload is attempted.'),
  retry_max_backoff: optional(duration, '20s', 'Longest wait between two attempts.'),
})

const marshaler = schema({
  type: optional(string, 'otlp_json', 'Format of files: otlp_json, otlp_proto, sumo_ic or body.'),
})

const resourceAttrsToS3 = schema({
  s3_prefix: required(string, 'Resource attribute whose value takes the place of s3_prefix.'),
  s3_bucket: optional(string, '', 'Resource attribute whose value takes the place of s3_bucket.'),
})

const storageClasses: ReadonlySet<string> = new Set([
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
])

const accessControlLists: ReadonlySet<string> = new Set([
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
])

const retryModes: ReadonlySet<string> = new Set(['standard', 'adaptive', 'nop'])

function uploaderProblems(uploader: ArgumentsOf<typeof s3Uploader>, marshaler: string): string[] {
  const { region, s3_bucket, endpoint, storage_class, acl, compression } = uploader
  const { retry_mode, unique_key_func_name } = uploader
  const problems: string[] = []
  if (region === '') problems.push('region is required')
  if (s3_bucket === '' && endpoint === '') problems.push('bucket or endpoint is required')
  if (storage_class !== '' && !storageClasses.has(storage_class)) {
    problems.push('invalid StorageClass')
  }
  if (acl !== '' && !accessControlLists.has(acl)) problems.push('invalid ACL')
  if (compression !== 'none') {
    const isKnown = compression === 'gzip' || compression === 'zstd'
    if (!isKnown) problems.push('unknown compression type')
    if (marshaler === 'sumo_ic') problems.push('marshaler does not support compression')
  }
  if (!retryModes.has(retry_mode)) {
    problems.push("invalid retry mode, must be either 'standard', 'adaptive' or 'nop'")
  }
  if (unique_key_func_name !== '' && unique_key_func_name !== 'uuidv7') {
    problems.push('invalid UniqueKeyFuncName')
  }
  return problems
}

const componentArguments = schema(
  {
    sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
    s3_uploader: requiredBlock(s3Uploader, 'Bucket, names and kind of the files.'),
    marshaler: defaultedBlock(marshaler, 'What files contain.'),
    timeout: optional(duration, '5s', 'How long an upload may take; 0s has no limit.'),
    resource_attrs_to_s3: defaultedBlock(
      resourceAttrsToS3,
      'Resource attributes that say where a file goes.',
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: ({ s3_uploader, marshaler }, fail) => {
      // The original reports all of these as one problem.
      const problems = uploaderProblems(s3_uploader, marshaler.type)
      if (problems.length > 0) fail(problems.join('; '), 's3_uploader')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.awss3',
  stability: 'experimental',
  summary: 'Uploads telemetry to Amazon S3, as files.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
