// faro.receiver: receives what the Grafana Faro Web SDK sends from browsers.

import { logsReceiver, otelConsumer } from '../../model/capsules.ts'
import { list, map } from '../../schema/composites.ts'
import { declare } from '../../schema/declaration.ts'
import { bool, float, int, secret, string } from '../../schema/scalars.ts'
import {
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../schema/schema.ts'
import { base2Bytes, duration, oneOf } from '../../schema/texts.ts'

const logFormat = oneOf(['json', 'logfmt'], {
  otherwise: (written) => `unrecognized log format "${written}"`,
})

const rateLimitingStrategy = oneOf(['global', 'per_app'], {
  otherwise: (written) => `unrecognized rate limiting strategy "${written}"`,
})

const rateLimiting = schema({
  enabled: optional(bool, true, 'Whether the rate is limited.'),
  strategy: optional(
    rateLimitingStrategy,
    'global',
    'What has a limit of its own: global, or per_app.',
  ),
  rate: optional(float, 50, 'Requests a second.'),
  burst_size: optional(float, 100, 'Requests that may come at once.'),
})

const server = schema({
  listen_address: optional(string, '127.0.0.1', 'Address to listen on.'),
  listen_port: optional(int, 12_347, 'Port to listen on.'),
  cors_allowed_origins: optional(list(string), [], 'Origins whose pages may send; `*` for all.'),
  api_key: optional(secret, undefined, 'Key that requests must bring.'),
  max_allowed_payload_size: optional(base2Bytes, '5MiB', 'Most bytes of a request.'),
  rate_limiting: defaultedBlock(rateLimiting, 'How many requests are taken.'),
  include_metadata: optional(bool, false, 'Whether the metadata of requests is kept.'),
})

const cache = schema({
  ttl: optional(
    duration,
    '2562047h47m16.854775807s',
    'Time after which an unused source map is forgotten.',
  ),
  error_cleanup_interval: optional(
    duration,
    '1h0m0s',
    'Time after which a failed download is tried again.',
  ),
  cleanup_check_interval: optional(
    duration,
    '30s',
    'Time from one look for old entries to the next.',
  ),
})

const location = schema({
  path: required(string, 'Folder of the source maps.'),
  minified_path_prefix: required(string, 'What paths of minified files begin with, to be cut off.'),
})

const sourcemaps = schema({
  download: optional(bool, true, 'Whether source maps are downloaded.'),
  download_from_origins: optional(list(string), ['*'], 'Origins to download from; `*` for all.'),
  download_timeout: optional(duration, '1s', 'Time after which a download has failed.'),
  cache: defaultedBlock(cache, 'How long source maps are remembered.', { pointer: true }),
  location: blocks(location, 'Source maps on disk.'),
})

const output = schema({
  logs: optional(list(logsReceiver), [], 'Receivers of logs, events, errors and measurements.'),
  traces: optional(list(otelConsumer), [], 'Receivers of traces.'),
})

const componentArguments = schema({
  extra_log_labels: optional(map(string), {}, 'Labels to add to every log entry.'),
  log_format: optional(logFormat, 'logfmt', 'Format of the lines: logfmt or json.'),
  server: defaultedBlock(server, 'Server that receives.'),
  sourcemaps: defaultedBlock(sourcemaps, 'Maps of minified JavaScript to its sources.'),
  output: requiredBlock(output, 'Where what arrives is sent to.'),
})

export const declaration = declare({
  name: 'faro.receiver',
  stability: 'generally-available',
  summary: 'Receives what the Grafana Faro Web SDK sends from browsers.',
  accepts: ['loki logs', 'otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
