// openmetrics: pages that an OpenMetrics parser accepts or rejects.

import { Entry, ExpositionReader } from '../../src/wire/exposition/reader.ts'
import { type Case, readTable } from './harness.ts'

interface Row {
  readonly name: string
  readonly input: string
  readonly should_parse: boolean
}

/**
 * Kinds of pages that the standard rejects and Prometheus accepts, and the cases of such a kind that
 * it rejects for another reason. Prometheus compares no lines with each other, knows no rules for
 * values or sizes, allows a comma behind the last label, and units of any type.
 */
const accepted: Readonly<Record<string, readonly number[]>> = {
  bad_clashing_names: [],
  bad_counter_values: [],
  bad_exemplar_complex_chars: [],
  bad_exemplars_on_unallowed_metric_types: [],
  bad_exemplars_on_unallowed_samples: [],
  bad_grouping_or_ordering: [],
  bad_histograms: [4, 5],
  bad_info_and_stateset_values: [],
  bad_missing_or_invalid_labels_for_a_type: [],
  bad_repeated_metadata: [2],
  bad_stateset_info_values: [],
}

/** Single cases of kinds that are rejected otherwise. */
const acceptedCases = new Set([
  'bad_exemplars_6',
  'bad_invalid_labels_5',
  'bad_missing_or_extra_commas_2',
  'bad_unit_6',
])

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const row of readTable<Row>(dir, 'cases')) {
    yield { id: `openmetrics/${row.name}`, run: () => run(row) }
  }
}

function run(row: Row): string | undefined {
  const problem = problemOf(row.input)
  if ((row.should_parse || isAccepted(row.name)) === (problem === undefined)) return undefined
  return problem ?? 'is accepted'
}

function isAccepted(name: string): boolean {
  const [, kind = name, number = ''] = /^(.*)_(\d+)$/.exec(name) ?? []
  const exceptions = accepted[kind]
  return acceptedCases.has(name) || exceptions?.includes(Number(number)) === false
}

function problemOf(input: string): string | undefined {
  const reader = new ExpositionReader('openmetrics')
  try {
    reader.open(Buffer.from(input))
    while (reader.next() !== Entry.end);
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
