// Policies of otelcol.processor.tail_sampling: by what a trace is kept.

import { list } from '../../../schema/composites.ts'
import { bool, float, int, int32, string } from '../../../schema/scalars.ts'
import {
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { oneOf } from '../../../schema/texts.ts'
import type { Type } from '../../../schema/type.ts'

const latency = schema({
  threshold_ms: required(int, 'Milliseconds that the trace must take longer than.'),
  upper_threshold_ms: optional(int, 0, 'Milliseconds that it may take at most; 0: no limit.'),
})

const invertMatch = optional(bool, false, 'Whether to keep what does not match instead.')

const numericAttribute = schema({
  key: required(string, 'Attribute of spans or resources to look at.'),
  min_value: required(int, 'Lowest value that matches.'),
  max_value: required(int, 'Highest value that matches.'),
  invert_match: invertMatch,
})

const probabilistic = schema({
  hash_salt: optional(string, '', 'What is hashed with the trace id; empty: a fixed text.'),
  sampling_percentage: required(float, 'Share of traces to keep, in percent.'),
})

const statusCode = schema({
  status_codes: required(list(string), 'Status of a span that matches: OK, ERROR or UNSET.'),
})

const stringAttribute = schema({
  key: required(string, 'Attribute of spans or resources to look at.'),
  values: required(list(string), 'Values of which one must match.'),
  enabled_regex_matching: optional(bool, false, 'Whether values are RE2 patterns.'),
  cache_max_size: optional(int, 0, 'Results of patterns to remember; 0: a default number.'),
  invert_match: invertMatch,
})

const rateLimiting = schema({
  spans_per_second: required(int, 'Spans that may pass in a second.'),
  burst_capacity: optional(int, 0, 'Spans that may pass at once; 0: twice those of a second.'),
})

const bytesLimiting = schema({
  bytes_per_second: required(int, 'Bytes of traces that may pass in a second.'),
  burst_capacity: optional(int, 0, 'Bytes that may pass at once; 0: twice those of a second.'),
})

const spanCount = schema({
  min_spans: required(int32, 'Fewest spans that match.'),
  max_spans: optional(int32, 0, 'Most spans that match; 0: no limit.'),
})

const booleanAttribute = schema({
  key: required(string, 'Attribute of spans or resources to look at.'),
  value: required(bool, 'Value that matches.'),
  invert_match: invertMatch,
})

const unknownErrorMode = (written: string): string => `unknown error mode ${written}`

type ErrorMode = 'ignore' | 'propagate' | 'silent'

const errorModeWord = oneOf<ErrorMode>(['ignore', 'propagate', 'silent'], {
  otherwise: unknownErrorMode,
  ignoreCase: true,
})

/** Null is taken first, and then refused by the block. */
const errorMode: Type<ErrorMode | undefined> = {
  ...errorModeWord,
  decode: (normal) => (normal === '' ? undefined : errorModeWord.decode(normal)),
  encode: (mode) => mode ?? '',
}

const ottlCondition = schema(
  {
    error_mode: required(
      errorMode,
      'What a condition that fails does: ignore, silent (no log) or propagate.',
    ),
    span: optional(list(string), [], 'OTTL conditions of spans, of which one must hold.'),
    spanevent: optional(list(string), [], 'OTTL conditions of span events, likewise.'),
  },
  {
    check: ({ error_mode }, fail) => {
      if (error_mode === undefined) fail(unknownErrorMode(''), 'error_mode')
    },
  },
)

const traceState = schema({
  key: required(string, 'Key in the trace state.'),
  values: required(list(string), 'Values of which one must match.'),
})

/** What policies have that hold no others. Only the block of the policy's `type` counts. */
const conditions = {
  latency: defaultedBlock(latency, 'For type latency: by the time that the trace took.'),
  numeric_attribute: defaultedBlock(
    numericAttribute,
    'For type numeric_attribute: by an attribute with whole numbers.',
  ),
  probabilistic: defaultedBlock(probabilistic, 'For type probabilistic: a random share.'),
  status_code: defaultedBlock(statusCode, 'For type status_code: by the status of spans.'),
  string_attribute: defaultedBlock(
    stringAttribute,
    'For type string_attribute: by an attribute with texts.',
  ),
  rate_limiting: defaultedBlock(rateLimiting, 'For type rate_limiting: as many spans as may pass.'),
  bytes_limiting: defaultedBlock(
    bytesLimiting,
    'For type bytes_limiting: as many bytes as may pass.',
  ),
  span_count: defaultedBlock(spanCount, 'For type span_count: by the number of spans.'),
  boolean_attribute: defaultedBlock(
    booleanAttribute,
    'For type boolean_attribute: by an attribute that is true or false.',
  ),
  ottl_condition: defaultedBlock(ottlCondition, 'For type ottl_condition: by OTTL conditions.'),
  trace_state: defaultedBlock(traceState, 'For type trace_state: by the trace state.'),
}

const name = required(string, 'Name of the policy, in metrics and in policy_order.')

const simpleType = 'Kind of policy: always_sample, trace_flags, or that of a block below.'

const subPolicy = schema({ name, type: required(string, simpleType), ...conditions })

const and = schema({
  and_sub_policy: blocks(subPolicy, 'Policies that must all keep the trace.', { required: true }),
})

const compositeSubPolicy = schema({
  name,
  type: required(string, simpleType),
  ...conditions,
  and: defaultedBlock(and, 'For type and: several policies at once.'),
})

const rateAllocation = schema({
  policy: required(string, 'Name of the policy.'),
  percent: required(int, 'Its share of all spans in a second, in percent.'),
})

const composite = schema({
  max_total_spans_per_second: required(int, 'Spans that all policies may keep in a second.'),
  policy_order: required(list(string), 'Names of the policies, the first to be asked first.'),
  composite_sub_policy: blocks(compositeSubPolicy, 'The policies.'),
  rate_allocation: blocks(rateAllocation, 'Their shares; those without share the rest.'),
})

const not = schema({
  not_sub_policy: requiredBlock(subPolicy, 'The policy to invert.'),
})

const drop = schema({
  drop_sub_policy: blocks(subPolicy, 'Policies that must all match.', { required: true }),
})

export const policy = schema({
  name,
  type: required(string, simpleType),
  ...conditions,
  composite: defaultedBlock(composite, 'For type composite: several policies that share a rate.'),
  and: defaultedBlock(and, 'For type and: several policies at once.'),
  not: defaultedBlock(not, 'For type not: the opposite of another policy.'),
  drop: defaultedBlock(drop, 'For type drop: traces never to keep.'),
})
