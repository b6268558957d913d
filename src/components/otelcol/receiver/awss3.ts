// otelcol.receiver.awss3: reads metrics, logs and traces that were stored in Amazon S3.

import { nullable } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'

const timeFormats = '2006-01-02T15:04:05Z07:00, 2006-01-02 15:04, 2006-01-02'

const s3downloader = schema(
  {
    region: optional(string, 'us-east-1', 'AWS region of the bucket.'),
    s3_bucket: required(string, 'Bucket to read from.'),
    s3_prefix: required(string, 'Beginning of the keys to read, before their partition.'),
    s3_partition_format: optional(
      string,
      'year=%Y/month=%m/day=%d/hour=%H/minute=%M',
      'Partition of a key, in the letters of strftime.',
    ),
    s3_partition_timezone: optional(
      string,
      '',
      'Time zone of the partition; empty: that of this machine.',
    ),
    file_prefix: optional(string, '', 'Beginning of the file names, after their partition.'),
    endpoint: optional(string, '', 'URL of the service; empty: that of the region.'),
    endpoint_partition_id: optional(string, 'aws', 'Partition of AWS that the endpoint is in.'),
    s3_force_path_style: optional(
      bool,
      false,
      'Whether the bucket stands in the path of a request rather than in its host.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const sqs = schema({
  queue_url: optional(string, '', 'URL of the queue.'),
  region: optional(string, '', 'AWS region of the queue.'),
  endpoint: optional(string, '', 'URL of the service; empty: that of the region.'),
  wait_time_seconds: optional(
    nullable(int),
    undefined,
    'Seconds that a request waits for a message; 20 unless said.',
  ),
  max_number_of_messages: optional(
    nullable(int),
    undefined,
    'Bound of the messages of an answer; 10 unless said.',
  ),
})

const timeDoc = 'as in RFC 3339 or as 2006-01-02 15:04'

const awss3Arguments = schema(
  {
    start_time: optional(string, '', `Time of the oldest objects to read, ${timeDoc}.`),
    end_time: optional(string, '', `Time at which reading ends, ${timeDoc}.`),
    s3downloader: requiredBlock(s3downloader, 'Which objects are read, and from where.'),
    sqs: block(sqs, 'Queue that tells of new objects, which are read instead of those of a time.'),
    output: requiredBlock(consumer, 'Where what was read is sent.'),
  },
  {
    check: (args, fail) => {
      const problems = problemsOf(args)
      if (problems.length > 0) fail(problems.join('; '))
    },
  },
)

function problemsOf(args: ArgumentsOf<typeof awss3Arguments>): string[] {
  const { start_time, end_time, sqs } = args
  const problems: string[] = []
  if (sqs !== undefined && (start_time !== '' || end_time !== '')) {
    problems.push('starttime/endtime and sqs configuration cannot be used together')
  }
  for (const [name, time] of [
    ['starttime', start_time],
    ['endtime', end_time],
  ]) {
    if (time === '' || isTime(time!)) continue
    problems.push(`unable to parse ${name} (${time}), accepted formats: ${timeFormats}`)
  }
  if (sqs?.queue_url === '') problems.push('sqs.queue_url is required')
  if (sqs?.region === '') problems.push('sqs.region is required')
  return problems
}

const dayTime = /^(\d{4}-\d\d-\d\d)(?: (\d\d?):(\d\d))?$/
const rfc3339 = /^(\d{4}-\d\d-\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/
const bounds = [23, 59, 59, 24, 60]

/** Whether a text is a time in one of the formats, as Go reads them. */
function isTime(text: string): boolean {
  const [, date, ...parts] = dayTime.exec(text) ?? rfc3339.exec(text) ?? []
  if (date === undefined) return false
  const day = new Date(`${date}T00:00:00Z`)
  // A day beyond the end of its month is taken for one of the next.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return false
  return parts.every((part, i) => part === undefined || Number(part) <= bounds[i]!)
}

export const declaration = declare({
  name: 'otelcol.receiver.awss3',
  stability: 'experimental',
  summary: 'Reads metrics, logs and traces that were stored in Amazon S3.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  requires: 'Credentials of AWS that may read the objects, and the messages of the queue.',
  arguments: awss3Arguments,
  exports: {},
  metrics: {},
})
