// The stages of loki.process.
// Source of the behaviour: alloy/internal/component/loki/process/stages.

import { sprintf } from '../../go/printf.ts'
import { bytesOf } from '../../go/text.ts'
import { list, map, nullable } from '../../schema/composites.ts'
import { bool, float, int, string, uint } from '../../schema/scalars.ts'
import { blocks, choice, optional, required, type Schema, schema } from '../../schema/schema.ts'
import { base2Bytes, duration, oneOf } from '../../schema/texts.ts'
import { metrics } from './process_metrics.ts'
import {
  cri,
  docker,
  eventLogMessage,
  geoIp,
  json,
  logfmt,
  pattern,
  regex,
  splitJson,
  timestamp,
  windowsEvent,
} from './process_parsers.ts'

const decolorize = schema({})

const drop = schema({
  drop_counter_reason: optional(
    string,
    '',
    'Reason under which dropped lines are counted; empty: drop_stage.',
  ),
  source: optional(string, '', 'Extracted fields to test, separated by commas; empty: the line.'),
  value: optional(string, '', 'Value that drops the line.'),
  separator: optional(string, '', 'What stands between the values of several sources; empty: `;`.'),
  expression: optional(string, '', 'RE2 expression that drops the lines it matches.'),
  older_than: optional(duration, '0s', 'Age beyond which lines are dropped; 0s: any age is fine.'),
  longer_than: optional(
    base2Bytes,
    '0B',
    'Size beyond which lines are dropped; 0B: any size is fine.',
  ),
})

const labelKeep = schema({
  values: required(list(string), 'Labels to keep; all others are removed.'),
})

const labelDrop = schema({
  values: required(list(string), 'Labels to remove.'),
})

const sourceType = oneOf(['extracted', 'label', 'line', 'structured_metadata'], {
  otherwise: (written) => `unknown source_type: ${written}`,
})

const labels = schema({
  values: required(
    map(string),
    "Labels to set, by the name of the extracted field; empty: the label's own name.",
  ),
  source_type: optional(
    sourceType,
    undefined,
    'Where values are taken from: extracted or structured_metadata; empty: extracted.',
  ),
})

const limit = schema({
  rate: required(float, 'Lines a second that may pass; more than 0.'),
  burst: required(int, 'Lines that may pass at once.'),
  drop: optional(bool, false, 'Whether lines beyond the rate are dropped; else they wait.'),
  by_label_name: optional(
    string,
    '',
    'Label whose values have a rate each; empty: one rate for all.',
  ),
  max_distinct_labels: optional(
    int,
    0,
    'Most values of that label that are told apart; 10000 at least.',
  ),
})

const luhn = schema({
  replacement: optional(
    string,
    '',
    'What stands for a number that is found; empty: `**REDACTED**`.',
  ),
  source: optional(nullable(string), undefined, 'Extracted field to search instead of the line.'),
  min_length: optional(int, 0, 'Fewest digits of a number that is checked; 0: 13.'),
  delimiters: optional(string, '', 'Characters that may stand between the digits.'),
  skip_regex: optional(string, '', 'RE2 expression of numbers to leave alone.'),
})

const multiline = schema(
  {
    firstline: required(string, 'RE2 expression of the line that begins a block of lines.'),
    max_lines: optional(uint, 128, 'Most lines of a block; 0: no bound.'),
    max_wait_time: optional(duration, '3s', 'Longest time that a block waits for its next line.'),
    trim_newlines: optional(bool, true, 'Whether newlines at the end of lines are removed.'),
  },
  {
    check: ({ max_wait_time }, fail) => {
      if (max_wait_time > 0) return
      fail('max_wait_time must be greater than 0', 'max_wait_time')
    },
  },
)

const output = schema({
  source: required(string, 'Extracted field that becomes the line.'),
})

const pack = schema({
  labels: required(list(string), 'Labels to move into the line.'),
  ingest_timestamp: optional(
    bool,
    true,
    'Whether the line gets the present time, which avoids entries out of order.',
  ),
})

const replace = schema({
  expression: required(string, 'RE2 expression; what its groups match is replaced.'),
  source: optional(string, '', 'Extracted field to change instead of the line.'),
  replace: optional(string, '', 'What is written in place of a group; a Go template.'),
})

const staticLabels = schema({
  values: required(map(string), 'Labels to set to fixed values.'),
})

const structuredMetadata = schema({
  values: optional(
    map(string),
    {},
    'Fields of structured metadata to set, by the name of the extracted field.',
  ),
  regex: optional(
    string,
    '',
    'RE2 expression of extracted fields that become structured metadata.',
  ),
})

const structuredMetadataDrop = schema({
  values: required(list(string), 'Fields of structured metadata to remove.'),
})

const sampling = schema(
  {
    drop_counter_reason: optional(
      string,
      'sampling_stage',
      'Reason under which dropped lines are counted.',
    ),
    rate: required(float, 'Share of the lines to keep, from 0 to 1.'),
  },
  {
    check: ({ rate }, fail) => {
      if (rate >= 0 && rate <= 1) return
      const range = 'Sampling Rate must be between 0.0 and 1.0'
      fail(sprintf(`sampling stage failed to parse rate,${range}, received %f`, rate), 'rate')
    },
  },
)

const template = schema(
  {
    source: required(string, 'Extracted field to write.'),
    template: required(string, 'Go template of its value.'),
  },
  {
    check: ({ source }, fail) => {
      if (source === '') fail('template source value is required', 'source')
    },
  },
)

const tenant = schema({
  label: optional(string, '', 'Label that holds the tenant.'),
  source: optional(string, '', 'Extracted field that holds the tenant.'),
  value: optional(string, '', 'The tenant itself.'),
})

const truncateRule = schema(
  {
    limit: required(base2Bytes, 'Size beyond which a value is cut.'),
    suffix: optional(string, '', 'What is put at the end of a value that was cut.'),
    sources: optional(list(string), [], 'Labels or fields to cut; empty: all of the kind.'),
    source_type: optional(
      sourceType,
      'line',
      'What is cut: line, label, structured_metadata or extracted.',
    ),
  },
  {
    check: ({ limit, suffix, sources, source_type }, fail) => {
      if (limit <= 0) return fail('limit must be greater than zero', 'limit')
      if (bytesOf(suffix).length >= limit) {
        return fail('suffix length must be less than limit', 'suffix')
      }
      if (source_type === 'line' && sources.length > 0) {
        fail("sources cannot be set when source_type is 'line'", 'sources')
      }
    },
  },
)

const truncate = schema({
  rule: blocks(truncateRule, 'Values to shorten.', { required: true }),
})

/** By the variant of `stage`. One of them holds stages itself. */
export const stages = {
  cri,
  decolorize,
  docker,
  drop,
  eventlogmessage: eventLogMessage,
  geoip: geoIp,
  json,
  label_keep: labelKeep,
  label_drop: labelDrop,
  labels,
  limit,
  logfmt,
  luhn,
  get match(): Schema {
    return match
  },
  metrics,
  multiline,
  output,
  pack,
  pattern,
  regex,
  replace,
  split_json: splitJson,
  static_labels: staticLabels,
  structured_metadata: structuredMetadata,
  structured_metadata_drop: structuredMetadataDrop,
  sampling,
  template,
  tenant,
  truncate,
  timestamp,
  windowsevent: windowsEvent,
}

const match = schema({
  selector: required(string, 'LogQL selector of the lines that the stages are for.'),
  stage: choice(stages, 'Stages for the lines that match.'),
  action: optional(
    string,
    '',
    'What happens to lines that match: keep (the stages run) or drop; empty: keep.',
  ),
  pipeline_name: optional(string, '', 'Name of the pipeline in metrics.'),
  drop_counter_reason: optional(
    string,
    '',
    'Reason under which dropped lines are counted; empty: match_stage.',
  ),
})
