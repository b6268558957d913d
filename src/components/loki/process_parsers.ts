// Stages of loki.process that read lines: their fields, their times, the events in them.
// Source of the behaviour: alloy/internal/component/loki/process/stages.

import { isEscaped } from '../../go/text.ts'
import { list, map, nullable } from '../../schema/composites.ts'
import { bool, int, string, uint } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { checked } from '../../schema/texts.ts'

export const cri = schema(
  {
    max_partial_lines: optional(
      int,
      100,
      'Most streams whose unfinished lines are held; more than 0.',
    ),
    max_partial_line_size: optional(
      uint,
      0,
      'Size in bytes at which a line that is put together is passed on; 0: no bound.',
    ),
    max_partial_line_size_truncate: optional(
      bool,
      false,
      'Whether a line that reaches the bound is cut there.',
    ),
  },
  {
    check: ({ max_partial_lines }, fail) => {
      if (max_partial_lines > 0) return
      fail('max_partial_lines must be greater than 0', 'max_partial_lines')
    },
  },
)

export const docker = schema({})

export const json = schema({
  expressions: optional(
    map(string),
    {},
    'JMESPath expressions by the name of the field that they fill; empty: the name itself.',
  ),
  regex: optional(
    string,
    '',
    'RE2 expression; what its named groups match becomes extracted fields.',
  ),
  source: optional(nullable(string), undefined, 'Extracted field to read instead of the line.'),
  drop_malformed: optional(bool, false, 'Whether lines that cannot be read are dropped.'),
})

export const logfmt = schema({
  mapping: optional(
    map(string),
    {},
    'Keys to extract, by the name of the field; empty: the name itself.',
  ),
  source: optional(string, '', 'Extracted field to read instead of the line.'),
  regex: optional(string, '', 'RE2 expression that chooses keys to extract.'),
})

export const pattern = schema({
  pattern: required(string, 'Pattern of the line with captures such as `<name>`.'),
  source: optional(nullable(string), undefined, 'Extracted field to read instead of the line.'),
  labels_from_groups: optional(bool, false, 'Whether captures become labels too.'),
})

export const regex = schema({
  expression: required(string, 'RE2 expression with named groups.'),
  source: optional(nullable(string), undefined, 'Extracted field to read instead of the line.'),
  labels_from_groups: optional(bool, false, 'Whether named groups become labels too.'),
})

const source = checked('string', (written) => {
  if (written === '') throw new Error('source cannot be empty')
})

export const splitJson = schema({
  source: optional(
    nullable(source),
    undefined,
    'Extracted field with a list of JSON values, each a line then; absent: the line.',
  ),
})

export const timestamp = schema({
  source: required(string, 'Extracted field that holds the time.'),
  format: required(
    string,
    'Layout of the time: a Go layout or one of the names such as RFC3339 or Unix.',
  ),
  fallback_formats: optional(list(string), [], 'Layouts to try after it.'),
  location: optional(
    nullable(string),
    undefined,
    'Time zone of times that say none; an IANA name.',
  ),
  action_on_failure: optional(
    string,
    '',
    'What happens to lines whose time cannot be read: fudge or skip; empty: fudge.',
  ),
  action_on_duplicate_timestamp: optional(
    string,
    '',
    'What happens to equal times: fudge (a nanosecond is added) or keep; empty: fudge.',
  ),
})

export const geoIp = schema({
  db: required(string, 'File of the GeoIP database.'),
  source: required(nullable(string), 'Extracted field that holds the IP address.'),
  db_type: optional(string, '', 'Kind of the database: city, asn or country.'),
  custom_lookups: optional(
    map(string),
    {},
    'Further fields to look up: JMESPath expressions by the name of the extracted field.',
  ),
})

const eventFields = {
  source: optional(string, 'message', 'Extracted field with the message of a Windows event.'),
  drop_invalid_labels: optional(
    bool,
    false,
    'Whether keys that are no valid label names are left out instead of cleaned.',
  ),
  overwrite_existing: optional(
    bool,
    false,
    'Whether fields that were extracted before are replaced.',
  ),
}

const legacyName = /^[a-zA-Z_][a-zA-Z0-9_]*$/

export const eventLogMessage = schema(eventFields, {
  check: ({ source }, fail) => {
    if (!legacyName.test(source)) fail(`invalid label name: ${source}`, 'source')
  },
})

export const windowsEvent = schema(eventFields, {
  check: ({ source }, fail) => {
    if (source === '' || isEscaped(source)) fail(`invalid label name: ${source}`, 'source')
  },
})
