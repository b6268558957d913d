// otelcol.processor.redaction: removes attributes and hides values that must not be seen.

import { otelConsumer } from '../../../model/capsules.ts'
import { list, nullable } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, secret, string } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const urlSanitizer = schema({
  enabled: optional(bool, false, 'Whether variable parts of URLs are replaced.'),
  attributes: optional(list(string), [], 'Attributes that hold URLs.'),
  sanitize_span_name: optional(
    nullable(bool),
    undefined,
    'Whether names of spans that hold URLs are changed too; null: they are.',
  ),
})

const queries = schema({
  enabled: optional(bool, false, 'Whether values in such queries are replaced.'),
  attributes: optional(list(string), [], 'Attributes that hold such queries.'),
})

const dbSanitizer = schema({
  sanitize_span_name: optional(
    nullable(bool),
    undefined,
    'Whether names of spans that hold queries are changed too; null: they are.',
  ),
  sql: defaultedBlock(queries, 'SQL statements.'),
  redis: defaultedBlock(queries, 'Redis commands.'),
  valkey: defaultedBlock(queries, 'Valkey commands.'),
  memcached: defaultedBlock(queries, 'Memcached commands.'),
  mongo: defaultedBlock(queries, 'MongoDB queries.'),
  opensearch: defaultedBlock(queries, 'OpenSearch queries.'),
  es: defaultedBlock(queries, 'Elasticsearch queries.'),
})

const hashFunctions = ['', 'md5', 'sha1', 'sha3', 'hmac-sha256', 'hmac-sha512']

const componentArguments = schema(
  {
    allow_all_keys: optional(bool, false, 'Whether every key is allowed; else see allowed_keys.'),
    allowed_keys: optional(list(string), [], 'Keys that stay; attributes of others are removed.'),
    ignored_keys: optional(list(string), [], 'Keys whose attributes pass without any check.'),
    blocked_key_patterns: optional(
      list(string),
      [],
      'RE2 patterns of keys whose values are hidden.',
    ),
    ignored_key_patterns: optional(
      list(string),
      [],
      'RE2 patterns of keys whose attributes pass without any check.',
    ),
    allowed_values: optional(
      list(string),
      [],
      'RE2 patterns of values that stay, even where blocked_values matches.',
    ),
    blocked_values: optional(list(string), [], 'RE2 patterns of what is hidden in values.'),
    hash_function: optional(
      string,
      '',
      'What hidden values become: md5, sha1, sha3, hmac-sha256 or hmac-sha512. Empty: ****.',
    ),
    hmac_key: optional(secret, undefined, 'Key of the two hmac functions.'),
    redact_all_types: optional(bool, false, 'Whether values that are no text are checked as text.'),
    summary: optional(
      string,
      '',
      'What to add about the changes: debug (keys and counts), info (counts) or silent.',
    ),
    url_sanitizer: block(urlSanitizer, 'Replaces variable parts of URLs.'),
    db_sanitizer: block(dbSanitizer, 'Replaces values in queries of databases.'),
    output: requiredBlock(consumer, 'Where the data goes to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ hash_function }, fail) => {
      if (hashFunctions.includes(hash_function.toLowerCase())) return
      fail(
        `invalid hash_function: unknown HashFunction ${hash_function}, ` +
          'allowed functions are sha1, sha3, md5, hmac-sha256 and hmac-sha512',
        'hash_function',
      )
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.redaction',
  stability: 'experimental',
  summary: 'Removes attributes and hides values that must not be seen.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to redact.') },
  metrics: {},
})
