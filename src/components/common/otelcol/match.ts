// Conditions by which processors take spans, metrics and log records, or pass them by.

import { list, nullable } from '../../../schema/composites.ts'
import { any, bool, int, string } from '../../../schema/scalars.ts'
import { block, blocks, optional, required, schema } from '../../../schema/schema.ts'
import { oneOf } from '../../../schema/texts.ts'

export const attribute = schema({
  key: required(string, 'Name of the attribute.'),
  value: optional(any, undefined, 'Value to find; without one, any value matches.'),
})

const regexp = schema({
  cache_enabled: optional(bool, false, 'Whether results of patterns are remembered.'),
  cache_max_num_entries: optional(int, 0, 'Number of results to remember; 0: no limit.'),
})

const severityLevel = oneOf(
  [
    'DEBUG',
    'DEBUG2',
    'DEBUG3',
    'DEBUG4',
    'ERROR',
    'ERROR2',
    'ERROR3',
    'ERROR4',
    'FATAL',
    'FATAL2',
    'FATAL3',
    'FATAL4',
    'INFO',
    'INFO2',
    'INFO3',
    'INFO4',
    'TRACE',
    'TRACE2',
    'TRACE3',
    'TRACE4',
    'WARN',
    'WARN2',
    'WARN3',
    'WARN4',
  ],
  { otherwise: (written) => `unrecognized severity level "${written}"` },
)

const logSeverity = schema({
  min: required(severityLevel, 'Lowest severity that matches.'),
  match_undefined: required(bool, 'Whether records without a severity match.'),
})

const library = schema({
  name: required(string, 'Name of the instrumentation scope.'),
  version: optional(nullable(string), undefined, 'Its version; without one, any version matches.'),
})

export const matchProperties = schema({
  match_type: required(string, 'How texts are compared: `strict` or `regexp`.'),
  regexp: block(regexp, 'How results of patterns are remembered; only with `regexp`.'),
  services: optional(
    list(string),
    [],
    'Values of `service.name` of which one must match; for spans and logs.',
  ),
  span_names: optional(list(string), [], 'Names of spans of which one must match.'),
  log_bodies: optional(
    list(string),
    [],
    'Bodies of log records of which one must match; only texts match.',
  ),
  log_severity_texts: optional(
    list(string),
    [],
    'Severity texts of log records of which one must match.',
  ),
  log_severity: block(logSeverity, 'Severities of log records that match.'),
  metric_names: optional(list(string), [], 'Names of metrics of which one must match.'),
  attribute: blocks(attribute, 'Attributes of the item that must all match.'),
  resource: blocks(attribute, 'Attributes of the resource that must all match.'),
  library: blocks(library, 'Instrumentation scopes of which one must match.'),
  span_kinds: optional(
    list(string),
    [],
    'Kinds of spans of which one must match, such as `SPAN_KIND_SERVER`.',
  ),
})
