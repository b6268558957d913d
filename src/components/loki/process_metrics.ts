// Stages of loki.process that make metrics of lines.
// Source of the behaviour: alloy/internal/component/loki/process/metric.

import { list } from '../../schema/composites.ts'
import { bool, float, string } from '../../schema/scalars.ts'
import { type Amendments, choice, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const metricFields = {
  name: required(string, 'Name of the metric, without its prefix.'),
  description: optional(string, '', 'What the metric tells, for its HELP line.'),
  source: optional(string, '', "Extracted field that gives the value; empty: the metric's name."),
  prefix: optional(string, '', 'What is put in front of the name; empty: `loki_process_custom_`.'),
  max_idle_duration: optional(
    duration,
    '5m0s',
    'Time without a change after which the series is removed; 1s at least.',
  ),
  value: optional(string, '', 'Value of the source that counts; empty: any.'),
}

interface MetricArguments {
  readonly name: string
  readonly source: string
  readonly max_idle_duration: number
}

const idleMinMs = 1000

function idleProblem({ max_idle_duration }: MetricArguments): string | undefined {
  if (max_idle_duration >= idleMinMs) return undefined
  return 'max_idle_duration must be greater or equal than 1s'
}

function amendSource({ name, source }: MetricArguments): Amendments {
  return source === '' ? { source: name } : {}
}

const counter = schema(
  {
    ...metricFields,
    action: required(string, 'What a line does to the metric: inc or add.'),
    match_all: optional(bool, false, 'Whether every line counts, without a source.'),
    count_entry_bytes: optional(
      bool,
      false,
      'Whether the bytes of the line are added; with `match_all` and `add` alone.',
    ),
  },
  {
    check: (args, fail) => {
      const { action, match_all, value, count_entry_bytes } = args
      const problem = idleProblem(args)
      if (problem !== undefined) return fail(problem, 'max_idle_duration')
      if (action !== 'inc' && action !== 'add') {
        return fail("the 'action' counter field must be either 'inc' or 'add'", 'action')
      }
      if (match_all && value !== '') {
        const message = "a 'counter' metric supports either 'match_all' or a 'value', but not both"
        return fail(message, 'value')
      }
      if (count_entry_bytes && !(match_all && action === 'add')) {
        fail(
          "the 'count_entry_bytes' counter field must be specified along with match_all " +
            'set to true or action set to add',
          'count_entry_bytes',
        )
      }
    },
    amend: amendSource,
  },
)

const gaugeActions: readonly string[] = ['set', 'inc', 'dec', 'add', 'sub']

const gauge = schema(
  {
    ...metricFields,
    action: required(string, 'What a line does to the metric: set, inc, dec, add or sub.'),
  },
  {
    check: (args, fail) => {
      const problem = idleProblem(args)
      if (problem !== undefined) return fail(problem, 'max_idle_duration')
      if (gaugeActions.includes(args.action)) return
      const words = gaugeActions.join(', ')
      fail(`the 'action' gauge field must be one of the following values: [${words}]`, 'action')
    },
    amend: amendSource,
  },
)

const histogram = schema(
  {
    ...metricFields,
    buckets: required(list(float), 'Upper bounds of the buckets.'),
  },
  {
    check: (args, fail) => {
      const problem = idleProblem(args)
      if (problem !== undefined) fail(problem, 'max_idle_duration')
    },
    amend: amendSource,
  },
)

export const metrics = schema({
  metric: choice({ counter, gauge, histogram }, 'Metrics to make of lines.'),
})
